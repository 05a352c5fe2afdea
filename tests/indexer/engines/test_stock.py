"""What the plain engine writes is an index of Whoosh's own, which needs no newsdex."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from indexer.engines import engine
from indexer.query.nodes import And, Facet, Phrase, Prefix, Term
from tests.archives import batch, build, hits, opened

BODY = "body_de"
ARTICLES = batch(
    {"id": "a", BODY: "der neu damm halt", "day": 739_000, "category": ["Wirtschaft, Handel", "energie"]},
    {"id": "b", BODY: "der damm brach", "day": 739_001, "category": ["energie"]},
    {"id": "c", BODY: "damm neu", "title_de": "neu damm", "day": 0, "category": []},
)

PLAIN = """
import json, sys
from whoosh import index, query, qparser
made = index.open_dir(sys.argv[1])
asked = [
    query.Term("body_de", "damm"),
    query.And([query.Term("body_de", "damm"), query.Term("body_de", "neu")]),
    query.Phrase("body_de", ["neu", "damm"]),
    query.Prefix("body_de", "br"),
    query.Term("category", "Wirtschaft, Handel"),
    query.NumericRange("day", 739001, 739002),
    qparser.QueryParser("title_de", made.schema).parse('"neu damm" OR category:energie'),
]
with made.searcher() as searcher:
    found = [[hit["id"] for hit in searcher.search(q, limit=None)] for q in asked]
    stored = [hit["article"].decode() for hit in searcher.search(query.Term("id", "b"))]
assert not [name for name in sys.modules if name.startswith(("indexer", "corpus"))]
print(json.dumps([found, stored]))
"""


def test_whoosh_alone_opens_it_and_finds_the_same(tmp_path: Path) -> None:
    stock = engine("stock")
    directory = build(stock, tmp_path / "export", ARTICLES)
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PLAIN, str(directory)], capture_output=True, text=True, cwd=tmp_path
    )
    assert ran.stderr == ""
    found, stored = json.loads(ran.stdout)
    assert stored == ["stored b"]
    with opened(stock, directory) as searcher:
        assert [sorted(ids) for ids in found[:5]] == [
            sorted(hits(searcher, node))
            for node in (
                Term(BODY, "damm"),
                And((Term(BODY, "damm"), Term(BODY, "neu"))),
                Phrase(BODY, ("neu", "damm")),
                Prefix(BODY, "br"),
                Facet("category", "Wirtschaft, Handel"),
            )
        ]
    assert [sorted(ids) for ids in found[5:]] == [["b"], ["a", "b", "c"]]
