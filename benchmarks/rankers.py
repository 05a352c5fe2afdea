"""newsdex and its peers as rankers of one collection: each indexes it and answers questions with ids, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import numpy as np

from benchmarks.judged import Collection

Search = Callable[[str], Sequence[str]]
DEPTH = 1000
SNOWBALL = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "nl": "dutch",
    "pt": "portuguese", "ru": "russian",
}  # fmt: skip
"""The stemmers of tantivy."""
WHOOSH = ("en", "de", "ru", "es", "fr", "it", "nl", "pt")
"""Languages of Whoosh's stemmers and stop words."""


@contextmanager
def newsdex(collection: Collection, directory: Path, scoring: Mapping[str, float] | None = None) -> Iterator[Search]:
    from indexer.analysis import BulkAnalyzer
    from indexer.analysis.compounds import ArchiveCompounds
    from indexer.engines import engine
    from indexer.engines.base import FACETS, Batch, EngineRequest
    from indexer.query import compile_query
    from indexer.settings import ScoringSettings

    ids = list(collection.documents)
    titles, bodies = zip(*collection.documents.values(), strict=True)
    texts = (f"{title}\n{body}" for title, body in collection.documents.values())
    compounds = ArchiveCompounds.learn((text, collection.language) for text in texts)
    fields = BulkAnalyzer(compounds).columns(titles, bodies, [collection.language] * len(ids))
    nothing = np.zeros(len(ids), np.int32)
    facets: dict[str, list[tuple[str, ...]]] = {name: [()] * len(ids) for name in FACETS}
    batch = Batch(ids, fields, nothing, nothing.astype(np.int16), facets, [i.encode() for i in ids])
    house = engine("whoosh")
    builder = house.builder(directory)
    builder.add(batch)
    builder.commit()
    searcher = house.open(directory, scoring=scoring or ScoringSettings().as_mapping())

    def search(question: str) -> Sequence[str]:
        compiled = compile_query(
            question, any_word=True, languages=(collection.language,), fields=searcher.fields
        )
        answer = searcher.search(EngineRequest(compiled.node, limit=DEPTH, dates=False))
        return [data.decode() for data in searcher.stored(answer.docs.tolist())]

    try:
        yield search
    finally:
        searcher.close()


LUCENE = {
    "ar": "ar.ArabicAnalyzer", "de": "de.GermanAnalyzer", "en": "en.EnglishAnalyzer", "es": "es.SpanishAnalyzer",
    "fr": "fr.FrenchAnalyzer", "it": "it.ItalianAnalyzer", "ja": "ja.JapaneseAnalyzer", "nl": "nl.DutchAnalyzer",
    "pt": "pt.PortugueseAnalyzer", "ru": "ru.RussianAnalyzer", "zh": "cn.smart.SmartChineseAnalyzer",
}  # fmt: skip
"""Lucene's analyser of each language."""


def lucene_with(analyzer: str | None = None) -> Callable[[Collection, Path], Any]:
    """Lucene with its analyser of the language, or with this one, and its BM25."""

    @contextmanager
    def ranker(collection: Collection, directory: Path) -> Iterator[Search]:
        from benchmarks.peers.lucene import start

        name = analyzer or LUCENE.get(collection.language, "standard.StandardAnalyzer")
        with start("Rank", f"org.apache.lucene.analysis.{name}", str(directory), str(DEPTH)) as java:
            told, answers = cast(IO[str], java.stdin), cast(IO[str], java.stdout)
            for document, texts in collection.documents.items():
                told.write("\t".join([document, *(" ".join(text.split()) for text in texts)]) + "\n")
            told.write("\n")

            def search(question: str) -> Sequence[str]:
                told.write(" ".join(question.split()) + "\n")
                told.flush()
                return answers.readline().split()

            yield search
            told.close()

    return ranker


@contextmanager
def stock_whoosh(collection: Collection, directory: Path) -> Iterator[Search]:
    """Whoosh's language analyser (the standard one for Chinese, which it does not have) and its BM25F."""
    from whoosh import fields, index, qparser
    from whoosh.analysis import LanguageAnalyzer, StandardAnalyzer

    analyzer = LanguageAnalyzer(collection.language) if collection.language in WHOOSH else StandardAnalyzer()
    text = fields.TEXT(analyzer=analyzer)
    made = index.create_in(directory, fields.Schema(id=fields.ID(stored=True), title=text, body=text))
    writer = made.writer()
    for name, (title, body) in collection.documents.items():
        writer.add_document(id=name, title=title, body=body)
    writer.commit()
    group = qparser.OrGroup
    parser = qparser.MultifieldParser(["title", "body"], made.schema, group=group, plugins=[qparser.WhitespacePlugin()])
    with made.searcher() as searcher:
        yield lambda question: [hit["id"] for hit in searcher.search(parser.parse(question), limit=DEPTH)]


def tantivy_with(tokenizer: Callable[[str], Any], pairs: bool = False) -> Callable[[Collection, Path], Any]:
    """tantivy with one of its analysers."""

    @contextmanager
    def ranker(collection: Collection, directory: Path) -> Iterator[Search]:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in ("title", "body"):
            schema.add_text_field(name, tokenizer_name="own")
        index = tantivy.Index(schema.build())
        index.register_tokenizer("own", tokenizer(collection.language))
        writer = index.writer()
        for name, (title, body) in collection.documents.items():
            writer.add_document(tantivy.Document(id=name, title=title, body=body))
        writer.commit()
        index.reload()
        searcher = index.searcher()

        def search(question: str) -> Sequence[str]:
            if pairs:  # else the parser makes one long phrase of a question without spaces
                question = " ".join(question[i : i + 2] for i in range(len(question) - 1))
            query, _ = index.parse_query_lenient(question, ["title", "body"])
            hits = searcher.search(query, DEPTH).hits
            return [searcher.doc(address)["id"][0] for _, address in hits]

        yield search

    return ranker


def tantivy_words(language: str, *, stops: bool = True) -> Any:
    """Words, small, stemmed where tantivy has the language; with stop words, as it is by default, or without."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40)).filter(Filter.lowercase())
    if not stops and language in SNOWBALL and language != "ar":
        builder = builder.filter(Filter.stopword(SNOWBALL[language]))
    if language in SNOWBALL:
        builder = builder.filter(Filter.stemmer(SNOWBALL[language]))
    return builder.build()


def tantivy_pairs(language: str) -> Any:
    """Pairs of characters, what tantivy offers for Chinese."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.ngram(2, 2, False)).filter(Filter.lowercase()).build()
