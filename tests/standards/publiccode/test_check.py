"""publiccode.yml, checked as strictly as the reference parser does."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publiccode_samples import LONG, VALID, changed, found, found_with

from catalogue.standards.publiccode.beside import is_png
from catalogue.standards.publiccode.check import LARGEST, check_bytes, check_text, is_valid
from catalogue.standards.publiccode.problem import Severity
from catalogue.standards.publiccode.wording import SENTENCES, sentences


def png(width=1, height=1, depth=8, colour=6):
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + header + struct.pack(">I", zlib.crc32(header))


def test_a_valid_file_has_no_problems():
    assert found(VALID) == []
    assert found(VALID.replace("\n", "\r\n")) == []
    assert found("---\n" + VALID + "...\n") == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        # what the standard asks for; what is missing stands at the first key around it
        ("name: Planfenster\n", "", ("name", "required", 1)),
        ("name: Planfenster", "name: ''", ("name", "required", 2)),
        ("  license: EUPL-1.2", "  repoOwner:", ("legal.license", "required", 15)),
        ("legal:\n  license: EUPL-1.2", "legal: {}", ("legal.license", "required", 14)),
        ("legal:\n  license: EUPL-1.2\n", "", ("legal.license", "required", 0)),
        ("platforms:\n  - web", "platforms: []", ("platforms", "required-item", 4)),
        ("    features:\n      - Karte\n", "", ("description.de.features", "required-item", 10)),
        (
            "    - name: Stadt",
            "    - email: a@stadt.example\n#",
            ("maintenance.contacts[0].name", "required", 19),
        ),
        ("  contacts:\n    - name: Stadt Beispiel\n", "", ("maintenance.contacts", "contacts", 17)),
        ("type: internal", "type: contract", ("maintenance.contractors", "contractors", 17)),
        (
            "type: internal",
            "type: none\n  contractors: []",
            ("maintenance.contractors", "contractors-extra", 18),
        ),
        # values
        ("stable", "ready", ("developmentStatus", "one-of", 6)),
        ("standalone/web", "standalone", ("softwareType", "one-of", 7)),
        ("EUPL-1.2", "EUPL", ("legal.license", "licence", 15)),
        ("EUPL-1.2", "MIT or EUPL-1.2", ("legal.license", "licence", 15)),
        ("    - de\n", "    - deu\n", ("localisation.availableLanguages[0]", "language", 23)),
        ("  de:\n", "  de_DE:\n", ("description", "language", 8)),
        (LONG, LONG[:149], ("description.de.longDescription", "too-short", 11)),
        (
            "plant.\n    long",
            "plant." + "x" * 150 + "\n    long",
            ("description.de.shortDescription", "too-long", 10),
        ),
        ("https://git.stadt.example/planfenster", "planfenster", ("url", "url", 3)),
        # keys
        ("name: Planfenster", "name: Planfenster\nx-ours: 1", ("x-ours", "key-unknown", 3)),
        ("platforms:", "de: {}\nplatforms:", ("de", "key-country", 4)),
        ("name: Planfenster", "name: Planfenster\nrelease-date: 2024-01-01", ("release-date", "key-old", 3)),
        ("name: Planfenster", "name: Planfenster\nlicense: MIT", ("license", "key-place", 3)),
        # YAML
        ("name: Planfenster", "name: Planfenster\nname: Fenster", ("", "yaml-duplicate", 3)),
        ("name: Planfenster", 'name: "Planfenster', ("", "yaml-syntax", 2)),
        ("name: Planfenster", "name: Planfenster\nFenster", ("", "yaml-syntax", 3)),
        ("name: Planfenster", "name: Plan: Fenster", ("", "yaml-syntax", 2)),
        ("name: Planfenster", "name: *plan", ("", "yaml-alias", 2)),
        # the version ends the check
        ('publiccodeYmlVersion: "0"', 'publiccodeYmlVersion: "1"', ("publiccodeYmlVersion", "version", 0)),
        (
            'publiccodeYmlVersion: "0"',
            "publiccodeYmlVersion: 0.4",
            ("publiccodeYmlVersion", "version-kind", 1),
        ),
        ('publiccodeYmlVersion: "0"', "", ("publiccodeYmlVersion", "required", 0)),
    ],
)
def test_one_fault_is_one_problem_with_its_key_and_line(old, new, problem):
    assert found(changed(old, new)) == [problem]


@pytest.mark.parametrize(
    ("addition", "problems"),
    [
        ("releaseDate: 2024-02-29", []),
        ("releaseDate: 2023-02-29", [("releaseDate", "date")]),
        ("releaseDate: 2024-01-01T10:00:00", [("releaseDate", "date")]),
        ("releaseDate:", []),
        ("landingURL: git@stadt.example", [("landingURL", "http-url")]),
        ("landingURL: 'https://a.example:x/'", [("landingURL", "url-unreadable")]),
        ("isBasedOn: https://a.example/b", []),
        ("isBasedOn: [https://a.example/b, nothing]", [("isBasedOn[1]", "url")]),
        ("softwareVersion: 1.0", []),  # a number is as good as a text
        ("softwareVersion: [1]", [("softwareVersion", "kind-text")]),
        ("usedBy: Halle", [("usedBy", "kind-list")]),
        ("categories: []", []),
        ("categories: [maps]", [("categories[0]", "category")]),
        ("organisation: {name: Halle}", [("organisation.uri", "required")]),
        ("organisation: {uri: 'urn:a'}", [("organisation.uri", "organisation-uri")]),
        ("organisation: {uri: 'urn:x-italian-pa:c_h501'}", []),
        ("organisation: {uri: 'urn:x-italian-pa:no_such_one'}", [("organisation.uri", "organisation-italy")]),
        ("fundedBy:\n  - uri: https://a.example/\n  -", [("fundedBy[1].uri", "required")]),
        ("supports: [{id: 'alias:gdpr'}, {id: 'urn:xy:z'}]", []),
        ("supports: [{id: 'alias:bdsg'}]", [("supports[0].id", "supports-alias")]),
        ("supports: [{id: bdsg}]", [("supports[0].id", "supports")]),
        ("intendedAudience:\n  scope: [mayors]", [("intendedAudience.scope[0]", "scope")]),
        ("intendedAudience:\n  countries: [DE, de]", [("intendedAudience.countries[1]", "old-country")]),
        ("intendedAudience:\n  countries: [no]", [("intendedAudience.countries[0]", "old-country")]),
        (
            "intendedAudience:\n  countries: [De, EU]",
            [("intendedAudience.countries[0]", "country"), ("intendedAudience.countries[1]", "country")],
        ),
        ("dependsOn:\n  open:\n    - name: PostgreSQL\n      versionMin: 12", []),
        ("dependsOn:\n  open:\n    - version: '1'", [("dependsOn.open[0].name", "required")]),
        (
            "dependsOn:\n  open:\n    - name: x\n      optional: yes",
            [("dependsOn.open[0].optional", "kind-flag")],
        ),
        ("inputTypes: [text/csv, csv]", [("inputTypes", "old-drop"), ("inputTypes[1]", "mime")]),
        ("monochromeLogo: https://a.example/a.svg", [("monochromeLogo", "old-logo")]),
        ("logo: /logo.svg", [("logo", "path-absolute")]),
        ("logo: file:///logo.svg", [("logo", "path-file")]),
        ("IT:\n  countryExtensionVersion: '0.3'", [("IT.countryExtensionVersion", "one-of")]),
        (
            "it:\n  riuso:\n    codiceIPA: pcm",
            [("IT.riuso.codiceIPA", "old-italian-code"), ("it", "old-lower-case")],
        ),
        ("IT: {}\nit: {}", [("it", "old-lower-case"), ("it", "italy-twice")]),
        ("name2: &a x\nusedBy: [*a]", [("name2", "key-unknown")]),
        ("usedBy: &towns [Halle]\napplicationSuite: &x y", []),  # anchors are fine
    ],
)
def test_a_key_that_may_be_absent_is_judged_where_it_is_there(addition, problems):
    assert found_with(addition) == problems


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", '"true"', "1"])
def test_only_true_and_false_are_booleans(word):
    text = changed("localisationReady: true", f"localisationReady: {word}")

    # The section counts as absent, as it does for the reference parser.
    assert found(text) == [
        ("localisation.localisationReady", "kind-flag", 21),
        ("localisation.localisationReady", "unread", 21),
        ("localisation.availableLanguages", "unread", 22),
    ]


@pytest.mark.parametrize(
    ("version", "codes"),
    [
        ("0", []),
        ("0.7", []),
        ("0.7.0", []),
        ("0.2", ["version-old"]),
        ("0.5.0", ["version-old"]),
        ("0.1", ["version"]),
        ("0.6", ["version"]),
    ],
)
def test_every_accepted_version_is_judged_as_0_7(version, codes):
    problems = check_text(changed('Version: "0"', f'Version: "{version}"'))

    assert [problem.code for problem in problems] == codes
    assert is_valid(problems) is (codes != ["version"])


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("👨‍👩‍👧‍👦" * 35, True),
        ("🇩🇪" * 35, True),
        ("e\u0301" * 35, True),
        ("한" * 36, False),
        ("ä" * 36, False),
        ("🇩🇪" * 36, False),
    ],
)
def test_lengths_count_what_a_reader_sees(text, valid):
    problems = check_text(changed("  de:\n", f'  de:\n    genericName: "{text}"\n'))

    assert [p.code for p in problems] == (["old-drop"] if valid else ["old-drop", "too-long"])


@pytest.mark.parametrize(
    ("tag", "valid"),
    [
        *(
            (tag, True)
            for tag in ("de", "EN", "de-AT", "zh-Hant-TW", "nds", "de-1996", "sr-Latn", "es-419", "x-ours")
        ),
        *((tag, False) for tag in ("deu", "ger", "xxx", "en_GB", "de-XX", "deutsch", "", "de-", "en-Abcd")),
    ],
)
def test_languages_are_registered_and_short(tag, valid):
    problems = found(changed("    - de\n", f"    - '{tag}'\n"))

    assert (problems == []) is valid


@pytest.mark.parametrize(
    ("expression", "valid"),
    [
        *(
            (text, True)
            for text in (
                "mit",
                "MIT OR EUPL-1.2",
                "(MIT AND Apache-2.0) OR GPL-2.0+",
                "LicenseRef-ours",
                "DocumentRef-a:LicenseRef-b",
                "GPL-2.0-only WITH Classpath-exception-2.0",
                "EUPL-1.2-or-later",
            )
        ),
        *(
            (text, False)
            for text in (
                "",
                "MIT AND",
                "MIT EUPL-1.2",
                "(MIT",
                "MIT)",
                "MIT WITH MIT",
                "MIT/X11",
                "Classpath-exception-2.0",
                "MIT +",
                "BSD-2",
                "GNU GPL",
            )
        ),
    ],
)
def test_licences_are_expressions_by_the_letter(expression, valid):
    problems = found(changed("license: EUPL-1.2", f"license: '{expression}'"))

    assert (problems == []) is valid


@pytest.mark.parametrize(
    ("address", "valid"),
    [
        *((text, True) for text in ("a@b.example", "a.b+c@stadt-halle.example", "ä@städte.example")),
        *(
            (text, False)
            for text in (
                "",
                "a",
                "a@b",
                "a b@c.example",
                "a@b..example",
                "<a@b.example>",
                "a@b.example1",
                "@b.example",
            )
        ),
    ],
)
def test_mail_addresses_have_a_name_and_a_domain(address, valid):
    problems = found(changed("    - name: Stadt", f"    - email: '{address}'\n      name: Stadt"))

    assert (problems == []) is valid


# --- files beside ---


def look(path):
    return {
        "logo.png": png(),
        "broken.png": b"GIF89a" * 9,
        "logo.svg": b"",
        "shot.jpg": b"",
        "AUTHORS": b"",
    }.get(path)


@pytest.mark.parametrize(
    ("addition", "codes"),
    [
        ("logo: logo.png", []),
        ("logo: logo.svg", []),
        ("logo: https://a.example/logo.gif", []),  # only the network could tell
        ("logo: broken.png", ["png-broken"]),
        ("logo: absent.png", ["file-absent"]),
        ("logo: shot.jpg", ["logo-ending"]),
    ],
)
def test_a_logo_beside_the_file_is_looked_at(addition, codes):
    assert [code for _, code, _ in found(VALID + addition, look)] == codes


def test_screenshots_and_authors_beside_the_file_are_looked_at():
    shots = "      - Karte\n    screenshots: [shot.jpg, absent.png, shot.jpeg]\n"
    text = changed("      - Karte\n", shots).replace("  license", "  authorsFile: NOBODY\n  license")

    assert set(found(text, look)) == {
        ("description.de.screenshots[1]", "file-absent", 14),
        ("description.de.screenshots[2]", "screenshot-ending", 14),
        ("legal.authorsFile", "file-absent", 16),
        ("legal.authorsFile", "old-drop", 16),
    }


def test_without_anybody_to_look_files_beside_are_not_judged():
    assert found(VALID + "logo: absent.png") == []


@pytest.mark.parametrize("data", [png()[:30], png(width=0), png(depth=3), png()[:-1] + b"x", b""])
def test_a_png_has_a_sound_header(data):
    assert is_png(png())
    assert not is_png(data)


def test_a_video_belongs_to_a_provider_that_can_be_embedded():
    text = changed("      - Karte\n", "      - Karte\n    videos:\n      - {}\n")

    assert found(text.replace("{}", "https://vimeo.com/123")) == []
    assert found(text.replace("{}", "https://stadt.example/film")) == [
        ("description.de.videos[0]", "video", 15)
    ]


# --- whatever comes ---


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", "utf-8"),
        (b"\xef\xbb\xbf" + VALID.encode(), "bom"),
        (b"", "required"),
        (b"# nothing", "required"),
        (b"- a", "required"),
        (VALID.encode() + b"---\na: b\n", "yaml-many"),
        (b"[" * 5000, "yaml-deep"),
        (b"a: b\n" * LARGEST, "file-large"),
        (b'publiccodeYmlVersion: "0"\nusedBy: [' + b"a," * 60_000 + b"]", "yaml-long"),
        (
            b'publiccodeYmlVersion: "0"\nx: &x {features: ['
            + b"a," * 9000
            + b"]}\ndescription: {"
            + b",".join(b"k%d: *x" % number for number in range(9000))
            + b"}",
            "yaml-long",
        ),
    ],
)
def test_a_file_that_cannot_be_judged_has_one_problem(data, code):
    assert [problem.code for problem in check_bytes(data)] == [code]


@given(st.binary(max_size=400))
def test_no_bytes_make_the_check_fail(data):
    assert check_bytes(data, look) == check_bytes(data, look)


PIECES = [
    "publiccodeYmlVersion",
    '"',
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "<<: ",
    "\t",
    "null",
    "\n  ",
    "|\n",
    "!!str ",
]


@given(
    st.lists(
        st.tuples(st.integers(0, len(VALID)), st.integers(0, 9), st.sampled_from(PIECES)),
        min_size=1,
        max_size=5,
    )
)
def test_no_mutation_of_a_file_makes_the_check_fail(changes):
    text = VALID
    for place, length, piece in changes:
        text = text[:place] + piece + text[place + length :]

    problems = check_text(text, look)

    assert problems == check_text(text, look)
    lines = text.count("\n") + 2
    assert all(0 <= problem.line <= lines for problem in problems)


# --- words ---


def test_every_problem_has_a_sentence_and_a_remedy_in_both_languages():
    for code, languages in SENTENCES.items():
        for what, remedy in languages:
            assert what, code
            assert remedy, code
            assert not (what + remedy).endswith("."), code


def test_a_sentence_says_what_is_wrong_and_how_to_mend_it():
    (problem,) = check_text(changed("stable", "ready"))

    assert sentences(problem, "de") == (
        "„ready“ ist bei „developmentStatus“ nicht vorgesehen",
        "Erlaubt sind: concept, development, beta, stable, obsolete",
    )
    assert sentences(problem, "en")[0] == "“ready” is not allowed for “developmentStatus”"
    assert problem.severity is Severity.ERROR
