"""Every kind of page with an address that shows it; the path stands after the language."""

KINDS: dict[str, str] = {
    "start": "/",
    "all solutions": "/solutions",
    "second page": "/solutions?page=2",
    "search": "/solutions?q=digitaler+Zwilling",
    "search with filters and shortlist": (
        "/solutions?q=Stadt&topic=digital-twin&topic=mobility&list=hal-plan&list=civitas-core"
    ),
    "exclusions and distance": (
        "/solutions?topic=energy&not-licence=unclear&not-kind=concept&reused_at_least=1&near=Berlin&km=200"
    ),
    "a place of several": "/solutions?near=Halle&km=100",
    "misspelt search": "/solutions?q=Terminvereinbahrung",
    "search as typed": "/solutions?q=Terminvereinbahrung&exact=1",
    "nothing found": "/solutions?q=xyzzyqwert",
    "fewer words": "/solutions?q=%22Energie+Stadt%22+-Daten",
    "filters without result": "/solutions?maturity=obsolete&licence=none&kind=concept",
    "profile": "/solutions/hal-plan",
    "profile on the shortlist": "/solutions/civitas-core?list=civitas-core&list=hal-plan",
    "profile of a concept": "/solutions/lorawan-suedwestfalen",
    "profile of something discontinued": "/solutions/stadtpuls",
    "empty comparison": "/compare",
    "comparison of one": "/compare?id=hal-plan",
    "comparison": "/compare?id=hal-plan&id=civitas-core&id=masterportal&id=nobody-knows",
    "municipalities": "/municipalities",
    "municipality search": "/municipalities?q=Neustadt",
    "municipality not found": "/municipalities?q=xyzzyqwert",
    "municipalities of a Land": "/municipalities?land=15",
    "municipality": "/municipalities/15003000",
    "municipality that provides": "/municipalities/15002000",
    "municipality without anything": "/municipalities/09479111",
    "district": "/municipalities/03154",
    "organisation": "/organisations/kielregion",
    "model projects": "/model-projects",
    "model project": "/model-projects/halle",
    "topics": "/topics",
    "topic": "/topics/digital-twin",
    "about": "/about",
    "how reuse works": "/how-reuse-works",
    "submit": "/submit",
    "privacy": "/privacy",
    "accessibility": "/accessibility",
    "imprint": "/imprint",
    "sources": "/sources",
}
NOT_FOUND = "/no-such-page"
