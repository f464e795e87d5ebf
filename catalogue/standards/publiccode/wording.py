"""Each problem of a publiccode.yml in words, German and English: what is wrong, and how to mend it."""

from collections import defaultdict
from typing import Literal

from catalogue.standards.publiccode.problem import Problem
from catalogue.standards.publiccode.sentences_of_content import OF_CONTENT
from catalogue.standards.publiccode.sentences_of_form import OF_FORM

Language = Literal["de", "en"]

SENTENCES = {**OF_FORM, **OF_CONTENT}


def sentences(problem: Problem, language: Language) -> tuple[str, str]:
    """What is wrong, and how to mend it. An unknown code is a bug and raises KeyError."""
    what, remedy = SENTENCES[problem.code][0 if language == "de" else 1]
    facts = defaultdict(str, {name: one_line(fact) for name, fact in problem.facts.items()})
    return what.format_map(facts), remedy.format_map(facts)


def one_line(text: str) -> str:
    """What a stranger wrote, fit for a terminal: nothing that breaks the line or moves the cursor."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
