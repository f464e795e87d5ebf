"""Passwords as argon2id hashes, with the parameters that argon2-cffi recommends (RFC 9106)."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)  # in a process: each takes 64 MB and four threads
# Checked where there is no such account, so that the time does not tell which accounts exist.
NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The hash to keep; takes a tenth of a second and 64 MB on purpose."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def is_password(password: str, kept: str) -> bool:
    """Whether it is the password of this hash; takes the same time whatever the answer."""
    try:
        with _AT_ONCE:
            return _HASHER.verify(kept or NOBODY, password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False
