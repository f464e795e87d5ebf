"""Programming languages by the number of their files, without other people's and generated code."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from catalogue.domain.snapshot import Fact, Gap, Question, Voice
from harvest.readers.reading import is_foreign, not_there
from harvest.sighting import Sighting

MOST = 6
LEAST_SHARE = 0.05
LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("py", "pyw"), "Python"),
    **dict.fromkeys(("js", "mjs", "cjs", "jsx"), "JavaScript"),
    **dict.fromkeys(("ts", "tsx", "mts", "cts"), "TypeScript"),
    **dict.fromkeys(("kt", "kts"), "Kotlin"),
    **dict.fromkeys(("cpp", "cc", "cxx", "hpp", "ino"), "C++"),
    **dict.fromkeys(("sh", "bash"), "Shell"),
    **dict.fromkeys(("ps1", "psm1"), "PowerShell"),
    **dict.fromkeys(("sql", "pgsql", "plpgsql"), "SQL"),
    "vue": "Vue", "svelte": "Svelte", "java": "Java", "php": "PHP", "rb": "Ruby", "go": "Go", "rs": "Rust",
    "cs": "C#", "c": "C", "swift": "Swift", "dart": "Dart", "scala": "Scala", "groovy": "Groovy",
    "ex": "Elixir", "exs": "Elixir", "erl": "Erlang", "hs": "Haskell", "clj": "Clojure", "lua": "Lua",
    "pl": "Perl", "pm": "Perl", "r": "R", "jl": "Julia", "elm": "Elm", "fs": "F#", "vb": "Visual Basic",
    "ipynb": "Jupyter Notebook", "xsl": "XSLT", "xslt": "XSLT", "tf": "HCL",
}  # fmt: skip
# Glue around the solution: named only where it is the greater part.
_GLUE = frozenset({"Shell", "PowerShell", "SQL", "HCL", "XSLT"})
_GENERATED = re.compile(
    r".*(\.min\.js|\.bundle\.js|_pb2(_grpc)?\.py|\.d\.ts|\.config\.[cm]?[jt]s|\.g\.dart|\.freezed\.dart"
    r"|\.designer\.cs|/migrations?/[^/]+|/(i18n|lang|locales?|translations?)/.+|\.generated\.[a-z]+)"
    r"|(.*/)?(gulpfile|gruntfile|karma\.conf|\.eslintrc|\.prettierrc)\.[cm]?js"
)


def read_languages(sighting: Sighting) -> Iterator[Fact | Gap]:
    """The languages with at least five percent of the program files (glue: 60), the most used first."""
    counts = Counter(language for path in sighting.tree.paths if (language := _language(path)))
    total = counts.total()
    most = [
        name
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if count >= total * (0.6 if name in _GLUE else LEAST_SHARE)
    ]
    if not most:
        yield not_there(sighting.tree, Question.LANGUAGES, "no program files")
    else:
        confidence = 1.0 if sighting.tree.is_whole else 0.7
        yield Fact(
            question=Question.LANGUAGES, value=tuple(most[:MOST]), voice=Voice.TREE, confidence=confidence
        )


def _language(path: str) -> str | None:
    small = path.lower()
    if len(path) > 400 or is_foreign(small) or _GENERATED.fullmatch(f"/{small}"):
        return None
    return LANGUAGES.get(small.rsplit(".", 1)[-1]) if "." in small.rsplit("/", 1)[-1] else None
