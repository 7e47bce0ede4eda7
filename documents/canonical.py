"""One way to write a value as JSON, so that equal values have equal bytes."""

import json
from collections.abc import Mapping
from typing import Any


def canonical_json(value: Mapping[str, Any]) -> bytes:
    """Return ``value`` as UTF-8 JSON with sorted keys and no spaces.

    Raises ``ValueError`` for a number that is no JSON and ``TypeError`` for a value that is not plain: a ``Decimal`` or a
    date must come as text, since its number form differs from reader to reader; a float is refused for the same reason.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float; write it as text")
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            _refuse_floats(each)
