"""Language tags (BCP 47): well formed, and made of registered subtags in their shortest form."""

import re
from functools import lru_cache

from catalogue.standards.publiccode import language_subtags as registry

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?P<extended>(?:-[a-z]{3}){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+")
_LONGEST = 100


def is_language_tag(text: str) -> bool:
    """Whether the text is a tag such as `de`, `en-GB` or `zh-Hant`; `deu` and `en_GB` are none."""
    tag = text.lower()
    if len(tag) > _LONGEST or not tag.isascii():
        return False
    if tag in registry.WHOLE_TAGS.split() or _PRIVATE.fullmatch(tag):
        return True
    match = _TAG.fullmatch(tag)
    if match is None:
        return False
    return (
        match["language"] in _languages()
        and all(part in _languages() for part in match["extended"].split("-")[1:])
        and (match["script"] or "latn") in registry.SCRIPTS.split()
        and (match["region"] or "de") in registry.REGIONS.split()
        and all(part in registry.VARIANTS.split() for part in match["variants"].split("-")[1:])
    )


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    groups = (group.split(":") for group in registry.LANGUAGES_OF_THREE.split())
    return frozenset(registry.LANGUAGES_OF_TWO.split()) | {
        first + last for first, lasts in groups for last in lasts
    }
