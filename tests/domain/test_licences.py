"""May we? Groups and duties of licences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.licences import (
    Duty,
    LicenceGroup,
    contradicts,
    duties_of,
    group_of,
    text_contradicts,
)

PERMISSIVE, COPYLEFT, UNCLEAR, NONE = LicenceGroup


@pytest.mark.parametrize(
    ("expression", "group"),
    [
        (None, UNCLEAR),  # nothing stated is not "none"
        ("", UNCLEAR),
        ("no such licence", UNCLEAR),
        ("LicenseRef-Halle", UNCLEAR),  # a text that no list knows
        ("NONE", NONE),  # looked at, and nobody grants anything
        ("none", NONE),
        ("MIT", PERMISSIVE),
        ("CC0-1.0", PERMISSIVE),
        ("Apache-2.0", PERMISSIVE),
        ("EUPL-1.2", COPYLEFT),
        ("EUPL-1.1+", COPYLEFT),
        ("AGPL-3.0-or-later", COPYLEFT),
        ("LGPL-2.1-only", COPYLEFT),
        ("MPL-2.0", COPYLEFT),
        ("CPAL-1.0", COPYLEFT),
        ("D-FSL-1.0", COPYLEFT),  # the German Free Software Licence
        ("CECILL-B", PERMISSIVE),
        ("CECILL-C", COPYLEFT),
        ("GPL-2.0-only WITH Classpath-exception-2.0", COPYLEFT),
        ("CC-BY-NC-4.0", UNCLEAR),  # on SPDX's list, but not open
        ("BUSL-1.1", UNCLEAR),
        ("MIT AND EUPL-1.2", COPYLEFT),  # AND takes the strictest
        ("MIT OR EUPL-1.2", PERMISSIVE),  # OR the freest
        ("MIT AND LicenseRef-x", UNCLEAR),
        ("MIT OR LicenseRef-x", PERMISSIVE),
        ("(MIT AND LicenseRef-x) OR EUPL-1.2", COPYLEFT),
    ],
)
def test_a_licence_has_a_group(expression, group):
    assert group_of(expression) is group


@pytest.mark.parametrize(
    ("expression", "duties"),
    [
        (None, [Duty.ASK]),
        ("NONE", [Duty.ASK]),
        ("LicenseRef-x", [Duty.ASK]),
        ("CC0-1.0", [Duty.USE]),  # asks for nothing
        ("MIT", [Duty.USE, Duty.KEEP_NOTICES]),
        ("GPL-3.0-only", [Duty.USE, Duty.KEEP_NOTICES, Duty.SHARE_CHANGES]),
        ("AGPL-3.0-only", [Duty.USE, Duty.KEEP_NOTICES, Duty.SHARE_CHANGES, Duty.SHARE_NETWORK]),
        ("EUPL-1.2", [Duty.USE, Duty.KEEP_NOTICES, Duty.SHARE_CHANGES, Duty.SHARE_NETWORK]),
        ("MIT OR EUPL-1.2", [Duty.USE, Duty.KEEP_NOTICES, Duty.CHOICE]),
        ("MIT AND Apache-2.0", [Duty.USE, Duty.KEEP_NOTICES, Duty.SEVERAL]),
        # one may choose the licence without the network clause
        ("AGPL-3.0-only OR GPL-3.0-only", [Duty.USE, Duty.KEEP_NOTICES, Duty.SHARE_CHANGES, Duty.CHOICE]),
    ],
)
def test_a_licence_has_duties(expression, duties):
    assert list(duties_of(expression)) == duties


@given(st.text())
def test_any_text_has_a_group_and_duties(text):
    assert duties_of(text)
    assert group_of(text) in LicenceGroup


@pytest.mark.parametrize(
    ("one", "other", "is_contradiction"),
    [
        ("MIT", "EUPL-1.2", True),
        ("MIT", "mit", False),
        ("MIT OR EUPL-1.2", "EUPL-1.2 OR MIT", False),
        ("MIT OR EUPL-1.2", "MIT", False),
        ("GPL-3.0-only", "GPL-3.0-or-later", True),
    ],
)
def test_two_statements_contradict_when_neither_holds_the_other(one, other, is_contradiction):
    assert contradicts(one, other) is is_contradiction


def test_a_gnu_text_alone_contradicts_neither_form():
    assert not text_contradicts("AGPL-3.0-only", "AGPL-3.0-or-later")
    assert not text_contradicts("AGPL-3.0-only", "AGPL-3.0-only")
    assert text_contradicts("AGPL-3.0-only", "GPL-3.0-or-later")
