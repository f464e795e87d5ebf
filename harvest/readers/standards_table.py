"""Standards that matter to municipalities, and how a repository shows that it uses one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """How a standard is recognised: `words` in prose, `packages` among dependencies, `paths` among files.

    `words` are matched between word boundaries, as written: OParl is a name, oparl.py is a file.
    """

    words: str = ""
    packages: str = ""
    paths: str = ""


_RULES: Mapping[str, Rule] = {
    # councils, participation
    "oparl": Rule(r"OParl|oparl\.org", r"oparl[\w-]{0,30}"),
    "open311": Rule(r"Open311|GeoReport v2|CitySDK", r"open311[\w-]{0,30}|[\w-]{0,30}citysdk"),
    # sensors
    "sensorthings": Rule(
        r"SensorThings|Sensor Things API|STA API|FROST[- ]Server|FROST API",
        r"[\w./:-]{0,60}frost-(server|client)[\w-]{0,20}|[\w-]{0,30}sensorthings[\w-]{0,30}",
    ),
    "ngsi-ld": Rule(
        r"NGSI[- ]LD|Orion[- ]LD|Scorpio Broker|Stellio",
        r"ngsi-ld[\w-]{0,30}|[\w./-]{0,60}(orion-ld|scorpio|stellio)[\w-]{0,30}",
    ),
    "ngsi-v2": Rule(r"NGSI[- ]?v2|FIWARE Orion|Orion Context Broker", r"[\w./-]{0,60}fiware/orion"),
    "fiware": Rule(r"FIWARE|Smart Data Models", r"[\w./-]{0,60}fiware[\w./-]{0,60}"),
    "lorawan": Rule(
        r"LoRaWAN|ChirpStack|The Things (Network|Stack)", r"[\w./-]{0,60}chirpstack[\w-]{0,30}|ttn[\w-]{0,30}"
    ),
    "mqtt": Rule(
        r"MQTT",
        r"mqtt(js)?|paho-mqtt|aiomqtt|fastapi-mqtt|[\w./:-]{0,60}(mosquitto"
        r"|paho\.client\.mqttv?[35])[\w.-]{0,20}",
    ),
    # planning and geodata
    "xplanung": Rule(
        r"XPlanung|XPlanGML|XPlanBox|XPlan(?=[ -][0-9])",
        r"xplan[\w-]{0,30}",
        r".*/xplan(ung|gml)?[\w.-]{0,40}\.(xsd|gml)",
    ),
    "xtrasse": Rule(r"XTrasse"),
    "wms": Rule(r"WMS|Web Map Service", r"[\w-]{0,20}wms[\w-]{0,10}(?<!wms-logs)"),
    "wfs": Rule(r"WFS(-T)?|Web Feature Service"),
    "wmts": Rule(r"WMTS|Web Map Tile Service"),
    "wps": Rule(r"OGC WPS|Web Processing Service"),
    "csw": Rule(r"OGC CSW|CSW(?= (service|server|catalog|Katalog))|Catalogue Service for the Web"),
    "ogc-api-features": Rule(
        r"OGC API ?(-|–)? ?Features|OAPIF|OAF(?=[ -](API|Dienst))", r"ogcapi-features[\w-]{0,30}"
    ),
    "ogc-api-processes": Rule(r"OGC API ?(-|–)? ?Process(es|ing)"),
    "ogc-api-records": Rule(r"OGC API ?(-|–)? ?Records"),
    "ogc-api": Rule(
        r"OGC API(?! ?(-|–)? ?(Features|Process|Records))", r"pygeoapi|ldproxy|[\w./-]{0,60}pygeoapi"
    ),
    "citygml": Rule(r"CityGML|3DCityDB", r"[\w./-]{0,60}3dcitydb[\w-]{0,30}|citygml[\w-]{0,30}|cjio"),
    "cityjson": Rule(r"CityJSON", r"cityjson[\w-]{0,30}"),
    "3d-tiles": Rule(r"3D[ -]?Tiles", r"3d-tiles-renderer|py3dtiles"),
    "geojson": Rule(r"GeoJSON", r"geojson|@turf/[\w-]{1,40}|@types/geojson|geojson-[\w-]{1,30}"),
    "inspire": Rule(
        r"INSPIRE(?=[- ](Richtlinie|Directive|konform|compliant|Dienst|Daten|Thema|Atom|API|Metadat))"
    ),
    # mobility
    "gtfs": Rule(
        r"GTFS(?![-\w])", r"gtfs|gtfs[_-](kit|functions|utils|parser|via-postgres|to-[\w-]{1,20})|node-gtfs"
    ),
    "gtfs-realtime": Rule(r"GTFS[- ]?(RT|Realtime)", r"gtfs-realtime-bindings|gtfs-rt[\w-]{0,30}"),
    "gtfs-flex": Rule(r"GTFS[- ]?Flex"),
    "gbfs": Rule(r"GBFS", r"gbfs[\w-]{0,30}|[\w./-]{0,60}lamassu"),
    "netex": Rule(r"NeTEx"),
    "siri": Rule(r"SIRI(?=[- ](ET|SX|VM|FM|SM|Lite|Feed|format|Schnittstelle|API))"),
    "datex-ii": Rule(r"DATEX ?(2|II)", r"datex2?[\w-]{0,30}"),
    "mds": Rule(r"Mobility Data Specification"),
    "tomp": Rule(r"TOMP[- ]API"),
    # data catalogues
    "dcat-ap-de": Rule(r"DCAT[- ]AP\.de|dcat-ap\.de", r"ckanext-dcatde[\w-]{0,20}"),
    "dcat-ap": Rule(
        r"DCAT[- ]AP(?!\.de)|DCAT(?= (vocabulary|catalog|RDF))",
        r"ckanext-dcat|[\w./-]{0,60}piveau[\w-]{0,30}",
    ),
    "ckan-api": Rule(r"CKAN(?=[- ]?API)", r"ckanapi|ckan"),
    # administration
    "fim": Rule(
        r"FIM(?=[- ](Baustein|Leistung|Stammdat|Datenfeld|Prozess|Standard|Portal|konform))|XDatenfelder"
        r"|XProzess"
    ),
    "xoev": Rule(r"XÖV|XOEV|XTA ?2|OSCI(?=[- ](Transport|Nachricht|Protokoll))"),
    "xrechnung": Rule(r"XRechnung|ZUGFeRD|Peppol"),
    "xbau": Rule(r"XBau"),
    "xerhebung": Rule(r"XErhebung"),
    "fit-connect": Rule(r"FIT[- ]Connect", r"[\w./:@-]{0,60}fit-?connect[\w-]{0,30}"),
    "bundid": Rule(r"BundID|Bund-ID"),
    "bpmn": Rule(
        r"BPMN( ?2(\.0)?)?",
        r"bpmn-js[\w-]{0,30}|camunda[\w-]{0,40}|[\w./:-]{0,60}(camunda|operaton|flowable|zeebe)[\w.-]{0,40}",
    ),
    "dmn": Rule(r"DMN(?=[ -](Tabelle|table|Modell|model|1\.))", r"dmn-js[\w-]{0,30}"),
    # identity and interfaces
    "openid-connect": Rule(
        r"OpenID[- ]?Connect|OIDC",
        r"keycloak-js|@auth/[\w-]{1,40}|oidc-client[\w-]{0,10}|next-auth|mozilla-django-oidc|authlib"
        r"|openid-client"
        r"|omniauth[_-]openid[_-]connect|[\w./:-]{0,80}(spring-boot-starter-oauth2-(client"
        r"|resource-server)|keycloak/keycloak)",
    ),
    "saml": Rule(
        r"SAML( ?2(\.0)?)?", r"python3-saml|passport-saml|ruby-saml|djangosaml2|@node-saml/[\w-]{1,30}"
    ),
    "openapi": Rule(
        r"OpenAPI|Swagger",
        r"swagger[\w-]{0,30}|drf-spectacular|drf-yasg|openapi[\w-]{0,40}|@nestjs/swagger|fastapi"
        r"|nelmio/api-doc-bundle"
        r"|[\w./:-]{0,80}springdoc-openapi[\w-]{0,40}|apispec|connexion|rswag[\w-]{0,20}",
        r"(.*/)?(openapi|swagger)[\w.-]{0,40}\.(ya?ml|json)",
    ),
    "asyncapi": Rule(r"AsyncAPI", r"@asyncapi/[\w-]{1,40}", r"(.*/)?asyncapi[\w.-]{0,40}\.(ya?ml|json)"),
    "graphql": Rule(
        r"GraphQL",
        r"graphql|apollo-[\w-]{1,30}|@apollo/[\w-]{1,30}|graphene[\w-]{0,20}"
        r"|[\w./:-]{0,60}graphql[\w.-]{0,40}",
    ),
    "caldav": Rule(r"CalDAV|iCalendar", r"icalendar|caldav|ical-generator|ical\.js"),
    "activitypub": Rule(r"ActivityPub"),
    "matrix": Rule(r"Matrix(?= (protocol|Protokoll|homeserver))", r"matrix-js-sdk|matrix-nio"),
    "publiccode-yml": Rule(paths=r"publiccode\.ya?ml"),
}

WORDS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?<![\w/@.-])(?:{rule.words})(?![\w@])")
    for name, rule in _RULES.items()
    if rule.words
}
PACKAGES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rule.packages) for name, rule in _RULES.items() if rule.packages
}
PATHS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rule.paths) for name, rule in _RULES.items() if rule.paths
}
NAMES = frozenset(_RULES)
