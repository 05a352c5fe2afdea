"""Make data/syllables.json: how Chinese spells foreign names, Chinese family names, and the pinyin of characters.

    pip install Faker pypinyin && python -m indexer.knowledge.sources.syllables PATH/names_translit

Sources: name pairs drawn from Wikidata (CC0), Faker's family names (MIT), pypinyin's readings (MIT).

Shape: `characters` and `rare_characters` texts of characters that spell foreign names often or seldom; `family` family
names of one character;
`compound_family` of two, parted by blanks; `pinyin` syllable → its characters.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

SEEN_AT_LEAST, RARELY = 12, 2
NOT_FAMILY = frozenset("和国中人大会在一不是有为于这上来到时地出就分对成发可年同工能下过民前面也都部")
MORE_FAMILY = "习習薄仝蔺解占问闫肖"
_TARGET = Path(__file__).parent.parent / "data" / "syllables.json"


def main() -> None:
    pypinyin = importlib.import_module("pypinyin")
    counts: Counter[str] = Counter()
    for line in (Path(sys.argv[1]) / "wd_chinese_64").read_text(encoding="utf-8").splitlines():
        english, chinese, _ = line.split("\t")
        parts = chinese.split()
        if len(parts) >= 2 and english.isascii():
            counts.update(set(parts))
    characters = sorted(c for c, n in counts.items() if n >= SEEN_AT_LEAST and "\u4e00" <= c <= "\u9fff")
    rare = sorted(c for c, n in counts.items() if RARELY <= n < SEEN_AT_LEAST and "\u4e00" <= c <= "\u9fff")
    family: set[str] = set()
    for locale in ("zh_CN", "zh_TW"):
        family |= set(importlib.import_module(f"faker.providers.person.{locale}").Provider.last_names)
    family |= set(MORE_FAMILY)
    pinyin: dict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        reading = pypinyin.lazy_pinyin(char)[0]
        common = counts[char] or _common(char)
        if reading.isascii() and reading.isalpha() and common:
            pinyin[reading].append(char)
    table = {
        "licence": "Wikidata (CC0), Faker (MIT), pypinyin (MIT): see NOTICE.md",
        "characters": "".join(characters),
        "rare_characters": "".join(rare),
        "family": "".join(sorted(n for n in family if len(n) == 1 and n not in NOT_FAMILY)),
        "compound_family": " ".join(sorted(n for n in family if len(n) == 2)),
        "pinyin": {syllable: "".join(chars) for syllable, chars in sorted(pinyin.items())},
    }
    _TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _common(char: str) -> bool:
    """Whether an older standard set of common characters (GB 2312, Big5 level 1) holds the character."""
    for encoding in ("gb2312", "big5"):
        try:
            encoded = char.encode(encoding)
        except UnicodeEncodeError:
            continue
        if encoding == "gb2312" or encoded[0] < 0xC9:
            return True
    return False


if __name__ == "__main__":
    main()
