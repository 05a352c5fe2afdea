"""Names of persons compared: one person's in the spelling of many languages, and look-alikes."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.knowledge import match as comparing
from indexer.knowledge import pairing, transcription
from indexer.knowledge.clusters import same_in_language
from indexer.knowledge.distance import closest, likeness
from indexer.knowledge.match import match, match_names, may_be_one, part_score, part_scores
from indexer.knowledge.nameparts import parse_name
from indexer.knowledge.pairing import PLAIN, SPELLED, Key, Pairing
from indexer.knowledge.readings import readings
from indexer.knowledge.transcription import prepare, spelling_score

TABLE = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))
LEAST_RECALL, LEAST_WITHOUT_LANGUAGES = 0.93, 0.92


def pairs() -> list[tuple[str, str, str, str]]:
    rows = [combinations(row.items(), 2) for row in TABLE["same"]]
    return [(a, b, one, two) for row in rows for (one, a), (two, b) in row if a != b]


@pytest.mark.parametrize(("told", "least"), [(True, LEAST_RECALL), (False, LEAST_WITHOUT_LANGUAGES)])
def test_most_names_of_one_person_are_one(told: bool, least: float) -> None:
    found = [match(a, b, one if told else "", two if told else "").same for a, b, one, two in pairs()]
    assert sum(found) >= least * len(found), f"{sum(found)} of {len(found)}"


def test_names_of_two_persons_of_the_table_are_never_one() -> None:
    for row, other in combinations(TABLE["same"], 2):
        for (one, a), (two, b) in product(row.items(), other.items()):
            assert not match(a, b, one, two).same, (a, b)


def test_names_that_may_not_be_one_are_not() -> None:
    parts = ["Bill", "Liu", "Ли", "Yi", "U", "Al", "A.", "李", "習"]
    names = [(name, code) for row in TABLE["same"] for code, name in row.items()]
    names += [(f"{a} {b}", code) for a, b in product(parts, parts) for code in ("", "en")]
    some = list(product(random.Random(7).sample(names, 60), names)) + [((a, c), (b, d)) for a, b, c, d in pairs()]
    parsed = [(parse_name(*one), parse_name(*two)) for one, two in some]
    assert [pair for pair in parsed if match_names(*pair).same and not may_be_one(*pair)] == []
    assert sum(may_be_one(*pair) for pair in parsed) < 0.5 * len(parsed)


@pytest.mark.parametrize(("a", "b"), TABLE["other"], ids="|".join)
def test_names_that_look_alike_are_not_one(a: str, b: str) -> None:
    assert not match(a, b).same
    assert not match(b, a).same


NAMES = sorted({(name, language) for row in TABLE["same"] for language, name in row.items()})
parts = st.sampled_from([(part, language) for name, language in NAMES for part in parse_name(name, language).parts])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(parts, parts, st.booleans()), min_size=1, max_size=60))
def test_parts_scored_together_score_as_they_do_alone(
    given_: list[tuple[tuple[str, str], tuple[str, str], bool]],
) -> None:
    wanted = [(a, b, one, two, first) for (a, one), (b, two), first in given_]
    comparing._scores.clear()
    part_scores(wanted)
    together = [comparing._scores[pair] for pair in wanted]
    comparing._scores.clear()
    assert [part_score(*pair) for pair in wanted] == together


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(parts, parts), min_size=1, max_size=40), st.floats(0, 1))
@example([(("Sergei", "en"), ("Сі", "be"))], 0.375)  # a consonant becomes a vowel for less than their weights differ
def test_readings_compared_together_are_as_close_as_alone(
    given_: list[tuple[tuple[str, str], tuple[str, str]]], least: float
) -> None:
    ways = [(readings(*one)[:6], readings(*two)[:6]) for one, two in given_]
    found = closest([a for a, _ in ways], [b for _, b in ways], np.full(len(ways), least))
    for (a, b), close in zip(ways, found.tolist(), strict=True):
        best = max(likeness(x, y) for x, y in product(a, b))
        cut = max(likeness(x, y, least) for x, y in product(a, b))
        assert cut == best or best < least
        assert close == pytest.approx(best) or best < least


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(parts, st.text("普京拉夫罗克里斯亚历山大", min_size=1, max_size=6)), min_size=1, max_size=40))
def test_characters_scored_together_score_as_they_do_alone(given_: list[tuple[tuple[str, str], str]]) -> None:
    transcription._known.clear()
    spelling_score.cache_clear()
    alone = [spelling_score(name, characters, language) for (name, language), characters in given_]
    spelling_score.cache_clear()
    prepare((name, characters, language) for (name, language), characters in given_)
    assert [spelling_score(n, c, language) for (n, language), c in given_] == pytest.approx(alone)


written = st.sampled_from([("person", language, name, "") for name, language in NAMES])
keys = st.lists(written, min_size=1, max_size=40, unique=True)


def obvious(names: list[Key]) -> set[tuple[int, int]]:
    """The pairs that can be one among those that share a block, one by one."""
    blocks = defaultdict(list)
    for number, key in enumerate(names):
        for block, kind in pairing.entries(key):
            blocks[block].append((number, kind))
    found = set()
    for rows in blocks.values():
        for (a, kind), (b, other) in combinations(rows, 2):
            one, two = sorted((names[a], names[b]))
            x, y = parse_name(one[2], one[1]), parse_name(two[2], two[1])
            meet = kind == other == PLAIN or (SPELLED in (kind, other) and kind != other and PLAIN not in (kind, other))
            if a != b and meet and (one[1] != two[1] or same_in_language(x, y)) and match_names(x, y).same:
                found.add((min(a, b), max(a, b)))
    return found


@settings(max_examples=15, deadline=None)
@given(keys, st.integers(0, 40))
def test_names_taken_in_bit_by_bit_make_the_pairs_of_the_slow_way(names: list[Key], cut: int) -> None:
    grown = Pairing()
    grown.take_in(names[:cut])
    grown = Pairing.of_columns(grown.columns())
    grown.take_in(names)
    assert {(min(edge[:2]), max(edge[:2])) for edge in grown.edges} == obvious(names)
    number = {old: new for new, old in enumerate(range(0, len(names), 2))}
    few = Pairing()
    few.take_in(names[::2])
    assert set(grown.renumbered(number).edges) == set(few.edges)


def test_blocks_hold_nearly_all_pairs_that_would_be_joined() -> None:
    people = [[("person", language, name, "") for language, name in row.items()] for row in TABLE["same"]]
    names = list(dict.fromkeys(key for row in people for key in row))
    number = {key: i for i, key in enumerate(names)}
    pairing_ = Pairing()
    pairing_.take_in(names)
    met = {frozenset(edge[:2]) for edge in pairing_.edges}
    joined = [
        (a, b)
        for row in people
        for a, b in combinations(sorted(row), 2)
        if a[1] != b[1] and match_names(parse_name(a[2], a[1]), parse_name(b[2], b[1])).same
    ]
    lost = [(a[2], b[2]) for a, b in joined if frozenset((number[a], number[b])) not in met]
    assert len(lost) <= 0.005 * len(joined), lost
