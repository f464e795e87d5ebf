"""Documentation for those who run it: pages by their names, else sections of the README by their headings."""

import re
from collections.abc import Iterator

from catalogue.domain.snapshot import Fact, Gap, Question, Voice, Where
from harvest.readers.reading import by_depth, is_foreign, name_of, not_read, not_there
from harvest.readers.tree_signs import headings
from harvest.sighting import Sighting

_PAGE = re.compile(
    r"(((.{1,100}/)?(docs?|documentation|dokumentation|handbuch|manual|wiki)/(.{1,200}/)?)|[^/]+/)?"
    r"([0-9]{1,3}[-_. ]{0,3})?"
    r"(install(ation|ing)?|deploy(ment|ing)?|operations?|operating|operators?|betrieb|betriebshandbuch"
    r"|betriebsanleitung|admin(istration|istrator)?|hosting|self-?hosting|self-?hosted|inbetriebnahme|runbook|production|docker"
    r"|upgrad(e|ing)|kubernetes|helm|server-?setup|systemanforderungen|requirements|installationsanleitung)"
    r"([-_](guide|manual|handbuch|anleitung|instructions|docker|kubernetes|notes|de|en|production|server))?"
    r"\.(md|markdown|rst|adoc|asciidoc|html?|pdf)"
)
_IN_FOLDER = re.compile(
    r"(.{1,100}/)?(docs?|documentation|dokumentation)/(.{1,100}/)?"
    r"(install(ation)?|deploy(ment)?|operations?|betrieb|admin(istration)?|hosting|self-?hosting|operators?)"
    r"/[^/]+\.(md|markdown|rst|adoc)"
)
# A section for people who run it. "Installation" alone may be one for developers: less sure.
_SURE = re.compile(
    r"\b(deploy(ment|ing|en)?|betrieb|produktiv\w{0,12}|hosting|self-?host\w{0,4}|inbetriebnahme|operations?"
    r"|(in|for|a|the) production( (system|environment|server)s?)?$|production (system|setup|server)s?"
    r"|kubernetes|helm|docker[ -]?compose|run(ning)? (with|using|in|via|the) docker|docker (image|setup)"
    r"|administration|server setup|upgrad(e|ing))\b|^production$",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"([0-9.]{1,5}[ ]{0,3})?(installation|installing|install|installieren|einrichtung|docker"
    r"|((installation|install|using|setup|with) )(with |using |via |mit )?docker)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(develop\w{0,10}|entwick\w{0,15}|dev|contribut\w{0,6}|local(ly)?|lokale?s?|test\w{0,4}|dependenc\w{0,4}"
    r"|storybook|non-?production|crud|betriebssystem\w{0,4})\b",
    re.IGNORECASE,
)


def read_operation(sighting: Sighting) -> Iterator[Fact | Gap]:
    """The page or section on running it, or why none is known."""
    tree = sighting.tree
    own = sorted((path for path in tree.paths if not is_foreign(path) and len(path) < 400), key=by_depth)
    for pattern in (_PAGE, _IN_FOLDER):
        page = next((p for p in own if pattern.fullmatch(p.lower()) and not p.startswith(".")), None)
        if page:
            where = Where(path=page)
            yield Fact(question=Question.OPERATION, value=page, voice=Voice.TREE, where=where, confidence=0.9)
            return
    readme = next((path for path in own if "/" not in path and name_of(path).split(".")[0] == "readme"), None)
    if readme is None:
        yield not_there(tree, Question.OPERATION, "no page and no README that speaks of running it")
    elif readme not in tree.files:
        yield not_read(tree, readme, Question.OPERATION, Voice.README)
    else:
        section = _section(readme, tree.files[readme])
        yield section or not_there(tree, Question.OPERATION, "no page and no section on running it")


def _section(path: str, data: bytes) -> Fact | None:
    found = [(line, text) for line, text in headings(data) if not _NOT.search(text)]
    for fits, confidence in ((_SURE.search, 0.8), (_LIKELY.fullmatch, 0.5)):
        for line, text in found:
            if fits(text):
                where = Where(path=path, first_line=line)
                return Fact(
                    question=Question.OPERATION,
                    value=path,
                    voice=Voice.README,
                    where=where,
                    confidence=confidence,
                )
    return None
