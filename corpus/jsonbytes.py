"""JSON as bytes in UTF-8, without blanks: what spools, indexes and generations keep. Lone surrogates survive.

orjson writes and reads it ten times as fast as Python's own module, which takes what orjson refuses.
"""

from __future__ import annotations

import json
from typing import Any

import orjson


def dumped(value: Any, *, by_key: bool = False) -> bytes:
    """Plain values (whole numbers of 64 bits at most) as JSON, mappings in their order or in that of their keys.

    Raises:
        TypeError: something in it is no plain value.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS if by_key else 0)
    except TypeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=by_key)
        return text.encode("utf-8", "surrogatepass")


def loaded(data: bytes) -> Any:
    """What `dumped` wrote.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        return orjson.loads(data)
    except ValueError:
        return json.loads(data.decode("utf-8", "surrogatepass"))
