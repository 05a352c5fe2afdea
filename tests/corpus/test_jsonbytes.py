"""Quick JSON against Python's own."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from corpus.jsonbytes import dumped, loaded

TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
NUMBERS = st.integers(-(1 << 63), (1 << 63) - 1) | st.floats(-1e6, 1e6).map(lambda one: round(one, 3))
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_values_are_written_and_read_as_python_does(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert dumped(value) == text.encode("utf-8", "surrogatepass")
    assert loaded(dumped(value)) == value
    ordered = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert dumped(value, by_key=True) == ordered.encode("utf-8", "surrogatepass")
