"""Looking up only the wanted words of a text marks the same as analysing all of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.query import Highlighter, compile_query

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples" / "exports"
FIELDS = frozenset(
    {f"{kind}_{code}" for kind in ("title", "body") for code in ("en", "de", "ru", "pl", "es", "folded", "layer")}
)
QUERIES = (
    "minister", "minister Berlin", "e-mail", "email C++", '"trade minister"', '"der Minister" -Berlin', "1 000",
    "1.000", "Außenminister", "=Minister", "министр", "ministra spraw", '"United Nations" OR Berlin', "U.S. 2024",
    "o'clock", '"minister spraw"~4', "twenty-five", "AT&T",
)  # fmt: skip


def texts() -> list[tuple[str, str]]:
    lines = [line for path in sorted(SAMPLES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    given = [json.loads(line) for line in lines]
    made = [
        ("en", "The trade minister met trade unions; ministers of trade stayed. A minister, trade, Trade Minister."),
        ("de", "Der Minister kam. Des Ministers Haus, der alte Minister, und der\nMinister des Handels."),
        ("pl", "Minister spraw zagranicznych i ministra spraw; minister do wielu dalekich i trudnych spraw."),
    ]
    made += [("en", "An e-mail (E-Mail, email) on C++ and C#: 1 000 or 1.000, twenty-five o'clock at AT&T, U.S. side.")]
    return made + [(one.get("language") or "en", f"{one['title']}\n\n{one['body']}") for one in given]


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_is_marked(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = compile_query(query, languages=("en", "de", "ru", "pl", "es"), fields=FIELDS)
    given = texts()
    assert len(given) > 5
    codes = [(code,) for code, _ in given] + [(code, "pl" if code == "de" else "de") for code, _ in given]
    pairs = list(zip(codes, [text for _, text in given] * 2, strict=True))
    some = [Highlighter(compiled).marked(text, code) for code, text in pairs]
    assert any(some)
    monkeypatch.setattr(Highlighter, "_wanted", lambda self, field: None)
    assert some == [Highlighter(compiled).marked(text, code) for code, text in pairs]
