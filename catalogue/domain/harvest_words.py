"""Why a look at a repository failed, in sentences: what happened, and what helps."""

from collections.abc import Mapping

from catalogue.domain.snapshot import Reason

# reason -> what happened and what helps, German and English
FAILURES: Mapping[Reason, tuple[str, str]] = {
    Reason.ABSENT: (
        "Dort ist kein öffentliches Git-Repositorium. Prüfen Sie die Adresse im Eintrag.",
        "There is no public Git repository. Check the address in the entry.",
    ),
    Reason.UNREADABLE: (
        "Die Antwort ergibt keinen Sinn. Ist das die Adresse eines Git-Repositoriums?",
        "The answer makes no sense. Is this the address of a Git repository?",
    ),
    Reason.UNREACHABLE: (
        "Wir konnten nicht nachsehen. Wir versuchen es später noch einmal.",
        "We could not look. We will try again later.",
    ),
    Reason.TOO_LARGE: (
        "Das Repositorium ist größer, als wir lesen.",
        "The repository is larger than we read.",
    ),
    Reason.LIMITED: (
        "Die Plattform bittet um eine Pause. Wir kommen später wieder.",
        "The forge asks for a pause. We will come back later.",
    ),
    Reason.REFUSED: (
        "Dort sehen wir nicht nach: Die Adresse ist nicht öffentlich.",
        "We do not look there: the address is not public.",
    ),
    Reason.NOT_ASKED: ("Es wurde nicht gefragt.", "Nobody was asked."),
    Reason.PERSONAL: ("Dort steht nur eine Person.", "It names a person only."),
}


def told(reason: Reason | None, detail: str, language: str) -> str:
    """The sentence for a reason, and in brackets what went wrong."""
    sentence = FAILURES[reason][0 if language == "de" else 1] if reason else ""
    return f"{sentence} ({detail})" if detail else sentence
