import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.access import Role
from catalogue.domain.login_service import BadRoleRule, Identity, RoleRule, parse_role_rules, role_of

RULES = parse_role_rules("groups:kts-lesen=reader groups:kts=editor realm_access.roles:chef=administrator")


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, None),
        ({"groups": []}, None),
        ({"groups": ["kts-lesen"]}, Role.READER),
        ({"groups": "kts"}, Role.EDITOR),  # some services write a single one so
        ({"groups": ["kts", "kts-lesen"]}, Role.EDITOR),  # the highest counts
        ({"groups": ["kts"], "realm_access": {"roles": ["chef"]}}, Role.ADMINISTRATOR),
        ({"realm_access.roles": ["chef"]}, Role.ADMINISTRATOR),  # a name with a dot in it
        ({"groups": ["KTS", "kts2", "xkts", " kts"]}, None),  # nearly is not the same
        ({"groups": {"kts": True}}, None),
        ({"groups": [["kts"], 7, None]}, None),
        ({"realm_access": "chef"}, None),
    ],
)
def test_groups_give_a_role_only_where_they_are_the_very_same(claims: dict[str, object], role: Role) -> None:
    assert role_of(claims, RULES) is role


def test_a_value_may_hold_any_sign_but_a_blank() -> None:
    (rule,) = parse_role_rules("groups:/kts:a=b/lesen=reader")

    assert rule == RoleRule(claim="groups", value="/kts:a=b/lesen", role=Role.READER)


@pytest.mark.parametrize(
    "text", ["kts", "groups:kts", "groups=editor", ":kts=editor", "groups:=editor", "g:k="]
)
def test_what_is_no_rule_is_named(text: str) -> None:
    with pytest.raises(BadRoleRule, match=r"groups:kts=editor|is no role"):
        parse_role_rules(f"groups:a=reader {text}")


def test_an_unknown_role_is_named_with_those_that_there_are() -> None:
    with pytest.raises(BadRoleRule, match=r"'admin' is no role; write reader, editor, administrator"):
        parse_role_rules("groups:kts=admin")


@given(st.dictionaries(st.text(), st.recursive(st.none() | st.text() | st.integers(), st.lists)))
def test_claims_of_any_form_raise_nothing(claims: dict[str, object]) -> None:
    assert role_of(claims, RULES) in (None, *Role)


def test_the_same_subject_at_another_service_is_somebody_else() -> None:
    here = Identity(issuer="https://a.example/", subject="7")

    assert here.key == Identity(issuer="https://a.example", subject="7").key
    assert here.key != Identity(issuer="https://b.example", subject="7").key
