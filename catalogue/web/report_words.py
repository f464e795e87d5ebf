"""The words of the form and of the receipt: labels, help, what is wrong and how to mend it, states, deeds."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from catalogue.domain.reporting import DENIAL, FormProblem
from catalogue.web.shapes import date_words

_ = lazy_gettext

LABEL: Mapping[str, object] = {
    "solution": _("Welche Lösung?"),
    "body": _("Welche Kommune oder Stelle?"),
    "stage": _("Wie weit ist die Nachnutzung?"),
    "since": _("Seit wann?"),
    "in_use_since": _("Nur bei „beendet“: im Betrieb seit"),
    "email": _("Mailadresse, am besten ein Funktionspostfach"),
    "visibility": _("Darf Ihre Kommune genannt werden?"),
    "what": _("Was genau nutzen Sie nach?"),
    "part": _("Welcher Teil, oder was wurde angepasst?"),
    "version": _("Version"),
    "operator": _("Wer betreibt sie für Sie?"),
    "address": _("Wo läuft sie? (Webadresse)"),
    "effort": _("Wie groß war der Aufwand?"),
    "obstacles": _("Was war schwierig?"),
    "contact": _("Funktionspostfach, das wir anderen Kommunen zeigen dürfen"),
    "evidence": _("Beleg (Webadresse)"),
}
HELP: Mapping[str, object] = {
    "solution": _("Der Name, wie er im Katalog steht. Der Anfang genügt, wir fragen nach."),
    "body": _(
        "Name der Stadt, der Gemeinde, des Landkreises oder der Organisation, oder der Gemeindeschlüssel."
    ),
    "since": _(
        "Das Jahr genügt: 2024, 03.2024 oder 11.03.2024. Bei „geplant“: für wann. Bei „beendet“: wann"
        " sie endete."
    ),
    "in_use_since": _("Wenn Sie es wissen: Dann ist zu sehen, wie lange sie lief."),
    "email": _(
        "Dorthin geht ein Link, mit dem Sie die Meldung bestätigen. Die Adresse wird nirgends veröffentlicht."
    ),
    "version": _("Etwa 2.4.1."),
    "operator": _("Etwa das Rechenzentrum oder der Dienstleister. Leer, wenn Sie es selbst tun."),
    "address": _("Die öffentliche Seite, wenn es eine gibt. Wir rufen sie nicht ab."),
    "effort": _("Etwa Personentage, Dauer, Kosten. Keine Namen von Personen."),
    "obstacles": _("Was andere vorher wissen sollten. Keine Namen von Personen."),
    "contact": _(
        "Etwa digitales@stadt.example, kein Name einer Person. Leer, wenn wir keines zeigen sollen."
    ),
    "evidence": _("Etwa ein Ratsbeschluss oder eine Pressemitteilung."),
}
STAGE_HELP: Mapping[str, object] = {
    "interested": _("Wir sehen uns die Lösung an."),
    "planned": _("Es ist beschlossen, sie zu nutzen."),
    "trial": _("Wir testen sie, etwa in einem Pilotbetrieb."),
    "in-use": _("Sie ist bei uns im Einsatz."),
    "ended": _("Wir haben sie genutzt und nutzen sie nicht mehr."),
    DENIAL: _("Der Katalog nennt uns, aber das stimmt nicht."),
}
DENIED = _("Wir nutzen sie nicht")
VISIBILITY: Mapping[str, object] = {
    "public": _("Ja, öffentlich mit Namen"),
    "unnamed": _("Nein, nur mitzählen"),
}
VISIBILITY_HELP: Mapping[str, object] = {
    "public": _("So finden andere Kommunen Sie und können fragen."),
    "unnamed": _(
        "Den Namen sieht dann nur die Koordinierungsstelle. Öffentlich ist nur, dass jemand die Lösung"
        " nutzt, auf welcher Stufe und seit welchem Jahr. Nennt der Eintrag Ihre Kommune schon, verschwindet"
        " diese Zeile aus der Liste: Was Sie melden, tritt an ihre Stelle."
    ),
}
STATE: Mapping[str, object] = {
    "unconfirmed": _("noch nicht bestätigt"),
    "pending": _("wird geprüft"),
    "confirmed": _("bestätigt und veröffentlicht"),
    "rejected": _("abgelehnt"),
    "withdrawn": _("zurückgezogen"),
    "merged": _("mit einer anderen Meldung zusammengeführt"),
}
STATE_HELP: Mapping[str, object] = {
    "pending": _("Die Koordinierungsstelle sieht Ihre Meldung an. Bis dahin ist nichts davon öffentlich."),
    "confirmed": _(
        "Die Nachnutzung steht im Katalog. Was Sie hier ändern, gilt sofort; die Koordinierungsstelle"
        " prüft es danach."
    ),
    "rejected": _(
        "Die Meldung ist nicht im Katalog. Wenn Sie sie berichtigen, wird sie noch einmal geprüft."
    ),
    "withdrawn": _(
        "Sie haben die Meldung zurückgezogen. Sie ist nicht im Katalog. Möchten Sie wieder melden,"
        " senden Sie eine neue."
    ),
    "merged": _("Zu dieser Nachnutzung gab es eine zweite Meldung; die andere steht nun für beide."),
}
ACTION: Mapping[str, object] = {
    "submitted": _("Meldung abgeschickt"),
    "mail-confirmed": _("Mailadresse bestätigt"),
    "confirmed": _("von der Koordinierungsstelle bestätigt"),
    "rejected": _("von der Koordinierungsstelle abgelehnt"),
    "changed": _("von Ihnen geändert"),
    "corrected": _("von der Koordinierungsstelle berichtigt"),
    "affirmed": _("als weiterhin richtig bestätigt"),
    "asked": _("gefragt, ob es noch stimmt"),
    "withdrawn": _("zurückgezogen"),
    "merged": _("mit einer anderen Meldung zusammengeführt"),
    "moved": _("nach einer Gebietsreform auf den neuen Schlüssel übertragen"),
    "undone": _("Entscheidung zurückgenommen"),
    "revoked": _("früherer Link gesperrt"),
}
# What is wrong and how to mend it; "field code" where a field has words of its own, else the code alone.
PROBLEM: Mapping[str, object] = {
    "solution missing": _("Bitte nennen Sie die Lösung. Der Anfang ihres Namens genügt."),
    "body missing": _("Bitte nennen Sie Ihre Kommune oder Stelle. Der Anfang des Namens genügt."),
    "stage missing": _("Bitte wählen Sie eine der Möglichkeiten."),
    "since missing": _("Bitte schreiben Sie, seit wann. Das Jahr genügt, etwa 2024."),
    "email missing": _("Die Mailadresse fehlt. Ohne sie können wir den Link zum Bestätigen nicht schicken."),
    "missing": _("Hier fehlt eine Angabe."),
    "too-long": _("Das sind %(count)s Zeichen. Kürzen Sie es auf höchstens %(most)s."),
    "unknown-choice": _("Diese Möglichkeit gibt es nicht. Wählen Sie eine der angebotenen."),
    "solution several-meant": _(
        "„%(value)s“ steht so nicht im Katalog. Wählen Sie, welche Lösung Sie meinen, oder ändern Sie"
        " den Namen."
    ),
    "solution nobody-meant": _(
        "Zu „%(value)s“ gibt es im Katalog keine Lösung. Prüfen Sie den Namen; fehlt die Lösung,"
        " schlagen Sie erst einen Eintrag vor."
    ),
    "body several-meant": _(
        "„%(value)s“ ist nicht eindeutig. Wählen Sie, wen Sie meinen. Fehlt Ihre Stelle in der Auswahl,"
        " schreiben Sie mehr vom Namen, oder den Gemeindeschlüssel."
    ),
    "body nobody-meant": _(
        "„%(value)s“ steht in keinem Verzeichnis. Prüfen Sie den Namen, oder schreiben Sie den"
        " achtstelligen Gemeindeschlüssel."
    ),
    "date-unreadable": _(
        "„%(value)s“ ist kein Datum, das es gibt. Schreiben Sie es so: 2024, 03.2024 oder 11.03.2024."
    ),
    "date-early": _("„%(value)s“ liegt vor %(earliest)s. Prüfen Sie das Jahr."),
    "date-ahead": _(
        "„%(value)s“ liegt in der Zukunft. Schreiben Sie ein Datum bis heute, oder wählen Sie „geplant“."
    ),
    "date-far": _("„%(value)s“ liegt sehr weit in der Zukunft. Prüfen Sie das Jahr."),
    "date-before": _("„%(value)s“ liegt vor dem Schritt davor (%(earlier)s). Prüfen Sie beide Daten."),
    "date-of-denial": _(
        "Wer die Lösung nicht nutzt, braucht kein Datum. Löschen Sie es; haben Sie sie früher genutzt,"
        " wählen Sie „beendet“."
    ),
    "date-only-ended": _(
        "Dieses Datum gehört nur zu „beendet“. Löschen Sie es hier und schreiben Sie es in das Feld darüber."
    ),
    "mail-long": _("Diese Mailadresse ist zu lang. Prüfen Sie, ob sie richtig ist."),
    "mail-at": _("Eine Mailadresse hat genau ein @, etwa digitales@stadt.example. Schreiben Sie nur eine."),
    "mail-local": _(
        "Vor dem @ steht etwas, das dort nicht stehen kann. Schreiben Sie die Adresse ohne Namen und"
        " Klammern."
    ),
    "mail-domain": _(
        "Was hinter dem @ steht, ist kein Name eines Mailservers. Prüfen Sie es, etwa stadt.example."
    ),
    "address-empty": _("Die Webadresse ist leer."),
    "address-long": _("Diese Webadresse ist zu lang. Suchen Sie eine kürzere."),
    "address-characters": _(
        "In einer Webadresse können keine Leerzeichen und Anführungszeichen stehen. Kopieren Sie sie"
        " aus dem Browser."
    ),
    "address-scheme": _("Eine Webadresse beginnt mit https://. Kopieren Sie sie ganz aus dem Browser."),
    "address-credentials": _(
        "In dieser Webadresse stehen Zugangsdaten. Schreiben Sie sie ohne den Teil vor dem @."
    ),
    "address-host": _(
        "Das ist keine Webadresse, die jeder erreichen kann. Kopieren Sie sie aus dem Browser."
    ),
    "address-private": _(
        "Diese Adresse gibt es nur in Ihrem Netz. Schreiben Sie eine öffentliche, oder lassen Sie das"
        " Feld leer."
    ),
    "address-port": _(
        "Diese Adresse nennt einen ungewöhnlichen Anschluss (Port). Schreiben Sie sie ohne ihn."
    ),
}


def problem_words(problem: FormProblem) -> str:
    """What is wrong and how to mend it, in the reader's language."""
    sentence = PROBLEM.get(f"{problem.field} {problem.code}") or PROBLEM[problem.code]
    facts = dict(problem.facts)
    if problem.code == "date-before":
        facts = {name: date_words(date) for name, date in facts.items()}
    return str(sentence) % facts
