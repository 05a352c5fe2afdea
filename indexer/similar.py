"""Articles like one article: those that share its most telling words.

The weight of a word is tf · ln(N / df), as in Salton and Buckley, "Term-weighting approaches in automatic text
retrieval" (1988); the best words make an ordinary query, scored as any other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from corpus.languages import pack_or_fallback
from indexer.analysis import Analyzer
from indexer.engines.base import Searcher
from indexer.query.nodes import And, Facet, Node, Not, Or, Term

WORDS = 14
MOST_LOOKED_UP = 120
LONGEST_TEXT = 20_000
"""Characters of an article that are looked at."""


def similar_to(article: Mapping[str, Any], searcher: Searcher) -> Node | None:
    """A query for articles like this one, itself left out; None when it has no telling words.

    A word that half of the archive has, or that no other article has, tells nothing.
    """
    text = f"{article['title']}\n{article['body']}"[:LONGEST_TEXT]
    stop = pack_or_fallback(article["language"]).stop_words
    counted = Counter(term.text for term in Analyzer(article["language"]).analyse(text).folded)
    plausible = [word for word in counted if len(word) > 1 and not word.isdecimal() and word not in stop]
    often = sorted(plausible, key=lambda word: (-counted[word], -len(word), word))[:MOST_LOOKED_UP]
    weights = {}
    for word in often:
        frequency = searcher.frequency("body_folded", word)
        if 1 < frequency < max(3, searcher.count / 2):
            weights[word] = counted[word] * math.log(searcher.count / frequency)
    best = sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
    if not best:
        return None
    fields = ("title_folded", "body_folded")
    words = Or(tuple(Term(field, word, weights[word]) for word in best for field in fields))
    return And((words, Not(Facet("id", article["id"]))))
