"""What stands around the text of every mail that goes to strangers: who writes, and where to object."""

from dataclasses import dataclass
from typing import Literal

from catalogue.domain.wording import one_line

Language = Literal["de", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Who writes, and where the catalogue is: `base` is its public address without a slash at the end."""

    base: str
    operator: str = ""
    office_email: str = ""


def footer(frame: Frame, lang: Language) -> str:
    """The last lines of a mail."""
    is_german = lang == "de"
    name = "Nachnutzungskatalog für Kommunen" if is_german else "Reuse catalogue for municipalities"
    writes = "Antworten an" if is_german else "Answers to"
    lines = ["-- ", f"{name}, {frame.base}", one_line(frame.operator)]
    if frame.office_email:
        lines.append(f"{writes}: {one_line(frame.office_email)}")
    lines.append(f"{'Datenschutz' if is_german else 'Data protection'}: {frame.base}/{lang}/privacy")
    return "\n".join(line for line in lines if line)
