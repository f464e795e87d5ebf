"""Who may do what at the office: one table of roles and rights."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What an account is there for; each role may do what the one before it may."""

    READER = "reader"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What somebody may do."""

    SEE_WORK = "see-work"  # work list, reports with the names of unnamed bodies, office statistics, demand
    SEE_MAIL = "see-mail"  # the mail address of a reporter, to ask back
    DECIDE = "decide"  # confirm, reject, merge, correct, undo, ask whether it is still true
    UPLOAD = "upload"  # many reports at once
    REVOKE = "revoke"  # a reporter's link, a subscription
    EXPORT_AUDIT = "export-audit"
    MANAGE_ACCOUNTS = "manage-accounts"
    SEE_OUTBOX = "see-outbox"  # what was sent, to whom, and what failed


_READER = frozenset({Right.SEE_WORK})
_EDITOR = _READER | {Right.SEE_MAIL, Right.DECIDE, Right.UPLOAD, Right.REVOKE, Right.EXPORT_AUDIT}
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.READER: _READER,
    Role.EDITOR: _EDITOR,
    Role.ADMINISTRATOR: _EDITOR | {Right.MANAGE_ACCOUNTS, Right.SEE_OUTBOX},
}


def may(role: Role, right: Right) -> bool:
    """Whether an account of this role may do it."""
    return right in RIGHTS[role]
