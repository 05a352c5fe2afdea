"""Finds mentions in Chinese and Japanese, whose names nothing marks but the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from indexer.knowledge.base import EntityType, Mention
from indexer.knowledge.gazetteer import Known, known_names
from indexer.knowledge.lexicon import Lexicon, name_words
from indexer.knowledge.tables import cues, table
from indexer.knowledge.text import Text
from indexer.knowledge.transcription import simplified

DOTTED, TITLED, CHINESE, ALONE = 0.95, 0.85, 0.85, 0.85
JOINING = "和与及跟"
_KATAKANA = "ァ-ヺー"


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
        for rows in self._heads.values():
            rows.sort(key=lambda row: -len(row[0]))
        words = lexicon.pack.entities
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
        words = self.lexicon.pack.entities
        titles = "|".join(sorted(map(re.escape, words.offices), key=len, reverse=True)) or "(?!)"
        honorifics = (
            "|".join(sorted(map(re.escape, (*words.honorifics, *words.offices)), key=len, reverse=True)) or "(?!)"
        )
        if self.language == "ja":
            family = "|".join(sorted(name_words("parts", "Hani"), key=len, reverse=True))
            foreign = rf"[{_KATAKANA}]{{2,}}"
            return [
                ("dotted", DOTTED, rf"({foreign}(?:[・＝]{foreign})+)"),
                ("title", TITLED, rf"({foreign}(?:[・＝]{foreign})*)(?:前|元|新|副)?(?:{honorifics})"),
                (
                    "family-name",
                    CHINESE,
                    rf"((?:{family})[\u3400-\u9fffぁ-ん]{{1,3}}?)(?:前|元|新|副)?(?:{honorifics})",
                ),
            ]
        sound = f"[{transliterating()}]"
        any_sound = f"[{transliterating()}{table('syllables.json')['rare_characters']}]"
        family = str(table("syllables.json")["family"])
        roles = "|".join(word for word in cues("before_chinese_names") if len(word) > 1)
        compound = "|".join(table("syllables.json")["compound_family"].split())
        chinese = rf"(?:(?:{compound})[\u4e00-\u9fff]{{1,2}}|[{family}][\u4e00-\u9fff]{{1,2}})"
        after = r"(?=[，。、；：（）\s“”《》]|在|于|对|向|同|与|和|将|就|称|说|表示|指出|强调|会见|出席|主持|宣布|认为"
        after += r"|率|一行|当|介绍|同志|是|也|还|已"
        after += r"|得知|赛后|从小|曾|获得|夺得|击败|今年|去年|领导|带领|团队|负责|提醒|\d)"
        said = "说[，：。]|表示|指出|笑着说|告诉"
        return [
            (
                "dotted",
                DOTTED,
                rf"({any_sound}{{1,8}}(?:[·•・‧-]{any_sound}{{1,10}})*[·•・‧]{any_sound}{{1,10}}(?:[·•・‧-]{any_sound}{{1,10}})*)",
            ),
            ("title", TITLED, rf"(?:{titles})({sound}{{2,7}}){after}"),
            ("family-name", CHINESE, rf"(?:{titles}|{roles})({chinese}){after}"),
            ("family-name", CHINESE, rf"(?<=[”。！？\n])([{family}][\u4e00-\u9fff]{{2}})(?={said})"),
            ("family-name", CHINESE, rf"(?<![^了过见会与和同向对由的，。、“《（\s])({chinese})(?:{honorifics})"),
        ]

    def find(self, texts: Sequence[Text]) -> list[Mention]:
        """Mentions of the texts of one article; a full foreign name licenses its last part alone."""
        if self.language != "zh":
            return self._find(texts)
        written = {text.field: text.text for text in texts}
        plain = [Text(text.field, simplified(text.text)) for text in texts]
        return [replace(m, text=written[m.field][m.start : m.end]) for m in self._find(plain)]

    def _find(self, texts: Sequence[Text]) -> list[Mention]:
        found: list[list[Mention]] = []
        short: dict[str, str] = {}
        for text in texts:
            rows = self._in_text(text)
            for mention in rows:
                if mention.type == "person":
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
            candidates = heads.get(plain[i : i + 2])
            if candidates:
                for name, known in candidates:
                    if plain.startswith(name, i) and not any(taken[i : i + len(name)]):
                        sure = known.confidence if len(name) > 2 or known.confidence >= 0.75 else known.confidence - 0.2
                        rows.append(_mention(text, i, i + len(name), known.type, known.name, "table", sure, known.id))
                        taken[i : i + len(name)] = b"\1" * len(name)
                        break
        return rows

    def _trimmed(self, plain: str, start: int, end: int) -> tuple[int, int]:
        """A dotted name without a title or place before it and without a word that follows it."""
        dot = min((plain.find(c, start, end) for c in "·•・‧" if plain.find(c, start, end) >= 0), default=end)
        for i in range(dot - 1, start - 1, -1):
            before = plain[max(0, i - 4) : i + 1]
            if i + 1 < dot and (
                before.endswith(self._before) or any(before.endswith(n) for n, _ in self._heads.get(before[-2:], ()))
            ):
                start = i + 1
                break
        last = max(plain.rfind(c, start, end) for c in "·•・‧-") + 1
        for i in range(last + 1, end):
            joined = plain[i] in JOINING and any(
                plain.startswith(n, i + 1) for n, _ in self._heads.get(plain[i + 1 : i + 3], ())
            )
            if joined or plain.startswith(self._after, i):
                return start, i
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
        licensed = [replace(m, lemma=_plain(short[m.text])) if m.text in short else m for m in rows]
        return sorted(licensed, key=lambda mention: mention.start)


def _plain(name: str) -> str:
    """A name with one kind of dot between its parts."""
    return name.replace("•", "·").replace("・", "·")


def _mention(
    text: Text, start: int, end: int, kind: EntityType, lemma: str, rule: str, sure: float, entity: str = ""
) -> Mention:
    return Mention(text.text[start:end], start, end, text.field, kind, lemma, f"rule:{rule}", round(sure, 2), entity)
