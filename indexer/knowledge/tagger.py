"""The mention model at work: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).

Its weights are trained by `sources/train_mentions.py`. A word's weights are summed once and remembered, so a text costs
a few gathers of rows; labels are judged by their marginal probability (forward and backward over stretches of tokens
that may be names).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge.base import EntityType
from indexer.knowledge.features import INVISIBLE, OPENS, REACH, TOKEN, at, opening, pair, rule_features, traits
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.tables import HERE, table

Rows = NDArray[np.float32]
LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
TYPES: dict[str, EntityType] = {"PER": "person", "LOC": "place", "ORG": "organisation"}
PLAIN = 4.5  # by so much (log odds) no label at all must lead for a token to be passed over
MOST_WORDS = 100_000
STRETCH = 24


@dataclass(frozen=True, slots=True)
class Tagged:
    """A mention seen by the model: offsets, type, probability."""

    start: int
    end: int
    type: EntityType
    confidence: float


def rule_name(kind: str | None, rule: str, confidence: float) -> str:
    """What the model is told of a rule's find."""
    return f"{kind or ''}:{rule}:{'sure' if confidence >= 0.8 else 'likely' if confidence >= 0.6 else 'doubtful'}"


class Tagger:
    """Tags texts of one language.

    Args:
        model: `transitions` (7 × 7, from row to column) and `weights` (feature → 7 numbers), scaled by `scale`.
        lexicon: of the same language.
    """

    def __init__(self, model: dict[str, Any], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        scale = float(model["scale"])
        self._weights = {name: np.array(row, np.float32) * scale for name, row in model["weights"].items()}
        self._step = np.exp(np.array(model["transitions"], np.float32))
        self._zero = np.zeros(len(LABELS), np.float32)
        self._forget()

    def _forget(self) -> None:
        self._ids: dict[str, int] = {}
        self._kinds: dict[str, int] = {}
        self._kind_of = np.zeros(1024, np.intp)
        self._mark = np.zeros(1024, np.int8)  # 1: a sentence begins behind it, 2: not seen by that
        self._rows = np.zeros((1024, len(REACH), len(LABELS)), np.float32)
        self._pairs: dict[int, Rows] = {}
        self._before: dict[int, Rows] = {}
        self._rules: dict[tuple[str, int], Rows] = {}
        self._id("\n")

    def _sum(self, names: Sequence[str]) -> Rows:
        total = self._zero.copy()
        for name in names:
            row = self._weights.get(name)
            if row is not None:
                total += row
        return total

    def _id(self, text: str) -> int:
        """The number of a token, its rows made when it is new."""
        number = self._ids.get(text)
        if number is not None:
            return number
        number = len(self._ids)
        if number >= len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            self._kind_of = np.concatenate([self._kind_of, np.zeros_like(self._kind_of)])
            self._mark = np.concatenate([self._mark, np.zeros_like(self._mark)])
        kind, near, own = traits(text, self.lexicon)
        for i, distance in enumerate(REACH):
            self._rows[number, i] = self._sum(at(distance, kind, near, own))
        self._kind_of[number] = self._kinds.setdefault(kind, len(self._kinds))
        self._mark[number] = 1 if text in OPENS else 2 if text in INVISIBLE else 0
        self._ids[text] = number
        return number

    def tag(self, text: str, rules: Sequence[tuple[int, int, str]]) -> list[Tagged]:
        """The mentions of a text.

        Args:
            text: a title or a body.
            rules: what the rules found: start, end, `rule_name`.
        """
        tokens = [(match.start(), match.end(), match.group()) for match in TOKEN.finditer(text)]
        if not tokens:
            return []
        if len(self._ids) > MOST_WORDS:
            self._forget()
        ids = np.array([0, 0, *[self._id(token[2]) for token in tokens], 0, 0], np.intp)
        starts = np.array([token[0] for token in tokens], np.intp)
        scores = self._scores(ids) + self._said(ids, starts, rules)
        return self._read(tokens, scores)

    def _scores(self, ids: NDArray[np.intp]) -> Rows:
        """Scores of the labels by the tokens at each distance, the classes of neighbours and sentence starts."""
        size = len(ids) - 4
        total = self._rows[ids[:size], 0]
        for i in range(1, 5):
            total = total + self._rows[ids[i : i + size], i]
        kinds = self._kind_of[ids]
        codes = kinds[1 : size + 2] * 4096 + kinds[2 : size + 3]
        pairs = np.array([self._pair(code) for code in codes.tolist()], np.float32)
        total += pairs[:-1, 0]
        total += pairs[1:, 1]
        marks = self._mark[ids[: size + 2]]
        opens = marks[1:-1] == 1
        opens |= (marks[1:-1] == 2) & (marks[:-2] == 1)
        for i in np.flatnonzero(opens).tolist():
            total[i] += self._open(int(kinds[i + 2]))
        return total

    def _pair(self, code: int) -> Rows:
        row = self._pairs.get(code)
        if row is None:
            names = list(self._kinds)
            left, right = names[code // 4096], names[code % 4096]
            row = np.stack([self._sum([pair(left, right, True)]), self._sum([pair(left, right, False)])])
            self._pairs[code] = row
        return row

    def _open(self, kind: int) -> Rows:
        row = self._before.get(kind)
        if row is None:
            row = self._before[kind] = self._sum(opening(list(self._kinds)[kind]))
        return row

    def _said(self, ids: NDArray[np.intp], starts: NDArray[np.intp], rules: Sequence[tuple[int, int, str]]) -> Rows:
        """Scores by what the rules found."""
        total = np.zeros((len(starts), len(LABELS)), np.float32)
        kinds = self._kind_of[ids]
        first = np.searchsorted(starts, [rule[0] for rule in rules]).tolist()
        last = np.searchsorted(starts, [rule[1] for rule in rules]).tolist()
        for (_, _, name), i, j in zip(rules, first, last, strict=True):
            for k in range(i, j):
                key = ("B" if k == i else "I") + name, int(kinds[k + 2])
                row = self._rules.get(key)
                if row is None:
                    row = self._rules[key] = self._sum(rule_features(key[0], list(self._kinds)[key[1]]))
                total[k] += row
        return total

    def _read(self, tokens: Sequence[tuple[int, int, str]], scores: Rows) -> list[Tagged]:
        """Mentions from the marginal probabilities of labels."""
        maybe = scores[:, 0] - scores[:, 1:].max(axis=1) < PLAIN
        edges = np.flatnonzero(np.diff(np.concatenate([[False], maybe, [False]])))
        if not len(edges):
            return []
        begins, ends = edges[::2].tolist(), edges[1::2].tolist()
        parts = [(b, min(b + STRETCH, e)) for begin, e in zip(begins, ends, strict=True) for b in range(begin, e, STRETCH)]
        found: list[Tagged] = []
        for (begin, end), likely in zip(parts, self._marginals(scores, parts), strict=True):
            labels = likely.argmax(axis=1).tolist()
            best = likely.max(axis=1).tolist()
            i = 0
            while i < end - begin:
                if not labels[i]:
                    i += 1
                    continue
                kind, j = (labels[i] + 1) // 2, i + 1
                while j < end - begin and labels[j] == 2 * kind:
                    j += 1
                found.append(
                    Tagged(
                        tokens[begin + i][0],
                        tokens[begin + j - 1][1],
                        TYPES[LABELS[2 * kind][2:]],
                        round(min(best[i:j]), 3),
                    )
                )
                i = j
        return found

    def _marginals(self, scores: Rows, parts: Sequence[tuple[int, int]]) -> list[Rows]:
        """P(label) of the tokens of each stretch, which has no label on either side."""
        longest = max(end - begin for begin, end in parts)
        local = np.zeros((longest, len(parts), len(LABELS)), np.float32)
        local[:, :, 0] = 1.0  # past its end a stretch stands on O
        for n, (begin, end) in enumerate(parts):
            rows = scores[begin:end]
            local[: end - begin, n] = np.exp(rows - rows.max(axis=1, keepdims=True))
        step = self._step
        forward, backward = np.empty_like(local), np.empty_like(local)
        ahead: Any = local[0] * step[0]
        for t in range(longest):
            if t:
                ahead = (forward[t - 1] @ step) * local[t]
            forward[t] = ahead / ahead.sum(axis=1, keepdims=True)
        back = np.broadcast_to(step[:, 0], (len(parts), len(LABELS)))
        for t in range(longest - 1, -1, -1):
            backward[t] = back / back.sum(axis=1, keepdims=True)
            back = (backward[t] * local[t]) @ step.T
        both = forward * backward
        both /= both.sum(axis=2, keepdims=True)
        return [both[: end - begin, n] for n, (begin, end) in enumerate(parts)]


@cache
def tagger(lexicon: Lexicon) -> Tagger | None:
    """The tagger of a language, or None where no model is shipped."""
    name = f"mentions-{lexicon.language}.json"
    return Tagger(table(name), lexicon) if (HERE / "data" / name).is_file() else None
