"""Mails to reporters: both languages, no word of a stranger, one line for a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.domain.mail_frame import Frame, Language
from catalogue.domain.report_mails import (
    Letter,
    Named,
    confirm_mail,
    receipt_mail,
    renewal_mail,
    step_in_words,
    still_true_mail,
)
from catalogue.domain.reuse import Stage, Step
from catalogue.domain.reuse_report import Claim, Visibility

FRAME = Frame(base="https://katalog.example", operator="Stadt X", office_email="kts@example.org")
CLAIM = Claim(
    solution="hal-plan",
    body="15003000",
    steps=(Step(stage=Stage.IN_USE, since="2024-03-11"),),
    effort="Kaufen Sie bei evil.example",
    operator="evil.example",
)
NAMED = Named(claim=CLAIM, solution="HAL-Plan", body="Magdeburg")
SECRET = "s" * 43


def letters(named: Named, lang: Language) -> list[Letter]:
    return [
        confirm_mail(named, FRAME, lang, SECRET),
        receipt_mail(named, FRAME, lang, SECRET),
        still_true_mail(named, FRAME, lang, SECRET),
        renewal_mail([(named, SECRET)], FRAME, lang),
    ]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_mail_says_what_it_is_about_how_to_go_on_and_who_writes(lang: Language) -> None:
    for letter in letters(NAMED, lang):
        assert "HAL-Plan" in letter.text
        assert "Magdeburg" in letter.text
        assert f"https://katalog.example/{lang}/reuse/" in letter.text
        assert SECRET in letter.text
        assert "Stadt X" in letter.text
        assert "kts@example.org" in letter.text
        assert (
            ("tun Sie bitte nichts" in letter.text)
            or ("do nothing" in letter.text)
            or ("widersprechen" in letter.text or "object" in letter.text)
        )


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_report_cannot_carry_words_to_strangers(lang: Language) -> None:
    assert not [letter for letter in letters(NAMED, lang) if "evil" in letter.text + letter.title]


def test_the_question_leads_to_its_button() -> None:
    assert f"{SECRET}#still-true" in still_true_mail(NAMED, FRAME, "de", SECRET).text


def test_a_mail_says_that_nobody_is_named() -> None:
    unnamed = Named(
        claim=Claim(solution="a", body="b", visibility=Visibility.UNNAMED), solution="A", body="B"
    )

    assert "nicht öffentlich genannt" in confirm_mail(unnamed, FRAME, "de", SECRET).text


@pytest.mark.parametrize(
    ("step", "german", "english"),
    [
        (
            Step(stage=Stage.IN_USE, since="2024-03-11"),
            "im Betrieb seit 11. März 2024",
            "in use since 11 March 2024",
        ),
        (Step(stage=Stage.PLANNED, since="2027"), "geplant für 2027", "planned for 2027"),
        (Step(stage=Stage.ENDED, since="2025-06"), "beendet seit Juni 2025", "ended (June 2025)"),
        (Step(stage=Stage.TRIAL), "erprobt", "on trial"),
    ],
)
def test_a_step_in_words(step: Step, german: str, english: str) -> None:
    assert (step_in_words(step, "de"), step_in_words(step, "en")) == (german, english)


@given(some.text(), some.text())
def test_no_name_breaks_the_title_or_a_row(solution: str, body: str) -> None:
    letter = confirm_mail(Named(claim=CLAIM, solution=solution, body=body), FRAME, "de", SECRET)

    assert letter.title.isprintable()
    assert letter.text.count("/reuse/confirm/") == 1 + solution.count("/reuse/confirm/") + body.count(
        "/reuse/confirm/"
    )
