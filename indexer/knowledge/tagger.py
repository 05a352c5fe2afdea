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
from indexer.knowledge.features import FAR, INVISIBLE, OPENS, REACH, TOKEN, opening, pair, rule_features, split, traits
from indexer.knowledge.lexicon import Lexicon
from indexer.knowledge.tables import HERE, table

Rows = NDArray[np.float32]
LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
TYPES: dict[str, EntityType] = {"PER": "person", "LOC": "place", "ORG": "organisation"}
PLAIN = 3.5  # by so much (log odds) no label at all must lead for a token to be passed over
MOST_WORDS = 100_000
STRETCH = 24
MOST_KINDS, ROOM, OTHER_KIND = 800, 200, "?"  # classes of tokens; a text may add so many


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
        self._weights: dict[str, Rows] = {}
        self._of_word: dict[str, Rows] = {}  # what is seen of a word → rows by distance
        for name, row in model["weights"].items():
            weights = np.array(row, np.float32) * scale
            distance, seen = split(name)
            if distance is None:
                self._weights[name] = weights
            elif abs(distance) < REACH[-1] or seen.startswith(FAR):
                rows = self._of_word.setdefault(seen, np.zeros((len(REACH), len(LABELS)), np.float32))
                rows[REACH.index(distance)] = weights
        self._step = np.exp(np.array(model["transitions"], np.float32))
        self._zero = np.zeros(len(LABELS), np.float32)
        self._forget()

    def _forget(self) -> None:
        self._ids: dict[str, int] = {}
        self._kinds: dict[str, int] = {}
        self._kind_of = np.zeros(1024, np.intp)
        self._mark = np.zeros(1024, np.int8)  # 1: a sentence begins behind it, 2: not seen by that
        self._rows = [np.zeros((1024, len(LABELS)), np.float32) for _ in REACH]
        self._pair_of = np.full((MOST_KINDS + ROOM, MOST_KINDS + ROOM), -1, np.int32)
        self._pair_count = 0
        self._before, self._behind = (np.zeros((1024, len(LABELS)), np.float32) for _ in range(2))
        self._opening: dict[int, Rows] = {}
        self._rules: dict[tuple[bool, str, int], Rows] = {}
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
        if number >= len(self._mark):
            self._rows = [_doubled(rows) for rows in self._rows]
            self._kind_of = np.concatenate([self._kind_of, np.zeros_like(self._kind_of)])
            self._mark = np.concatenate([self._mark, np.zeros_like(self._mark)])
        kind, near, own = traits(text, self.lexicon)
        total = np.zeros((len(REACH), len(LABELS)), np.float32)
        for seen in ("c=" + kind, *near, *own):
            found = self._of_word.get(seen)
            if found is not None:
                total += found
        for i, rows in enumerate(self._rows):
            rows[number] = total[i]
        room = len(self._kinds) < MOST_KINDS + ROOM - 1
        self._kind_of[number] = self._kinds.setdefault(kind if room else OTHER_KIND, len(self._kinds))
        self._mark[number] = 1 if text in OPENS else 2 if text in INVISIBLE else 0
        self._ids[text] = number
        return number

    def tag(self, text: str, rules: Sequence[tuple[int, int, str]]) -> list[Tagged]:
        """The mentions of a text.

        Args:
            text: a title or a body.
            rules: what the rules found: start, end, `rule_name`.
        """
        found = [(match.start(), match.group()) for match in TOKEN.finditer(text)]
        if not found:
            return []
        if len(self._ids) > MOST_WORDS or len(self._kinds) >= MOST_KINDS:
            self._forget()
        starts, words = zip(*found, strict=True)
        known = self._ids.get
        numbers = [known(word) for word in words]
        if None in numbers:
            numbers = [self._id(word) for word in words]
        ids = np.array([0, 0, *numbers, 0, 0], np.intp)
        scores = self._scores(ids)
        self._said(scores, self._kind_of[ids], np.array(starts, np.intp), rules)
        return self._read(starts, words, scores)

    def _scores(self, ids: NDArray[np.intp]) -> Rows:
        """Scores of the labels by the tokens at each distance, the classes of neighbours and sentence starts."""
        size = len(ids) - 4
        total = self._rows[0][ids[:size]]
        for i in range(1, 5):
            total += self._rows[i][ids[i : i + size]]
        kinds = self._kind_of[ids]
        left, right = kinds[1 : size + 2], kinds[2 : size + 3]
        pairs = self._pair_of[left, right]
        for i in np.flatnonzero(pairs < 0).tolist():
            pairs[i] = self._pair(int(left[i]), int(right[i]))
        total += self._before[pairs[:-1]]
        total += self._behind[pairs[1:]]
        marks = self._mark[ids[: size + 2]]
        opens = (marks[1:-1] == 1) | ((marks[1:-1] == 2) & (marks[:-2] == 1))
        for i in np.flatnonzero(opens).tolist():
            total[i] += self._open(int(kinds[i + 2]))
        return total

    def _pair(self, left: int, right: int) -> int:
        """The number of a pair of classes, its rows made when it is new."""
        number = int(self._pair_of[left, right])
        if number < 0:
            number = self._pair_of[left, right] = self._pair_count
            self._pair_count += 1
            if number >= len(self._before):
                self._before, self._behind = _doubled(self._before), _doubled(self._behind)
            names = list(self._kinds)
            self._before[number] = self._sum([pair(names[left], names[right], True)])
            self._behind[number] = self._sum([pair(names[left], names[right], False)])
        return number

    def _open(self, kind: int) -> Rows:
        row = self._opening.get(kind)
        if row is None:
            row = self._opening[kind] = self._sum(opening(list(self._kinds)[kind]))
        return row

    def _said(
        self, total: Rows, kinds: NDArray[np.intp], starts: NDArray[np.intp], rules: Sequence[tuple[int, int, str]]
    ) -> None:
        """Add to the scores what the rules say."""
        first = np.searchsorted(starts, [rule[0] for rule in rules]).tolist()
        last = np.searchsorted(starts, [rule[1] for rule in rules]).tolist()
        for (_, _, name), i, j in zip(rules, first, last, strict=True):
            for k in range(i, j):
                key = k == i, name, int(kinds[k + 2])
                row = self._rules.get(key)
                if row is None:
                    said = rule_features(("B" if k == i else "I") + name, list(self._kinds)[key[2]])
                    row = self._rules[key] = self._sum(said)
                total[k] += row

    def _read(self, starts: Sequence[int], words: Sequence[str], scores: Rows) -> list[Tagged]:
        """Mentions from the marginal probabilities of labels."""
        by_label = np.ascontiguousarray(scores.T)
        maybe = by_label[0] - by_label[1:].max(axis=0) < PLAIN
        edges = np.flatnonzero(np.diff(np.concatenate([[False], maybe, [False]])))
        if not len(edges):
            return []
        stretches = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        parts = np.array([(b, min(b + STRETCH, e)) for begin, e in stretches for b in range(begin, e, STRETCH)])
        likely = self._marginals(by_label, parts)
        chosen, sure = likely.argmax(axis=1).T, likely.max(axis=1).T
        found: list[Tagged] = []
        for n in np.flatnonzero(chosen.any(axis=1)).tolist():
            begin, size = int(parts[n, 0]), int(parts[n, 1] - parts[n, 0])
            labels, best = chosen[n, :size].tolist(), sure[n, :size].tolist()
            i = 0
            while i < size:
                if not labels[i]:
                    i += 1
                    continue
                kind, j = (labels[i] + 1) // 2, i + 1
                while j < size and labels[j] == 2 * kind:
                    j += 1
                last = begin + j - 1
                end = starts[last] + len(words[last])
                found.append(Tagged(starts[begin + i], end, TYPES[LABELS[2 * kind][2:]], round(min(best[i:j]), 3)))
                i = j
        return found

    def _marginals(self, by_label: Rows, parts: NDArray[np.intp]) -> Rows:
        """P(label) by place in the stretch, label and stretch; on either side of one no label stands."""
        sizes = parts[:, 1] - parts[:, 0]
        longest = int(sizes.max())
        counted = np.arange(longest)[:, None]
        places = np.minimum(parts[:, 0] + counted, by_label.shape[1] - 1)
        local = by_label[:, places].transpose(1, 0, 2)
        local = np.exp(local - local.max(axis=1, keepdims=True))
        past = counted >= sizes  # where a stretch stands on O
        local *= ~past[:, None, :]
        local[:, 0] += past
        step, turned = self._step, np.ascontiguousarray(self._step.T)
        forward, backward = np.empty_like(local), np.empty_like(local)
        forward[0] = local[0] * step[0][:, None]
        for t in range(1, longest):
            ahead = (turned @ forward[t - 1]) * local[t]
            forward[t] = ahead / ahead.sum(axis=0)
        backward[-1] = step[:, :1]
        for t in range(longest - 1, 0, -1):
            back = step @ (backward[t] * local[t])
            backward[t - 1] = back / back.sum(axis=0)
        forward *= backward
        forward /= forward.sum(axis=1, keepdims=True)
        return np.asarray(forward, np.float32)


def _doubled(rows: Rows) -> Rows:
    return np.concatenate([rows, np.zeros_like(rows)])


@cache
def tagger(lexicon: Lexicon) -> Tagger | None:
    """The tagger of a language, or None where no model is shipped."""
    name = f"mentions-{lexicon.language}.json"
    return Tagger(table(name), lexicon) if (HERE / "data" / name).is_file() else None
