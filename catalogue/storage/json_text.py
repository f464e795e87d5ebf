"""JSON that is the same text for the same values, for keeping and for fingerprints."""

import json
from collections.abc import Mapping, Sequence


def json_text(value: object) -> str:
    """Compact JSON with sorted keys, in ASCII; takes any mapping and sequence."""
    return json.dumps(value, default=_plain, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
