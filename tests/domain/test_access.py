"""Who may do what: the table that the office was promised, written out once more by hand."""

import pytest

from catalogue.domain.access import Right, Role, may

YES, NO = True, False
TABLE = {
    #                        reader editor administrator
    Right.SEE_WORK: (YES, YES, YES),
    Right.SEE_MAIL: (NO, YES, YES),
    Right.DECIDE: (NO, YES, YES),
    Right.UPLOAD: (NO, YES, YES),
    Right.REVOKE: (NO, YES, YES),
    Right.EXPORT_AUDIT: (NO, YES, YES),
    Right.MANAGE_ACCOUNTS: (NO, NO, YES),
    Right.SEE_OUTBOX: (NO, NO, YES),
}
CELLS = [
    pytest.param(role, right, allowed, id=f"{role}-{right}")
    for right, row in TABLE.items()
    for role, allowed in zip((Role.READER, Role.EDITOR, Role.ADMINISTRATOR), row, strict=True)
]


@pytest.mark.parametrize(("role", "right", "allowed"), CELLS)
def test_a_role_may_do_what_the_table_says_and_nothing_else(role: Role, right: Right, allowed: bool) -> None:
    assert may(role, right) is allowed


def test_the_table_names_every_right_and_every_role() -> None:
    assert set(TABLE) == set(Right)
    assert len(CELLS) == len(Right) * len(Role)
