"""Make data/namelike.json: how much a word looks like a part of a person's name, by its letters.

    pip install simplemma scikit-learn scipy && python -m indexer.knowledge.sources.namelike PATH/names_translit

A logistic regression for each language over the letter groups of a word (two to five letters, its ends marked), put
into 32,768 buckets by CRC-32 and rounded to one byte each. Names: tokens of persons' names drawn from Wikidata (CC0)
and names.json, for languages with cases in their inflected forms too. Other words: the lemma tables of simplemma (MIT)
and names of cities (GeoNames, CC BY 4.0). Every tenth word is held out; the figures printed are those of the data card.

Shape: language → `scale` and `bias` of the weights, and the weights as base64 of signed bytes.
"""

from __future__ import annotations

import base64
import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

import numpy as np

from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.namelike import BUCKETS, groups_of

LANGUAGES = {
    "de": "Latn", "en": "Latn", "es": "Latn", "fr": "Latn", "it": "Latn", "nl": "Latn", "pl": "Latn", "pt": "Latn",
    "ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl",
}  # fmt: skip
DICTIONARIES = {"be": ("ru", "uk")}
SEEN_AT_LEAST, MOST_WORDS, CITY_WEIGHT = 2, 150_000, 0.5
_DATA = Path(__file__).parent.parent / "data"
_TARGET = _DATA / "namelike.json"


def names(directory: Path) -> dict[str, Counter[str]]:
    """Script → folded tokens of persons' names with how often they were seen."""
    found: dict[str, Counter[str]] = {"Latn": Counter(), "Cyrl": Counter()}
    for language in ("russian", "arabic", "chinese"):
        for line in (directory / f"wd_{language}_64").read_text(encoding="utf-8").splitlines():
            english, other, count = line.split("\t")
            found["Latn"][fold(english)] += int(count)
            if language == "russian":
                found["Cyrl"][fold(other.replace(" ", ""))] += int(count)
    listed = json.loads((_DATA / "names.json").read_text(encoding="utf-8"))
    for script, counts in found.items():
        for name in (*listed["given"][script].split(), *listed["parts"][script].split()):
            counts[name] += SEEN_AT_LEAST
    return {
        script: Counter(
            {n: c for n, c in counts.items() if c >= SEEN_AT_LEAST and len(n) > 2 and script_of(n) == script}
        )
        for script, counts in found.items()
    }


def dictionary(language: str) -> set[str]:
    """Folded words of a language that are no names: in German nouns too, elsewhere words in small letters only."""
    factory = importlib.import_module("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory()
    found: set[str] = set()
    for one in DICTIONARIES.get(language, (language,)):
        table = factory.get_dictionary(one)
        words = {word.decode() if isinstance(word, bytes) else str(word) for pair in table.items() for word in pair}
        found |= {fold(w) for w in words if (w[:1].islower() or language == "de") and len(w) > 2 and w.isalpha()}
    return found


def inflected(name: str) -> tuple[str, ...]:
    """The forms that a Slavic name may take in a text; a rough table, as only letters are learnt from it."""
    if name.endswith(("ский", "цкий", "ський", "цький")):
        return name, name[:-2] + "ого", name[:-2] + "ому", name[:-1] + "м"
    if name.endswith(("ая", "яя")):
        return name, name[:-2] + "ой", name[:-2] + "ую"
    if name.endswith("а"):
        return name, name[:-1] + "ы", name[:-1] + "у", name[:-1] + "ой", name[:-1] + "е"
    if name.endswith("я"):
        return name, name[:-1] + "и", name[:-1] + "ю", name[:-1] + "ей"
    if name.endswith(("й", "ь")):
        return name, name[:-1] + "я", name[:-1] + "ю", name[:-1] + "ем"
    if name[-1] in "оеиуыэю":
        return (name,)
    return name, name + "а", name + "у", name + ("ым" if name.endswith(("ов", "ев", "ин")) else "ом"), name + "е"


def matrix(words: Iterable[str]) -> object:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped,import-not-found,unused-ignore]

    starts, buckets = [0], []
    for word in words:
        buckets.extend(groups_of(word))
        starts.append(len(buckets))
    ones = np.ones(len(buckets), dtype=np.float32)
    return csr_matrix((ones, np.array(buckets), np.array(starts)), shape=(len(starts) - 1, BUCKETS))


def train(language: str, known: Counter[str]) -> dict[str, object]:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from sklearn.metrics import roc_auc_score  # type: ignore[import-not-found,import-untyped,unused-ignore]

    rng = np.random.default_rng(7)
    cities = json.loads((_DATA / "places.json").read_text(encoding="utf-8"))["cities"]
    script = LANGUAGES[language]
    every = dictionary(language)
    frequent = {name for name, count in known.items() if count >= 20}
    others = sorted(every - frequent)
    if len(others) > MOST_WORDS:
        others = [others[i] for i in sorted(rng.choice(len(others), MOST_WORDS, replace=False))]
    places = sorted({fold(n) for row in cities for n in row[5].get(script, ())[:1]} - set(known))
    places = [p for p in places if p.isalpha() and len(p) > 2]
    own = sorted(set(known) - (set(others) - frequent))
    forms = {form: known[name] for name in own for form in (inflected(name) if script == "Cyrl" else (name,))}
    words = [*forms, *others, *places]
    label = np.array([1] * len(forms) + [0] * (len(others) + len(places)))
    weight = np.array(
        [min(4.0, 0.5 + np.log1p(c) / 2) for c in forms.values()] + [1.0] * len(others) + [CITY_WEIGHT] * len(places)
    )
    weight[label == 1] *= weight[label == 0].sum() / weight[label == 1].sum()
    held = np.array([crc32(word.encode()) % 10 == 0 for word in words])
    features = matrix(words)
    model = LogisticRegression(C=0.3, solver="liblinear")
    model.fit(features[~held], label[~held], sample_weight=weight[~held])  # type: ignore[index]
    weights = model.coef_[0]
    scale = float(np.abs(weights).max()) / 127
    small = np.round(weights / scale).astype(np.int8)
    score = features[held] @ small.astype(np.float32) * scale + model.intercept_[0]  # type: ignore[index]
    truth = label[held]
    told = [float((score[truth == k] > limit).mean()) for limit in (0, 1.5) for k in (1, 0)]
    print(  # noqa: T201 -- a script
        f"{language}: {len(forms)} names, {len(others)} words, {len(places)} cities; "
        f"held out: AUC {roc_auc_score(truth, score):.3f}; over 0: {told[0]:.3f} of names, {told[1]:.3f} of others; "
        f"over 1.5: {told[2]:.3f}, {told[3]:.3f}"
    )
    return {
        "scale": round(scale, 6),
        "bias": round(float(model.intercept_[0]), 4),
        "weights": base64.b64encode(small.tobytes()).decode(),
    }


def main() -> None:
    known = names(Path(sys.argv[1]))
    table: dict[str, object] = {"licence": "Wikidata (CC0), simplemma (MIT), GeoNames (CC BY): see NOTICE.md"}
    for language, script in LANGUAGES.items():
        table[language] = train(language, known[script])
    _TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
