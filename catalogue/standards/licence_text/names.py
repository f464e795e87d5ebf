"""What people call licences: patterns over words, and the SPDX id each names.

The words are those of `all_words_of`: lower case, no marks, one blank between, "licence" spelt with s.
`{v}` stands for "version", "v" and the like before a number.
"""

from functools import cache

from catalogue.standards.licence_text.patterns import Pattern

_V = r"(?:,? ?(?:the )?(?:version|versions|ver|vers|v|wersja|verzi[oó]|редакция|версия|redakcija|release))*"
_LIC = r"(?: ?(?:software|public|open source))?(?: ?(?:licens\w*|lizenz\w*|licentie|licenz\w*))?"

# pattern -> id; earlier ones win where two begin at the same word. `surer` patterns name a version.
_TABLE: tuple[tuple[str, str], ...] = (
    (rf"apache{_LIC}(?: al)?{_V} ?v?2(?: 0)?", "Apache-2.0"),
    (r"apache org licens\w+ licens\w+ 2 0", "Apache-2.0"),
    (r"aws amazon com apache2 0", "Apache-2.0"),
    (rf"apache{_LIC}{_V} ?v?1 1", "Apache-1.1"),
    (r"(?:found in|see|in|file|files|or|and|both|under) licens\w+ apache2?", "Apache-2.0"),
    (r"(?:found in|see|in|file|files|or|and|both|under) licens\w+ (?:mit|expat)", "MIT"),
    (rf"(?:mozilla public licens\w*|mpl)(?: mpl)?{_V} ?v?2(?: 0)?", "MPL-2.0"),
    (rf"(?:mozilla public licens\w*|mpl)(?: mpl)?{_V} ?v?1 1", "MPL-1.1"),
    (rf"(?:mozilla public licens\w*|mpl)(?: mpl)?{_V} ?v?1 0", "MPL-1.0"),
    (r"mozilla org mpl 2 0", "MPL-2.0"),
    (rf"(?:eclipse public licens\w*|epl)(?: epl)?{_V} ?v?2(?: 0)?", "EPL-2.0"),
    (rf"(?:eclipse public licens\w*|epl)(?: epl)?{_V} ?v?1(?: 0)?", "EPL-1.0"),
    (r"eclipse org legal epl v10", "EPL-1.0"),
    (rf"(?:eclipse distribution licens\w*|edl)(?: edl)?{_V} ?v?1(?: 0)?", "BSD-3-Clause"),
    (rf"(?:common development and distribution licens\w*|cddl)(?: cddl)?{_V} ?v?1 1", "CDDL-1.1"),
    (rf"(?:common development and distribution licens\w*|cddl)(?: cddl)?{_V} ?v?1(?: 0)?", "CDDL-1.0"),
    (rf"boost software licens\w*(?:{_V} ?v?1(?: 0)?)?|\bbsl 1 0", "BSL-1.0"),
    (rf"(?:business source licens\w*|busl|bsl){_V} ?v?1 1", "BUSL-1.1"),
    (rf"(?:sil )?open font licens\w*(?: ofl)?(?:{_V} ?v?1 1)?|\bofl{_V} ?v?1 1", "OFL-1.1"),
    (r"cc0 1 0|publicdomain zero 1 0|(?:creative commons|cc) (?:cc0|zero)(?: v?1 0)?|cc0", "CC0-1.0"),
    (
        r"open data commons open database licens\w*|opendatacommons org licens\w+ odbl|odbl(?: v?1 0)?",
        "ODbL-1.0",
    ),
    (r"open database licens\w*(?: odbl)?", "ODbL-1.0"),
    (r"open data commons attribution licens\w*|odc by", "ODC-By-1.0"),
    (r"open data commons public domain dedication|pddl", "PDDL-1.0"),
    (
        rf"datenlizenz deutschland zero{_V} ?(?:2 0)?|dl de zero 2 0|govdata de dl de zero 2 0",
        "DL-DE-ZERO-2.0",
    ),
    (
        rf"datenlizenz deutschland (?:namensnennung )?{_V} ?(?:2 0)?"
        r"|dl de by(?: de)? 2 0"
        rf"|govdata de dl de by 2 0",
        "DL-DE-BY-2.0",
    ),
    (r"(?:etalab|licens\w+ ouverte)(?: open licens\w+)?(?: etalab)?(?: version)? v?2 0", "etalab-2.0"),
    (
        r"open government licens\w+(?: ogl)?(?: version)? ?v?3(?: 0)?|\bogl(?: uk)?(?: version)? ?v?3 0",
        "OGL-UK-3.0",
    ),
    (r"open government licens\w+(?: ogl)?(?: version)? ?v?2(?: 0)?", "OGL-UK-2.0"),
    (r"unlicens\w+ org|the unlicens\w+|unlicens(?:e|ed)? licens\w+|licens\w+ unlicens\w+", "Unlicense"),
    (r"do what the fuck you want to(?: public licens\w*)?|wtfpl", "WTFPL"),
    (r"mit no attribution|mit 0|mit zero", "MIT-0"),
    (
        r"(?:mit|expat|massachusetts institute of technology)(?: x11| x| open source| style)? licens\w*"
        r"|licens\w* (?:is )?mit\b|mit lizenz\w*|lizenz mit|licens\w+ org mit|licens\w+ mit|mit licentie"
        r"|(?:under|terms of|unter)(?: the| der| dem)?(?: terms of the)? (?:mit|expat)\b|mit expat"
        r"|licen[sz]a mit",
        "MIT",
    ),
    (r"(?:0|zero) ?clause bsd|bsd zero clause|0bsd|bsd 0 clause", "0BSD"),
    (
        r"(?:3|three) clauses? bsd|bsd[ -]?(?:3|three)(?: clauses?)?|(?:new|modified|revised) bsd|bsd 3c?"
        r"|bsd (?:new|modified|revised)|licens\w+ org bsd 3 clause",
        "BSD-3-Clause",
    ),
    (
        r"(?:2|two) clauses? bsd|bsd[ -]?(?:2|two)(?: clauses?)?|(?:simplified|free) ?bsd"
        r"|bsd simplified|licens\w+ org bsd 2 clause",
        "BSD-2-Clause",
    ),
    (r"(?:4|four) clauses? bsd|bsd (?:4|four) clauses?|original bsd", "BSD-4-Clause"),
    (r"isc licens\w*|licens\w+ isc\b|isc lizenz|licens\w+ org isc", "ISC"),
    (r"zlib(?: libpng)? licens\w*", "Zlib"),
    (r"(?:python software foundation|psf) licens\w*(?: version 2)?|psf 2 0", "PSF-2.0"),
    (r"artistic licens\w*(?: version)? ?v?2(?: 0)?", "Artistic-2.0"),
    (r"same terms as perl(?: itself)?", "Artistic-1.0-Perl OR GPL-1.0-or-later"),
    (rf"(?:server side public licens\w*|sspl)(?: sspl)?(?:{_V} ?v?1(?: 0)?)?", "SSPL-1.0"),
    (rf"elastic licens\w*(?: elv2)?{_V} ?v?2(?: 0)?|\belv2", "Elastic-2.0"),
    (r"polyform noncommercial licens\w*(?: 1 0 0)?", "PolyForm-Noncommercial-1.0.0"),
    (r"polyform small business licens\w*(?: 1 0 0)?", "PolyForm-Small-Business-1.0.0"),
    (r"universal permissive licens\w*|upl 1 0", "UPL-1.0"),
    (rf"(?:academic free licens\w*|afl)(?: afl)?{_V} ?v?3 0", "AFL-3.0"),
    (rf"(?:open software licens\w*|osl)(?: osl)?{_V} ?v?3 0", "OSL-3.0"),
    (r"cecill b", "CECILL-B"),
    (r"cecill c", "CECILL-C"),
    (rf"cecill{_V} ?v?2 1", "CECILL-2.1"),
    (rf"cecill{_V} ?v?2(?: 0)?", "CECILL-2.0"),
    (r"(?:microsoft public licens\w*|ms pl)", "MS-PL"),
    (r"blue oak model licens\w*", "BlueOak-1.0.0"),
    (r"mulan (?:permissive software licens\w*|psl)(?: version)? ?v?2", "MulanPSL-2.0"),
    (r"postgresql licens\w*", "PostgreSQL"),
    (r"ncsa(?: open source)? licens\w*", "NCSA"),
    (r"deutsche freie software lizenz|d fsl", "D-FSL-1.0"),
    (r"licens\w+ libre du qu[eé]bec \w+ liliq p|liliq p", "LiLiQ-P-1.1"),
)
# A name without its number: the version most used, and never sure.
_UNSURE: tuple[tuple[str, str], ...] = (
    (r"apache(?: software)?(?: licens\w*| lizenz)|licens\w+ apache|apache org licens\w+", "Apache-2.0"),
    (r"mozilla public licens\w*|mozilla org mpl", "MPL-2.0"),
    (r"eclipse public licens\w*", "EPL-2.0"),
    (r"(?:licens\w+ under|under)(?: the)? bsd\b", "BSD-3-Clause"),
    (r"bsd (?:style )?(?:licens\w*|lizenz)|licens\w+ bsd|berkeley software distribution", "BSD-3-Clause"),
    (r"artistic licens\w*", "Artistic-2.0"),
    (r"licens\w+ ouverte", "etalab-2.0"),
    (r"open government licens\w+", "OGL-UK-3.0"),
    (r"cecill", "CECILL-2.1"),
    (r"\bunlicens\w+", "Unlicense"),
)

# What the patterns of an id need, by the beginning of the id; others are tried always.
_NEEDS = {
    "Apache": ("apache",), "MIT": ("mit", "expat", "massachusetts"), "MPL": ("mozilla", "mpl"),
    "EPL": ("ecli", "epl"), "CDDL": ("cddl", "common dev"), "BSL": ("boost", "bsl"),
    "BUSL": ("business source", "busl", "bsl"), "OFL": ("ofl", "open font"), "CC0": ("cc0", "zero"),
    "ODbL": ("odbl", "open database"), "DL-DE": ("dl de", "datenlizenz"),
    "etalab": ("etalab", "ouverte"), "OGL": ("open government", "ogl"), "Unlicense": ("unlicens",),
    "WTFPL": ("wtfpl", "fuck"), "BSD": ("bsd", "berkeley", "ecli", "edl"), "0BSD": ("bsd",),
    "ISC": ("isc",), "Zlib": ("zlib",), "PSF": ("psf", "python software"), "Artistic-2": ("artistic",),
    "Artistic-1": ("perl",), "SSPL": ("sspl", "server side"), "Elastic": ("elastic", "elv2"),
    "PolyForm": ("polyform",), "CECILL": ("cecill",), "MulanPSL": ("mulan",), "AFL": ("academic", "afl"),
    "OSL": ("open software", "osl"), "NCSA": ("ncsa",), "PostgreSQL": ("postgresql",),
    "BlueOak": ("blue oak",), "D-FSL": ("deutsche freie", "d fsl"), "LiLiQ": ("liliq",),
    "UPL": ("universal permissive", "upl"), "MS-PL": ("microsoft", "ms pl"),
    "ODC": ("open data commons", "odc"), "PDDL": ("pddl", "public domain"),
}  # fmt: skip


def _patterns(table: tuple[tuple[str, str], ...]) -> tuple[tuple[Pattern, str], ...]:
    def needs(spdx: str) -> tuple[str, ...]:
        return next((words for start, words in _NEEDS.items() if spdx.startswith(start)), ())

    return tuple((Pattern(rf"\b(?:{source})\b", *needs(spdx)), spdx) for source, spdx in table)


@cache
def named_patterns() -> tuple[tuple[Pattern, str], ...]:
    """Patterns of names with their version."""
    return _patterns(_TABLE)


@cache
def unversioned_patterns() -> tuple[tuple[Pattern, str], ...]:
    """Patterns of names without one: the version most used is meant, and never surely."""
    return _patterns(_UNSURE)


# One quick look says which of them can be there at all.
HINT = Pattern(
    r"licens|lizenz|licen[zct]|gpl|apache|mit\b|bsd|mpl|epl|eupl|cc0|\bcc by|creative ?commons"
    r"|public domain"
    r"|copyleft|wtfpl|odbl|pddl|dl de|etalab|\bofl\b|gemeinfrei|лиценз|άδεια|litsents|lisenssi|licenc"
)

_GNU = {
    "agpl": "AGPL", "affero": "AGPL", "lgpl": "LGPL", "lesser": "LGPL", "library": "LGPL",
    "gpl": "GPL", "general": "GPL", "fdl": "GFDL", "gfdl": "GFDL", "documentation": "GFDL",
}  # fmt: skip
_GNU_NAME = (
    r"(?:gnu )?(?:(?P<{0}>affero|lesser|library|free documentation|general)(?: and the gnu| gnu)?"
    r"(?: (?:general )?public)? ?(?:licens\w*|lizenz)|(?P<{0}b>agpl|lgpl|gpl|gfdl|fdl)(?= |v|\d))"
)
_LATER = (
    r"(?:(?: of the| of that| of this)? (?:same )?licens\w*)?(?: of the gnu [a-z ]{{4,60}})?"
    r"(?: as published by the free software foundation)?"
    r" (?:or|oder|ou|o|and|und|of|tai)(?: (?!no\b|not\b)\w+){{0,7}}?"
    r" (?:later|newer|higher|above|greater|up|sp[aä]tere\w*|neuere\w*|h[oö]here\w*|ult[eé]rieure|succes\w+"
    r"|posterior\w*|latere|nieuwere)"
)
_SECOND = r" (?:or|oder)(?: \(?(?:the )?(?:version|gpl|v))? ?v?3(?: 0)?(?=[ ,])"
_GNU_WORDS = ("general public", "gpl", "gnu", "fdl", "free documentation", "lesser", "affero")
GNU = Pattern(
    rf"\b{_GNU_NAME.format('kind')}"
    r"(?:[ ,]*(?:a?l?gpl|gfdl|as published by(?: the)? free software foundation(?: inc)?"
    r"|published by(?: the)?"
    r" free software foundation|either|the|as|in|der|in der|under|fsf))*+"
    r"(?: ?(?:version|versions|ver|v|nummer))* ?v?(?P<major>[123])(?: (?P<minor>[0123])\b(?! clause))?"
    rf"(?P<only> only\b)?(?P<second>{_SECOND})?(?P<later>{_LATER.format()})?",
    *_GNU_WORDS,
)
GNU_AFTER = Pattern(
    rf"\bversion (?P<major>[123])(?: (?P<minor>[0123]))?(?P<only> only)?(?P<second>{_SECOND})?"
    r"(?P<later> or (?:at your option )?(?:any )?later(?: version)?)?"
    rf" of the {_GNU_NAME.format('kind')}(?P<later2>{_LATER.format()})?",
    *("general public", "gpl"),
)
GNU_BARE = Pattern(rf"\b{_GNU_NAME.format('kind')}", *_GNU_WORDS)
OLDEST = {
    "AGPL": "AGPL-3.0-or-later",
    "LGPL": "LGPL-2.0-or-later",
    "GPL": "GPL-1.0-or-later",
    "GFDL": "GFDL-1.1-or-later",
}


NUMBERS = {
    "AGPL": ("1.0", "3.0"), "LGPL": ("2.0", "2.1", "3.0"), "GPL": ("1.0", "2.0", "3.0"),
    "GFDL": ("1.1", "1.2", "1.3"),
}  # fmt: skip
# Exceptions that widen a licence: what says so, for which licences.
EXCEPTIONS = (
    (Pattern(r"\bclasspath\b(?: exception)?"), "GPL-", "Classpath-exception-2.0"),
    (Pattern(r"\bllvm exceptions?\b"), "Apache-2.0", "LLVM-exception"),
    (Pattern(r"\bgcc runtime library exception\b"), "GPL-3.0", "GCC-exception-3.1"),
    (
        Pattern(r"\bbison exception\b|special exception .{0,200}bison parser"),
        "GPL-",
        "Bison-exception-2.2",
    ),
    (Pattern(r"\bfont exception\b|embed this font"), "GPL-", "Font-exception-2.0"),
)


def gnu_kind(word: str) -> str:
    """AGPL, LGPL, GPL or GFDL, from the word that tells them apart."""
    return _GNU[word.removeprefix("free ").strip()]


# The EUPL in the languages of the Union, as its title says it.
EUPL_TITLES = (
    "european union public licens", "open source lizenz für die europäische union",
    "license publique de l union européenne", "licenza pubblica dell unione europea",
    "licensia pública de la unión europea", "licença pública da união europeia",
    "openbare licentie van de europese unie", "licensja publiczna unii europejskiej",
    "veřejná license evropské unie", "verejná licensia európskej únie", "európai uniós nyilvános licens",
    "licența publică a uniunii europene", "den europæiske unions offentlige licens",
    "licens till öppen källkod från europeiska unionen", "euroopan unionin yleinen lisenssi",
    "euroopa liidu tarkvara vaba kasutuse litsents", "eiropas savienības sabiedriskā licens",
    "europos sąjungos viešoji licensija", "javna licensa evropske unije",
    "javna licensija europske unije", "публичен лиценз на европейския съюз",
    "liċenzja pubblika tal unjoni ewropea", "άδεια δημοσιας χρησης για την ευρωπαϊκη ένωση",
    "άδεια δημόσιας χρήσης για την ευρωπαϊκή ένωση",
)  # fmt: skip


def eupl_patterns(words: str) -> tuple[Pattern, Pattern] | None:
    """The name of the EUPL in these words, with its version and without."""
    titles = tuple(title for title in EUPL_TITLES if title in words)
    return _eupl_patterns(titles) if titles or "eupl" in words else None


@cache
def _eupl_patterns(titles: tuple[str, ...]) -> tuple[Pattern, Pattern]:
    """With no more titles than the words hold: all of them take long to compile."""
    names = "|".join(rf"{title}\w*" for title in titles)
    with_eupl = "".join(rf"{title}\w*(?: eupl)?|" for title in titles)
    version = (
        rf"\b(?:{with_eupl}eupl)(?:[ ,]*(?:eupl|the|der|in|licens\w*|lizenz))*+"
        rf"{_V} ?v? ?1 ?(?P<minor>[012])\b"
    )
    return Pattern(version), Pattern(rf"\b(?:{names}{'|' if names else ''}eupl)\b")


_CC_PARTS = (
    (Pattern(r"non ?commercial|nicht ?kommerziell|\bnc\b|pas d utilisation commerciale"), "NC"),
    (Pattern(r"share ?alike|weitergabe unter gleichen bedingungen|\bsa\b|partage"), "SA"),
    (Pattern(r"no ?deriv\w*|keine? bearbeitung\w*|\bnd\b|pas de modification"), "ND"),
)
CC = Pattern(
    r"\b(?:(?:creative ?commons(?: org licens\w+)?|cc)(?: (?:cc|lizenz|licens\w*|unter|the))* "
    r"(?:by|attribution|namensnennung)|attribution(?= (?:non|share|no) ?(?:commercial|alike|deriv)))"
    r"(?P<parts>(?: (?:by|nc|sa|nd|non|commercial|noncommercial|share|alike|sharealike|no|deriv\w*"
    r"|noderiv\w*"
    r"|nicht|kommerziell\w*|weitergabe|unter|gleichen|bedingungen|keine?|bearbeitung\w*))*)"
    r"(?: (?:public|licens\w*|lizenz|international|version|v|unported|germany|deutschland|generic|cc"
    r"|by|nc|sa|nd"
    r"|de|legalcode))*"
    r"(?: v?(?P<major>[1234]) (?P<minor>[05])\b)?(?P<port> (?:de|deutschland|germany)\b)?",
    *("commons", "cc ", "attribution"),
)


def creative_commons(parts: str) -> str:
    """CC-BY with what is added to it, in the order of SPDX."""
    return "-".join(("CC-BY", *(short for pattern, short in _CC_PARTS if pattern.search(parts))))
