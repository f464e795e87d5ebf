"""Codes -> words. German is the source text; gettext gives the English."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext

from catalogue.domain.register import Municipality
from catalogue.standards.ags import LAENDER

_ = lazy_gettext

KIND = {"software": _("Software"), "service": _("Dienst"), "concept": _("Konzept")}
OPEN_SOURCE = {
    "yes": _("Open Source"),
    "announced": _("Open Source angekündigt"),
    "not-confirmed": _("Open Source nicht bestätigt"),
}
LICENCE_GROUP = {
    "permissive": _("freizügig"),
    "copyleft": _("mit Copyleft"),
    "unclear": _("nicht geklärt"),
    "none": _("keine Lizenz erteilt"),
}
MATURITY = {
    "concept": _("Konzept"),
    "development": _("in Entwicklung"),
    "beta": _("Beta"),
    "stable": _("stabil"),
    "obsolete": _("eingestellt"),
}
PROVIDER_ROLE = {
    "owner": _("Eigentümer"),
    "developer": _("Entwicklung"),
    "operator": _("Betrieb"),
    "maintainer": _("Pflege"),
}
REPOSITORY_ROLE = {
    "main": _("Haupt-Repositorium"),
    "component": _("Bestandteil"),
    "mirror": _("Spiegel"),
    "copy": _("Kopie"),
    "adaptation": _("Anpassung"),
    "group": _("Übersicht mehrerer Repositorien"),
}
RELATION = {"uses": _("nutzt"), "partner": _("Partner"), "develops": _("entwickelt mit")}
STAGE = {
    "interested": _("interessiert"),
    "planned": _("geplant"),
    "trial": _("erprobt"),
    "in-use": _("im Betrieb"),
    "ended": _("beendet"),
}
REUSED = {
    "whole": _("die ganze Lösung"),
    "module": _("einen Teil davon"),
    "adapted": _("eine angepasste Fassung"),
}
FUNDED = {"yes": _("ja"), "no": _("nein"), "unknown": _("nicht bekannt")}
BODY_KIND = {
    "municipality": _("Stadt oder Gemeinde"),
    "district": _("Landkreis"),
    "amt": _("Amt oder Gemeindeverband"),
    "borough": _("Stadtbezirk"),
    "region": _("Region"),
    "association": _("Verein oder Verband"),
    "it-provider": _("IT-Dienstleister der Kommunen"),
    "company": _("Unternehmen"),
    "research": _("Hochschule oder Forschung"),
    "foundation": _("Stiftung"),
    "state": _("Land oder Landesbehörde"),
    "community": _("Gemeinschaft Freiwilliger"),
    "unknown": _("nicht bekannt"),
}
# What places call themselves officially; rarer ones (Lutherstadt, Flecken) are shown as they are.
DESIGNATION = {
    "": _("Gemeinde"),
    "Stadt": _("Stadt"),
    "Markt": _("Markt"),
    "Kreisstadt": _("Kreisstadt"),
    "Große Kreisstadt": _("Große Kreisstadt"),
    "Landeshauptstadt": _("Landeshauptstadt"),
    "Hansestadt": _("Hansestadt"),
    "Universitätsstadt": _("Universitätsstadt"),
    "Landkreis": _("Landkreis"),
    "Kreis": _("Landkreis"),
}
PLATFORM = {
    "web": _("Browser"),
    "ios": _("iPhone und iPad"),
    "android": _("Android"),
    "linux": _("Linux"),
    "windows": _("Windows"),
    "mac": _("Mac"),
    "server": _("Server"),
}
LANGUAGE = {
    "de": _("Deutsch"),
    "en": _("Englisch"),
    "fr": _("Französisch"),
    "it": _("Italienisch"),
    "es": _("Spanisch"),
    "tr": _("Türkisch"),
    "uk": _("Ukrainisch"),
    "ar": _("Arabisch"),
    "ru": _("Russisch"),
    "pl": _("Polnisch"),
}
PROJECT_CATEGORY = {
    "large-city": _("Großstadt"),
    "medium-city": _("Mittelstadt"),
    "small-town-or-rural": _("Kleinstadt oder Landgemeinde"),
    "city-or-municipality": _("Stadt oder Gemeinde"),
    "intermunicipal-or-district": _("Interkommunale Kooperation oder Landkreis"),
}
TRANSFER = {
    "prerequisites": _("Voraussetzungen"),
    "data": _("Daten"),
    "staff": _("Personal"),
    "cost": _("Kosten"),
    "obstacles": _("Bekannte Hürden"),
}
QUICK = {
    "ready": _("Sofort nachnutzbar"),
    "contact-and-licence": _("Lizenz und Ansprechstelle bekannt"),
    "small-towns": _("Läuft in Kommunen unter 20.000 Einwohnern"),
    "confirmed": _("Bestätigt nachgenutzt"),
}
SIZE = {
    "rural": _("weniger als 5.000 Einwohner"),
    "small-town": _("5.000 bis unter 20.000 Einwohner"),
    "medium-town": _("20.000 bis unter 100.000 Einwohner"),
    "large-city": _("100.000 Einwohner und mehr"),
    "district": _("Landkreise"),
}
AT_LEAST = {
    "1": _("mindestens einer Stelle"),
    "3": _("mindestens 3 Stellen"),
    "5": _("mindestens 5 Stellen"),
    "10": _("mindestens 10 Stellen"),
}
ACTIVITY = {
    "6-months": _("in den letzten 6 Monaten"),
    "1-year": _("im letzten Jahr"),
    "2-years": _("in den letzten 2 Jahren"),
    "older": _("vor mehr als 2 Jahren"),
}
VITALITY = {
    "lively": _("lebhaft"),
    "maintained": _("gepflegt"),
    "quiet": _("ruhig"),
    "dormant": _("eingeschlafen"),
    "archived": _("archiviert"),
    "unknown": _("nicht bekannt"),
}
FACET = {
    "quick": _("Schnellfilter"),
    "topic": _("Thema"),
    "licence": _("Lizenz"),
    "size": _("Größe der Kommunen"),
    "reused_at_least": _("Nachgenutzt von"),
    "confirmed_at_least": _("Bestätigt nachgenutzt von"),
    "vitality": _("Lebenszeichen"),
    "last_activity": _("Letzte Aktivität"),
    "open_source": _("Open Source"),
    "kind": _("Art"),
    "maturity": _("Reifegrad"),
    "land": _("Bundesland"),
    "provider_kind": _("Bereitgestellt von"),
    "technology": _("Technik"),
}
# What a facet speaks of, where its name does not say it.
FACET_HINT = {
    "size": _("Kommunen, die die Lösung anbieten oder nachnutzen"),
    "vitality": _("Wie viel sich im Quelltext tut, soweit wir nachsehen konnten"),
}
SORT = {
    "relevance": _("Passt am besten"),
    "name": _("Name"),
    "newest": _("Neueste zuerst"),
    "most-reused": _("Am meisten nachgenutzt"),
    "last-activity": _("Zuletzt weiterentwickelt"),
}
SUGGESTION = {
    "solution": _("Lösung"),
    "topic": _("Thema"),
    "technology": _("Technik"),
    "word": _("Suche"),
}
DUTY = {
    "use": _("Sie dürfen die Software für jeden Zweck nutzen, verändern und weitergeben."),
    "keep-notices": _("Bei der Weitergabe bleiben Urheberhinweise und Lizenztext erhalten."),
    "share-changes": _(
        "Wer eine veränderte Fassung weitergibt, gibt auch deren Quelltext unter derselben (oder einer"
        " verträglichen) Lizenz weiter."
    ),
    "share-network": _(
        "Das gilt auch, wenn andere die veränderte Fassung nur über das Netz nutzen, etwa als Webseite."
    ),
    "several": _("Für verschiedene Teile gelten verschiedene Lizenzen; alle sind einzuhalten."),
    "choice": _("Sie dürfen unter mehreren Lizenzen wählen."),
    "ask": _("Fragen Sie die Ansprechstelle, bevor Sie die Lösung übernehmen."),
}

# name of a facet -> words of its values, where they are codes of a closed list
FACET_VALUES: Mapping[str, Mapping[str, object]] = {
    "licence": LICENCE_GROUP,
    "open_source": OPEN_SOURCE,
    "kind": KIND,
    "maturity": MATURITY,
    "quick": QUICK,
    "size": SIZE,
    "reused_at_least": AT_LEAST,
    "confirmed_at_least": AT_LEAST,
    "vitality": VITALITY,
    "last_activity": ACTIVITY,
    "provider_kind": BODY_KIND,
}


def word(table: Mapping[str, object], code: str | None) -> str:
    """The word of a code in the reader's language; the code itself where a newer entry has one we lack."""
    return str(table.get(code or "", code or ""))


def land_name(land: str | None, lang: str) -> str:
    """The name of a Land by its two digits; empty where unknown."""
    found = LAENDER.get(land or "")
    if found is None:
        return ""
    return found.english if lang == "en" else found.name


def designation_word(municipality: Municipality) -> str:
    """What a place calls itself: a town by its rights, not by its size."""
    return word(DESIGNATION, municipality.designation)


def facet_value(facet: str, value: str, lang: str, topics: Mapping[str, str]) -> str:
    """A facet's value in words."""
    if facet == "topic":
        return topics.get(value, value)
    if facet == "land":
        return land_name(value, lang) or gettext("nicht bekannt")
    return word(FACET_VALUES.get(facet, {}), value)
