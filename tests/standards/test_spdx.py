"""SPDX licence expressions."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.standards.spdx import NotAnExpression, alternatives, licences_in, normalised, parse_expression


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EUPL-1.2", "EUPL-1.2"),
        ("mit or eupl-1.2", "MIT OR EUPL-1.2"),  # case says nothing
        ("(MIT AND EUPL-1.2) OR Apache-2.0", "(MIT AND EUPL-1.2) OR Apache-2.0"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("GPL-2.0+", "GPL-2.0-or-later"),  # the old name
        ("EUPL-1.1+", "EUPL-1.1+"),  # "or later" where the list has no name for it
        ("AGPL-3.0", "AGPL-3.0-only"),
        ("LicenseRef-Stadt-Halle.1", "LicenseRef-Stadt-Halle.1"),
        ("MIT AND LicenseRef-x", "MIT AND LicenseRef-x"),
        ("LicenseRef-Apache-2.0 AND Apache-2.0", "LicenseRef-Apache-2.0 AND Apache-2.0"),  # two texts
        ("LicenseRef-a OR LicenseRef-A", "LicenseRef-a OR LicenseRef-a"),
        ("  MIT\n", "MIT"),
    ],
)
def test_an_expression_is_spelt_as_spdx_spells_it(text, expected):
    assert normalised(text) == expected


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("EUPL", "EUPL-1.2"),  # a family, not a licence
        ("EUPL 1.2", "EUPL-1.2"),
        ("eupl v1.2", "EUPL-1.2"),
        ("AGPLv3", "AGPL-3.0-or-later"),
        ("GNU GPL v3", "GPL-3.0-or-later"),
        ("Apache 2.0", "Apache-2.0"),
        ("Apache License 2.0", "Apache-2.0"),
        ("Unlicence", "Unlicense"),  # one letter off
        ("MIT OR EUPL", "EUPL-1.2"),  # the part that is wrong
        *((name, None) for name in ("consul", "hal-plan", "osca", "octal", "dipas", "vima", "nul")),
        ("Public Domain", None),
        ("proprietary", None),
        ("MIT AND", None),
        ("AND", None),
        ("LicenseRef-", None),  # a reference to nothing
        ("xLicenseRef-a", None),
        ("GPL-2.0-only WITH MIT", "MIT"),
        ("", None),
        ("MIT OR " * 100 + "MIT", None),  # longer than anybody means
        ("(" * 400, None),
    ],
)
def test_what_is_no_expression_is_refused_with_what_may_be_meant(text, near):
    with pytest.raises(NotAnExpression) as caught:
        parse_expression(text)

    assert caught.value.near == near


WORDS = st.sampled_from(
    [
        *(
            "MIT",
            "mit",
            "EUPL-1.2",
            "Apache-2.0",
            "GPL-2.0+",
            "MIT+",
            "Classpath-exception-2.0",
            "foo",
            "+",
            ",",
            "/",
        ),
        *("LicenseRef-a", "LicenseRef-A", "LicenseRef-MIT", "LicenseRef-Apache-2.0"),
        *("AND", "OR", "WITH", "and", "(", ")", "((", "))"),
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=20).map(" ".join), st.lists(WORDS).map("".join)))
@example("(" * 250 + "MIT" + ")" * 250)
@example("(AND 0")
@example("LicenseRef-Apache-2.0 AND Apache-2.0")
def test_any_text_is_an_expression_or_refused(text):
    try:
        normal = normalised(text)
    except NotAnExpression:
        return

    assert normalised(normal) == normal
    assert licences_in(normal)


def test_licences_are_named_once_and_in_order():
    assert licences_in("LicenseRef-x OR (ISC AND MIT) OR ISC") == ("LicenseRef-x", "ISC", "MIT")


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("MIT", (("MIT",),)),
        ("(MIT AND EUPL-1.2) OR Apache-2.0", (("MIT", "EUPL-1.2"), ("Apache-2.0",))),
        ("MIT AND (ISC OR Apache-2.0)", (("MIT", "ISC"), ("MIT", "Apache-2.0"))),  # AND over OR
        ("GPL-2.0-only WITH Classpath-exception-2.0", (("GPL-2.0-only",),)),
    ],
)
def test_one_chooses_between_ways_each_with_all_that_applies(text, ways):
    assert alternatives(parse_expression(text)) == ways


def test_the_number_of_ways_does_not_explode():
    text = " AND ".join(["(MIT OR ISC)"] * 25)

    assert len(alternatives(parse_expression(text))) <= 64
