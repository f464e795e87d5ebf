"""Who has a solution from whom: what counts as a pair of provider and reuser, wherever pairs are shown."""

from typing import Literal

# Others have a solution from those who own it. Whoever only develops or operates it hands on nothing.
GIVING_ROLE = "owner"
_RULE = (
    "Ein Paar bilden eine Stelle, der eine Lösung gehört, und eine andere, die sie erprobt oder betreibt."
    " Gehört eine Lösung mehreren, zählt jede von ihnen; wer die eigene Lösung nutzt, zählt nicht. Nur"
    " öffentlich genannte Stellen.",
    "A pair is a body that owns a solution and another one that has it on trial or in use. A solution of"
    " several owners counts for each of them; a body that uses its own solution does not count. Only bodies"
    " that are named publicly.",
)


def is_across(provider_land: str | None, reuser_land: str | None) -> bool:
    """Whether a pair goes from one Land to another; without the Land of both it does not."""
    return bool(provider_land and reuser_land and provider_land != reuser_land)


def pair_rule(language: Literal["de", "en"]) -> str:
    """What a pair is, in a sentence or two."""
    return _RULE[language == "en"]
