"""Finds mentions in Chinese and Japanese, whose names nothing marks but the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.expressions import any_of
from indexer.knowledge.base import EntityType, Mention
from indexer.knowledge.gazetteer import Known, known_names
from indexer.knowledge.lexicon import Lexicon, name_words
from indexer.knowledge.tables import cues, table
from indexer.knowledge.text import Text
from indexer.knowledge.transcription import simplified

DOTTED, TITLED, CHINESE, ALONE, COMPOSED, FAMOUS, TIMED = 0.95, 0.85, 0.85, 0.85, 0.75, 0.9, 0.65
JOINING = "和与及跟"
_KATAKANA = "ァ-ヺー"
_PLACE_KIND = re.compile("[省州市县](?![长级会委场民政区界])")


@lru_cache(maxsize=1)
def transliterating() -> str:
    """Characters with which Chinese spells foreign names."""
    return str(table("syllables.json")["characters"])


class HanFinder:
    """Finds mentions in Chinese or Japanese.

    Known names are looked up at every place of the text by their first two characters. Foreign persons are spelled
    with characters used for their sound, mostly with a dot between the parts; Chinese ones are found after or before
    a title, by their family name.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.language = lexicon.language
        self._heads: dict[str, list[tuple[str, Known]]] = {}
        for name, known in known_names(self.language, "Hani"):
            if len(name) >= 2:
                self._heads.setdefault(name[:2], []).append((name, known))
        for name in str(table("famous.yaml").get("Hani", "")).split() if self.language == "zh" else ():
            self._heads.setdefault(name[:2], []).append((name, Known("", "person", name, FAMOUS)))
        for rows in self._heads.values():
            rows.sort(key=lambda row: -len(row[0]))
        words = lexicon.pack.entities
        self._offices, self._honorifics = words.offices, words.honorifics
        self._composed = re.compile(
            rf"(?:{any_of(cues('bodies_of_countries'))}|(?:(?![{_set('not_in_organisations')}])[\u4e00-\u9fff]){{1,8}}?"
            rf"(?:{any_of(word for word in words.organisation_words if len(word) > 1)}))(?![长長])"
        )
        self._before = tuple({*words.offices, *words.honorifics, *cues("before_chinese_names")})
        spelling = transliterating() + str(table("syllables.json")["rare_characters"])
        self._after = tuple(
            {
                *(w for w in cues("after_chinese_names") if len(w) > 1 or w not in spelling),
                *(w for w in (*words.offices, *words.honorifics) if len(w) > 1),
            }
        )
        self._persons = tuple((rule, sure, re.compile(pattern)) for rule, sure, pattern in self._patterns())

    def _patterns(self) -> list[tuple[str, float, str]]:
        """Rule, how sure it is, and the expression whose first group is the name."""
        return self._japanese() if self.language == "ja" else self._chinese()

    def _japanese(self) -> list[tuple[str, float, str]]:
        titles = any_of((*self._offices, *self._honorifics))
        titled = f"(?:前|元|新|副|都)?(?:{titles}|(?:{any_of(cues('ministries'))})(?:大臣|相))"
        family = any_of((*name_words("parts", "Hani"), *cues("japanese_family")))
        no_name = any_of(cues("not_in_japanese_names"))
        given = rf"(?!{no_name})[\u3400-\u9fff々]"
        named = rf"(?:{given}){{0,3}}?|(?![のがをには])[ぁ-ん]{{2,3}}子?"
        full = rf"(?:{family})(?:{named})|[{_set('korean_family')}](?:{given}){{2}}"
        begins = r"(?:(?<![\u3400-\u9fff々])|(?<=党))"
        foreign = rf"[{_KATAKANA}]{{2,}}"
        return [
            ("dotted", DOTTED, rf"({foreign}(?:[・＝]{foreign})+)"),
            ("title", TITLED, rf"({foreign}(?:[・＝]{foreign})*){titled}"),
            ("family-name", CHINESE, rf"{begins}({full}){titled}"),
        ]

    def _chinese(self) -> list[tuple[str, float, str]]:
        data = table("syllables.json")
        sound, rare, family = transliterating(), data["rare_characters"], data["family"]
        foreign = f"(?![{_set('not_in_foreign_names')}])[{sound}]"
        joins = rf"{any_of(cues('between_foreign_names'))}|[和与及](?=[{sound}]{{2,6}}[·•・‧])"
        letter = rf"(?!{joins})[{sound}{rare}]"
        part = rf"(?:{letter}){{1,10}}"
        given = rf"(?![{_set('not_in_given_names')}])[\u4e00-\u9fff]"
        alone = rf"(?![{_set('not_alone_in_given_names')}])[\u4e00-\u9fff]"
        chinese = rf"(?:(?:{any_of(data['compound_family'].split())})|[{family}])(?:{given}){{1,2}}"
        spoken = rf"(?:[{family}](?:{given}){{2}}|[{family}]{alone}|(?:{foreign}){{2,6}})"
        titles, honorifics = any_of(self._offices), any_of(self._honorifics)
        roles = any_of(word for word in cues("before_chinese_names") if len(word) > 1)
        after = rf"(?=[，。、；：（）\s“”《》\d]|{any_of(cues('behind_titled_chinese_names'))})"
        said = rf"(?={any_of(cues('said_chinese'))}|对[^，。；]{{1,12}}?(?:表示|说))"
        timed = rf"(?<![海州市岛湾湖河山])(?={any_of(cues('timed_chinese'))})"
        begins, after_small = r"(?<![^”。！？\n])", r"(?<![^了过见会与和同向对由的，。、”“《（\s])"
        return [
            ("dotted", DOTTED, rf"((?:{letter}){{1,8}}(?:[·•・‧-]{part})*[·•・‧]{part}(?:[·•・‧-]{part})*)"),
            ("title", TITLED, rf"(?:{titles})([{sound}]{{2,7}}){after}"),
            ("family-name", CHINESE, rf"(?:{titles}|{roles})({chinese}){after}"),
            ("met", CHINESE, rf"(?:会见|会晤|接见)了?({chinese})(?=[，。、和与])"),
            ("speaker", CHINESE, rf"{begins}({spoken}){said}"),
            ("timed", TIMED, rf"{begins}((?:{foreign}){{3,6}}?){timed}"),
            ("family-name", CHINESE, rf"{after_small}({chinese})(?:{honorifics}|{titles})"),
            ("title", TITLED, rf"{after_small}((?:{foreign}){{2,6}})(?:{honorifics})"),
        ]

    def find(self, texts: Sequence[Text]) -> list[Mention]:
        """Mentions of the texts of one article; a full foreign name licenses its last part alone."""
        if self.language != "zh":
            return self._find(texts)
        written = {text.field: text.text for text in texts}
        plain = [Text(text.field, simplified(text.text)) for text in texts]
        return [m._replace(text=written[m.field][m.start : m.end]) for m in self._find(plain)]

    def _find(self, texts: Sequence[Text]) -> list[Mention]:
        found: list[list[Mention]] = []
        short: dict[str, str] = {}
        for text in texts:
            rows = self._in_text(text)
            for mention in rows:
                if mention.type == "person" and mention.confidence > TIMED:
                    last = re.split("[·•・‧＝]", mention.text)[-1]
                    if len(last) >= 2:
                        short.setdefault(last, mention.text)
            found.append(rows)
        mentions: list[Mention] = []
        for text, rows in zip(texts, found, strict=True):
            mentions.extend(self._with_short_names(text, rows, short))
        return mentions

    def _in_text(self, text: Text) -> list[Mention]:
        taken = bytearray(len(text.text))
        rows: list[Mention] = []
        for rule, sure, pattern in self._persons:
            for match in pattern.finditer(text.text):
                start, end = match.span(1)
                if rule == "dotted":
                    start, end = self._trimmed(text.text, start, end)
                name = text.text[start:end]
                if not any(taken[start:end]) and not self._heads_at(text.text, start, end):
                    rows.append(_mention(text, start, end, "person", _plain(name), rule, sure))
                    taken[start:end] = b"\1" * (end - start)
        heads, plain = self._heads, text.text
        for i in range(len(plain) - 1):
            for name, known in heads.get(plain[i : i + 2], ()):
                end = i + len(name)
                if plain.startswith(name, i) and not any(taken[i:end]) and not _inside_word(plain, i, end):
                    sure = known.confidence if len(name) > 2 or known.confidence >= 0.75 else known.confidence - 0.2
                    mention = _mention(text, i, end, known.type, known.name, "table", sure, known.id)
                    if known.type == "place" and self.language == "zh":
                        mention = self._more_than(mention, text, taken)
                    rows.append(mention)
                    taken[i : mention.end] = b"\1" * (mention.end - i)
                    break
        return rows

    def _more_than(self, place: Mention, text: Text, taken: bytearray) -> Mention:
        """A place with the word for what it is (安大略省), or the organisation whose name it begins (英国国防部)."""
        body = self._composed.match(text.text, place.end)
        if body and not any(taken[place.start : body.end()]):
            name = text.text[place.start : body.end()]
            return _mention(text, place.start, body.end(), "organisation", name, "place-and-kind", COMPOSED)
        kind = _PLACE_KIND.match(text.text, place.end)
        if kind is None or any(taken[place.end : kind.end()]):
            return place
        return place._replace(text=text.text[place.start : kind.end()], end=kind.end())

    def _trimmed(self, plain: str, start: int, end: int) -> tuple[int, int]:
        """A dotted name without a title or place before it and without a word that follows it."""
        dot = min((plain.find(c, start, end) for c in "·•・‧" if plain.find(c, start, end) >= 0), default=end)
        for i in range(dot - 1, start - 1, -1):
            before = plain[max(0, i - 4) : i + 1]
            # a place that begins further in is a part of the name: 埃马(纽埃)尔
            places = (n for n, _ in self._heads.get(before[-2:], ()) if i + 1 - len(n) <= start)
            if i + 1 < dot and (before.endswith(self._before) or any(map(before.endswith, places))):
                start = i + 1
                break
        last = max(plain.rfind(c, start, end) for c in "·•・‧-") + 1
        for i in range(last + 1, end):
            joined = plain[i] in JOINING and any(
                plain.startswith(n, i + 1) for n, _ in self._heads.get(plain[i + 1 : i + 3], ())
            )
            if joined or plain.startswith(self._after, i) or plain[i] == "的":
                end = i
                break
        while start + 2 < dot and plain[start] in cues("not_before_foreign_names"):
            start += 1
        while last + 2 < end and plain[end - 1] in cues("not_behind_foreign_names"):
            end -= 1
        return start, end

    def _heads_at(self, plain: str, start: int, end: int) -> bool:
        """Whether a known name is just what stands there."""
        return any(name == plain[start:end] for name, _ in self._heads.get(plain[start : start + 2], ()))

    def _with_short_names(self, text: Text, rows: list[Mention], short: dict[str, str]) -> list[Mention]:
        taken = bytearray(len(text.text))
        for mention in rows:
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        for last, full in short.items():
            start = text.text.find(last)
            while start >= 0:
                end = start + len(last)
                if not any(taken[start:end]):
                    rows.append(
                        _mention(
                            text,
                            start,
                            end,
                            "person",
                            _plain(full),
                            "surname-of-full-name",
                            ALONE,
                        )
                    )
                    taken[start:end] = b"\1" * len(last)
                start = text.text.find(last, end)
        licensed = [m._replace(lemma=_plain(short[m.text])) if m.text in short else m for m in rows]
        return sorted(licensed, key=lambda mention: mention.start)


def _set(name: str) -> str:
    return "".join(cues(name))


def _inside_word(plain: str, start: int, end: int) -> bool:
    """Whether Latin letters of a name go on before or after it, as EC does in RECO."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    return (plain[start].isascii() and before.isascii() and before.isalnum()) or (
        plain[end - 1].isascii() and after.isascii() and after.isalnum()
    )


def _plain(name: str) -> str:
    """A name with one kind of dot between its parts."""
    return name.replace("•", "·").replace("・", "·")


def _mention(
    text: Text, start: int, end: int, kind: EntityType, lemma: str, rule: str, sure: float, entity: str = ""
) -> Mention:
    return Mention(text.text[start:end], start, end, text.field, kind, lemma, f"rule:{rule}", round(sure, 2), entity)
