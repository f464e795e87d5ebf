"""Mails to subscribers: what has happened in words, and who writes."""

import pytest

from catalogue.domain.mail_frame import Frame
from catalogue.domain.mail_words import already_mail, confirm_mail, happening_in_words, started_mail
from catalogue.domain.reuse import Stage
from catalogue.domain.reuse_news import Happening

FRAME = Frame(base="https://katalog.example", operator="Stadt X", office_email="kts@example.org")


@pytest.mark.parametrize(
    ("happening", "stage", "since", "german", "english"),
    [
        (
            Happening.NEW,
            Stage.TRIAL,
            "2026-03",
            "Burg: neue Nachnutzung, Stufe: erprobt (seit März 2026)",
            "Burg: new reuse, stage: on trial (since March 2026)",
        ),
        (
            Happening.STAGE,
            Stage.PLANNED,
            "2027",
            "Burg: neue Stufe: geplant (für 2027)",
            "Burg: new stage: planned (for 2027)",
        ),
        (
            Happening.ENDED,
            Stage.ENDED,
            "2026-11-02",
            "Burg: Nachnutzung beendet (2. November 2026)",
            "Burg: reuse ended (2 November 2026)",
        ),
        (
            Happening.GONE,
            Stage.IN_USE,
            "2025",
            "Burg: Nachnutzung zurückgezogen oder nicht mehr bestätigt",
            "Burg: reuse withdrawn or no longer confirmed",
        ),
    ],
)
def test_what_has_happened_is_said_with_the_date_that_belongs_to_it(
    happening: Happening, stage: Stage, since: str, german: str, english: str
) -> None:
    said = [
        happening_in_words(happening, body="Burg", stage=stage, since=since, language=language)
        for language in ("de", "en")
    ]

    assert said == [german, english]


def test_a_plan_that_comes_anew_is_for_a_time_too() -> None:
    said = happening_in_words(Happening.NEW, body="", stage=Stage.PLANNED, since="2027", language="de")

    assert (
        said == "Eine Stelle, die nicht öffentlich genannt wird: neue Nachnutzung, Stufe: geplant (für 2027)"
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_who_has_never_heard_of_us_reads_who_writes_and_where_to_object(language: str) -> None:
    for write in (confirm_mail, already_mail, started_mail):
        _, text = write(language, "HAL-Plan", FRAME, link="https://katalog.example/x")
        for said in ("Stadt X", "kts@example.org", f"https://katalog.example/{language}/privacy"):
            assert said in text
