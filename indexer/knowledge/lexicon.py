"""What one language's words can be in a name: given name, office, place, organisation …, looked up once for each word.

Names of places and organisations are kept under keys: the folded word without its ending, so that a name is found in
every case. `Lexicon.word` classifies one word and remembers it; `Lexicon.phrase` finds the longest known name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from corpus.languages import LanguagePack, pack_or_fallback
from indexer.knowledge.base import EntityType
from indexer.knowledge.fold import fold, script_of
from indexer.knowledge.gazetteer import Known, known_names
from indexer.knowledge.given import groups
from indexer.knowledge.inflect import Endings
from indexer.knowledge.namelike import namelike
from indexer.knowledge.nouns import is_noun
from indexer.knowledge.tables import cues, table, words
from indexer.knowledge.word import Word

SCRIPTS = {"Latin": "Latn", "Cyrillic": "Cyrl", "Han": "Hani", "Japanese": "Hani", "Arabic": "Arab"}
COMPOUND_OFFICES = frozenset({"de", "nl"})
_MOST_WORDS = 32_768
SHORT_CAPITALS = 4
SURE_BASE, LEAST_ADJECTIVE, SHORT_HONORIFIC = 5, 5, 3
LEAST_DATIVE = 9
NAMELIKE_COMPOUND = 1.5  # log odds of letters above which what could be made of nouns is none
UNLIKE = -1.0  # log odds of a form under which it is hardly a form of a name
PLURALS_WITH_UMLAUT = ("ern", "er")  # Spitälern
COMMON_WORD = 0.9  # a place that is also a common word must be this sure


@cache
def name_words(kind: str, script: str) -> frozenset[str]:
    """Folded given names (`given`), other parts of names (`parts`) or the `frequent` ones of both in one script."""
    return frozenset(table("names.json")[kind].get(script, "").split())


class Lexicon:
    """All tables of one language."""

    def __init__(self, language: str) -> None:
        self.pack: LanguagePack = pack_or_fallback(language)
        self.language = self.pack.iso
        own = words(self.language)
        self.script = SCRIPTS.get(self.pack.script, "Latn")
        self.endings = Endings(own.get("endings") or {})
        entity_words = self.pack.entities
        self.roles = _words(own, "roles")
        self.offices = _single(entity_words.offices) | self.roles
        self.office_keys = frozenset(map(self.key, self.offices))
        self.honorifics = frozenset(word for word in _single(entity_words.honorifics) if len(word) > 1) | frozenset(
            map(fold, cues("honorifics") if self.script == "Latn" else ())
        )
        self.dotted = frozenset(h for h in entity_words.honorifics if h.endswith(".") and len(h) <= SHORT_HONORIFIC)
        self.organisation_words = _single(entity_words.organisation_words) | _words(own, "organisation_words")
        if self.script == "Latn" and self.language != "en":
            self.organisation_words |= _words(words("en"), "international_words")
        self.heads: dict[str, str] = {}  # by their keys, in the nominative, which words/*.yaml has
        for noun in (*str(own.get("organisation_words", "")).casefold().split(), *sorted(self.organisation_words)):
            self.heads.setdefault(self.key(fold(noun)), noun)
        self.nominatives = {fold(noun): noun for noun in str(own.get("organisation_words", "")).casefold().split()}
        self.regions = {self.key(fold(noun)): noun for noun in str(own.get("region_nouns", "")).split()}
        more = str(own.get("locality_nouns", "")).split()
        self.localities = self.regions | {self.key(fold(noun)): noun for noun in more}
        self.heads_in_cases = _pairs(own, "heads_in_cases")
        self.adjectives = cues("polish_adjectives") if self.language == "pl" else cues("adjectives")
        self.links = tuple(link.replace("_", " ") for link in str(own.get("links", "")).split())
        self.organisation_nouns = _words(own, "organisation_nouns")
        self.organisation_after = _words(own, "organisation_after")
        self.bodies = _words(own, "bodies")
        self.body_tails = tuple(map(fold, str(own.get("body_tails", "")).split()))
        self.noun_tails = tuple(map(fold, str(own.get("organisation_noun_tails", "")).split()))
        self.surname_endings = tuple(fold(str(table("surname_endings.yaml").get(self.script, ""))).split())
        self.legal_forms = _single(entity_words.legal_forms)
        self.place_words = _single(entity_words.place_words)
        self.prepositions = _single(entity_words.place_prepositions)
        self.attribution = _words(own, "attribution")
        self.strong_prepositions = _words(own, "strong_prepositions")
        self.speech, self.acts = _words(own, "speech"), _words(own, "acts")
        self.of_persons = _words(own, "of_persons")
        self.relatives = _words(own, "relatives")
        self.no_openers = _words(own, "no_openers")
        self.nouns_of_places = _words(own, "nouns_of_places")
        self.nouns_too = _words(own, "nouns_too")
        self.beside_names = _words(own, "beside_names")
        self.given = (
            name_words("given", self.script)
            | _grouped(self.script)
            | {fold(name) for name in str(own.get("given", "")).split()}
        )
        self.parts = name_words("parts", self.script)
        self.frequent = name_words("frequent", self.script)
        self.famous = frozenset(map(fold, str(table("famous.yaml").get(self.script, "")).split()))
        self.measure = namelike(self.language)
        dates = self.pack.dates
        common = table("common.json")
        self.common = frozenset(str(common.get(self.language, "")).split()) | _words(own, "everyday")
        self.nouns = frozenset(str(common["de_nouns"]).split()) if self.language == "de" else frozenset()
        self.stops = frozenset(
            fold(word)
            for word in (
                *str(own.get("not_names", "")).split(),
                *self.pack.stop_words,
                *_flat(dates.months),
                *_flat(dates.weekdays),
            )
        )
        if self.script == "Latn" and self.language != "en":  # Matt, but not Will
            self.given |= {fold(n) for n in str(words("en")["given"]).split()} - self.common - self.stops - self.nouns
        self._office_tails = tuple(o for o in self.offices if len(o) > 4) if self.language in COMPOUND_OFFICES else ()
        #: a word's classes, remembered
        self.word = lru_cache(maxsize=_MOST_WORDS)(self._classify)

    @cached_property
    def _names(self) -> dict[str, list[tuple[tuple[str, ...], Known, str]]]:
        """The known names by their first keys; not for those who only ask how names are inflected."""
        names: dict[str, list[tuple[tuple[str, ...], Known, str]]] = {}
        for text, known in known_names(self.language, self.script):
            self._keep(names, text, known)
        for rows in names.values():
            rows.sort(key=lambda row: -len(row[0]))
        return names

    def _common(self, word: Word) -> bool:
        if word.folded in self.common:
            return True
        if self.language == "de" and self._noun(word):
            return True
        return self.script == "Latn" and word.folded in _foreign()

    def _noun(self, word: Word) -> bool:
        """Whether a German word is a noun; of simple ones that look like names, `common` has every form."""
        folded, likeness = word.folded, self.measure(word.folded) if self.measure is not None else 0.0
        ends = (end for end in PLURALS_WITH_UMLAUT if folded.endswith(end))
        simple = word.key in self.nouns
        by_stem = likeness <= 0.0 or _UMLAUTS.search(word.text) is not None
        if by_stem and (simple or any(folded[: -len(end)] in self.nouns for end in ends)):
            return True
        if not (simple or folded in self.parts or folded in self.given) and is_noun(word.key, self.nouns):
            word.compound = True
            woman = folded.endswith("in") and self.key(folded[:-2]) in self.nouns  # Philosophin
            return woman or likeness < NAMELIKE_COMPOUND  # Gernhardt
        dative = folded.endswith("n") and len(folded) >= LEAST_DATIVE and likeness < UNLIKE
        return dative and is_noun(self.key(word.key), self.nouns)  # Eigentümern

    def _keep(self, names: dict[str, list[tuple[tuple[str, ...], Known, str]]], text: str, known: Known) -> None:
        keys = tuple(self.key(fold(part).rstrip(".")) for part in _SPLIT.findall(text))
        if not keys:
            return
        for key in (keys[0],) if len(keys) > 1 else self.endings.keys(fold(text).rstrip(".")):
            own = (key, *keys[1:])
            rows = names.setdefault(key, [])
            if all(row[0] != own or (len(own) == 1 and fold(row[2]) != fold(text)) for row in rows):
                rows.append((own, known, text))

    def key(self, folded: str) -> str:
        """The folded word without its ending."""
        return self.endings.cut(folded)

    def _classify(self, text: str) -> Word:
        folded = fold(text)
        bare = folded.rstrip(".")
        low = text.casefold().rstrip(".")
        word = Word(text, low, folded, self.key(bare))
        if len(bare.replace(".", "")) <= 2 and text.endswith("."):
            word.initial = script_of(text) in ("Latn", "Cyrl") and folded not in _DOTTED_PLACES
        word.common = self._common(word)
        word.numeral = bare in _NUMERALS and text.isupper()
        dotted = text in self.dotted
        word.initial = word.initial and not dotted
        word.stop = bare in self.stops and not word.initial and not dotted and folded not in _DOTTED_PLACES
        word.office = bare in self.offices or (len(bare) > 6 and bare.endswith(self._office_tails))
        word.honorific = bare in self.honorifics or dotted
        word.organisation = (
            bare in self.organisation_words
            or bare in self.heads_in_cases
            or (self.language == "de" and bare.endswith("s") and bare[:-1] in self.organisation_words)
            or (
                self.endings.declines
                and word.key in self.heads
                and self.endings.agrees(self.heads[word.key], bare, neuter=True)
                and not bare.endswith(_NOT_OF_HEADS)
            )
        )
        word.legal = bare in self.legal_forms
        word.place_word = bare in self.place_words
        if self.endings.declines:
            own = script_of(text) == self.script
            word.adjective = own and len(bare) >= LEAST_ADJECTIVE and low.endswith(self.adjectives)
        word.body = bare in self.bodies or (bool(self.body_tails) and bare.endswith(self.body_tails))
        word.names_next = bool(self.noun_tails) and bare.endswith(self.noun_tails)
        word.opens = word.organisation or word.adjective or word.body
        word.camel = _CAMEL.search(text) is not None or (
            self.language in ("fr", "it", "en") and bool(_ELIDED.match(text))
        )
        word.capitals = text.isupper() and len(bare) > 1
        forms = {bare, *(map(fold, self.endings.bases("given", low)) if self.endings.declines else ())}
        pieces = bare.split("-")
        word.given = (bool(forms & self.given) and not (word.capitals and len(bare) <= SHORT_CAPITALS)) or (
            len(pieces) > 1 and all(p in self.given for p in pieces)
        )
        bases = tuple(map(fold, (*self.endings.bases("male", low), *self.endings.bases("female", low))))
        word.surname_like = any(len(name) > 4 and name.endswith(self.surname_endings) for name in (bare, *bases))
        listed = [base for base in bases if base in self.parts or base in self.frequent or base in self.famous]
        sure = any(len(base) >= SURE_BASE and (base in self.frequent or base in self.famous) for base in listed)
        if listed and not sure and self.measure is not None and self.measure(bare) < UNLIKE:
            listed, bases = [], ()  # potem is hardly a form of Pot
        word.part = bare in self.parts or bool(listed)
        word.famous = any(name in self.famous for name in (bare, *bases)) or (
            bare[-1:] == "s" and bare[:-1] in self.famous and self.script == "Latn"
        )
        word.frequent = word.famous or any(name in self.frequent for name in (bare, *bases, *forms))
        word.part = word.part or word.frequent
        rows = self._names.get(word.key)
        word.heads = tuple(row for row in rows or () if len(row[0]) > 1)
        if rows and len(rows[-1][0]) == 1:
            common = word.organisation or word.stop or word.title or word.place_word
            for keys, known, form in rows:
                if self.language == "de" and _UMLAUTS.findall(form) != _UMLAUTS.findall(text):
                    continue  # Länder is no Lander
                if len(keys) == 1 and self.endings.agrees(form.rstrip("."), bare):
                    if not (common and known.confidence < COMMON_WORD):
                        word.known = known
                    break
        return word

    def likeness(self, word: Word) -> float:
        """How much a word looks like a name by its letters: log odds, 0 is even; 0 too where nothing is known."""
        if word.likeness is None:
            if self.measure is None or not word.folded:
                word.likeness = 0.0
            else:
                ends = self.endings
                forms = (*ends.bases("male", word.low)[:1], *ends.bases("female", word.low)[:1])
                word.likeness = max(map(self.measure, (word.folded, *forms)))
        return word.likeness

    def phrase(self, keys: Sequence[str], start: int) -> tuple[int, Known] | None:
        """The longest known name of at least two words that begins at `start`: number of words, what it names."""
        for candidate, known, _ in self._names.get(keys[start], ()):
            size = len(candidate)
            if size > 1 and tuple(keys[start : start + size]) == candidate:
                return size, known
        return None


@cache
def _grouped(script: str) -> frozenset[str]:
    """The given names of given_names.yaml in one script."""
    return frozenset(name for name in groups() if script_of(name) == script)


@lru_cache(maxsize=1)
def _foreign() -> frozenset[str]:
    """Common English words, which stand in titles in all languages."""
    return frozenset(str(table("common.json")["en"]).split()) | _words(words("en"), "everyday")


_DOTTED_PLACES = frozenset(["u.s.", "u.k.", "u.n.", "e.u.", "d.c.", "u.a.e."])  # no initials of a person
_NUMERALS = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi"}
_NOT_OF_HEADS = ("ов", "ев", "ова", "ева")  # банков, but Комиссаров too
_ELIDED = re.compile(r"(?!O)[A-Za-z]{1,2}['’][a-zà-ÿ]|\w+['’](?:m|ve|ll|re|d|t)\b")  # J'ai, I'm, don't
_CAMEL = re.compile(
    r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bMак)(?<!\bМак)(?<=[^\W\d_A-ZА-Я])[A-ZА-Я]|[A-ZА-Я]{2}[^\W\d_A-ZА-Я]"
)
_UMLAUTS = re.compile("[äöüÄÖÜ]")
_SPLIT = re.compile(r"[^\s,]+")


def _single(phrases: Sequence[str]) -> frozenset[str]:
    """Phrases folded, without closing dots; the words of longer ones too."""
    return frozenset(fold(phrase).rstrip(".") for phrase in phrases)


def _words(own: Mapping[str, object], key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in str(own.get(key, "")).split())


def _flat(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        yield from row


def _pairs(own: Mapping[str, object], key: str) -> dict[str, str]:
    """A list of words/*.yaml whose entries are written `form>word`, the forms folded."""
    return {fold(form): word for form, _, word in (row.partition(">") for row in str(own.get(key, "")).split())}


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, made once."""
    return Lexicon(language)


__all__ = ["EntityType", "Lexicon", "Word", "lexicon", "name_words"]
