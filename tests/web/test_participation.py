"""Who takes part is counted by what it does now, each body once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.bodies import Body
from catalogue.domain.register import Municipality
from catalogue.services.figures import Participation
from catalogue.web.participation import takes_part, totals


def a_body(key: str) -> Body:
    town = Municipality(key=key, name="Musterstadt") if key.isdigit() else None
    return Body(key=key, label=key, kind="municipality", land=key[:2], municipality=town)


@pytest.mark.parametrize(
    ("provides", "reuses", "expected"),
    [
        (1, 0, True),  # who offers
        (0, 1, True),  # who runs or tries
        (0, 0, False),  # a partner, a plan, an end
    ],
)
def test_partners_and_plans_alone_do_not_count(provides, reuses, expected):
    part = Participation(body="15003000", provides=provides, reuses=reuses, involved=1)

    assert takes_part(part) is expected


@given(st.lists(st.sampled_from(["15003000", "15002000", "03154", "kielregion", "dataport"]), unique=True))
def test_every_body_is_counted_in_exactly_one_figure(keys):
    rows = [
        (a_body(key), Participation(body=key, provides=i % 2, reuses=0, involved=1))
        for i, key in enumerate(keys)
    ]

    found = totals(rows)

    assert sum(found.values()) == len(keys)
    assert found["others"] == len(keys) - len(keys) // 2


def test_a_district_is_no_municipality():
    part = Participation(body="03154", provides=0, reuses=1, involved=1)

    found = totals([(a_body("03154"), part)])

    assert found == {"municipality": 0, "district": 1, "organisation": 0, "others": 0}
