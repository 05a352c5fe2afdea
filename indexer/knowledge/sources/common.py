"""Make data/common.json: words that are written with a capital as names, but are common words too.

    pip install simplemma && python -m indexer.knowledge.sources.common PATH/wikinews_en

Sources: the lemma tables of simplemma (MIT), of which only words are kept that also stand in names.json, are names of
cities, or look like names by their letters (`namelike`); for English also all words that stand in small letters at
least twice in Wikinews articles (CC BY 2.5). The tables have names in small letters too, therefore no word is kept
that is a frequent name, unless `everyday` in words/<language>.yaml has it.

For German, where every noun has a capital, all simple nouns (no compounds) without their endings are kept beside
(`de_nouns`), except those that are names.

Shape: language → one text of folded words parted by blanks; `de_nouns` holds stems.
"""

from __future__ import annotations

import csv
import importlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

from indexer.knowledge.fold import fold
from indexer.knowledge.inflect import Endings
from indexer.knowledge.namelike import namelike
from indexer.knowledge.nouns import LEAST_PART, is_noun
from indexer.knowledge.tables import words

LANGUAGES = ("ru", "uk", "en", "de", "es", "pl", "fr", "it", "pt", "nl")
MORE_FORMS = 1
LOOKS, SHORTEST, NAMELIKE = 0.0, 2, 1.5
_DATA = Path(__file__).parent.parent / "data"
_TARGET = _DATA / "common.json"


def dictionary(language: str) -> set[str]:
    """Folded lemmas and forms of a language that are no names: words in small letters."""
    factory = importlib.import_module("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory()
    table = factory.get_dictionary(language)
    found = {word.decode() if isinstance(word, bytes) else str(word) for pair in table.items() for word in pair}
    return {fold(word) for word in found if word[:1].islower() and len(word) > 1}


def look_alikes(language: str, words: set[str]) -> set[str]:
    """Those that look like names by their letters."""
    measure = namelike(language)
    return {word for word in words if word.isalpha() and measure(word) > LOOKS} if measure else set()


def german_nouns(known: set[str]) -> tuple[set[str], set[str]]:
    """Stems of German nouns that are not made of shorter nouns, and all forms of nouns that look like names.

    A word that is in the lists of names or looks much like one counts only when it has more forms than a genitive, as
    no name has: the lemma tables have people's names, too.
    """
    factory = importlib.import_module("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory()
    forms: dict[str, set[str]] = {}
    for form, lemma in factory.get_dictionary("de").items():
        plain_form, plain = (w.decode() if isinstance(w, bytes) else str(w) for w in (form, lemma))
        if plain[:1].isupper() and plain[1:].islower() and plain.isalpha() and len(plain) >= SHORTEST:
            forms.setdefault(fold(plain), set()).add(fold(plain_form))
    cut = Endings(words("de")["endings"]).cut
    measure = namelike("de")
    nouns = {
        noun: found
        for noun, found in forms.items()
        if (noun not in known and (measure is None or measure(noun) < NAMELIKE))
        or len(found - {noun, noun + "s", noun + "es", noun + "'"}) >= MORE_FORMS
    }
    stems = {cut(noun) for noun in nouns if len(noun) >= LEAST_PART}
    simple: set[str] = set()
    for stem in sorted((s for s in stems if len(s) >= LEAST_PART), key=lambda s: (len(s), s)):
        if not is_noun(stem, simple):
            simple.add(stem)
    written = {form for noun, found in nouns.items() for form in (noun, *found)}
    return simple, look_alikes("de", written)


def english(directory: Path) -> set[str]:
    counts: Counter[str] = Counter()
    csv.field_size_limit(1 << 30)
    for path in directory.glob("data/*"):
        text = path.read_text(encoding="utf-8", errors="replace")
        counts.update(re.findall(r"(?<![\w'’-])[a-z]{2,}(?![\w'’])", text))
    return {word for word, count in counts.items() if count >= 2}


def main() -> None:
    names = json.loads((_DATA / "names.json").read_text(encoding="utf-8"))
    cities = json.loads((_DATA / "places.json").read_text(encoding="utf-8"))["cities"]
    table: dict[str, str] = {"licence": "simplemma (MIT), Wikinews (CC BY 2.5): see NOTICE.md"}
    for language in LANGUAGES:
        script = "Cyrl" if language in ("ru", "uk") else "Latn"
        known = {*names["given"][script].split(), *names["parts"][script].split()}
        frequent = set(names["frequent"][script].split()) - {
            fold(word) for word in str(words(language).get("everyday", "")).split()
        }
        known |= {fold(name) for row in cities for name in row[5].get(script, ())[:1]}
        every = dictionary(language)
        found = (every & known) | look_alikes(language, every)
        if language == "en":
            found |= english(Path(sys.argv[1]))
        if language == "de":
            stems, forms = german_nouns(known)
            table["de_nouns"] = " ".join(sorted(stems))
            found |= forms
        table[language] = " ".join(sorted(found - frequent))
    _TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
