"""Make data/names.json: given names and other parts of persons' names, by script.

    pip install Faker && python -m indexer.knowledge.sources.names PATH/names_translit

Sources: the name lists of Faker (MIT) and name pairs drawn from Wikidata (CC0), English to Russian, Arabic and
Chinese. A given name of Faker's lists takes its Wikidata partners in the other scripts with it.

Shape: `given`, `parts` and `frequent` hold for each script one text of folded names parted by blanks; `frequent` are
those of the other two that are seen twenty times and more in the pairs.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

LOCALES = [
    "ar_AA",
    "ar_SA",
    "az_AZ",
    "bg_BG",
    "cs_CZ",
    "da_DK",
    "de_DE",
    "en_GB",
    "en_IN",
    "en_US",
    "es_ES",
    "et_EE",
    "fa_IR",
    "fi_FI",
    "fr_FR",
    "hr_HR",
    "hu_HU",
    "hy_AM",
    "it_IT",
    "ja_JP",
    "ka_GE",
    "lt_LT",
    "lv_LV",
    "nl_NL",
    "no_NO",
    "pl_PL",
    "pt_BR",
    "pt_PT",
    "ro_RO",
    "ru_RU",
    "sk_SK",
    "sv_SE",
    "tr_TR",
    "uk_UA",
    "uz_UZ",
    "zh_CN",
    "zh_TW",
]
KINDS = ("first_names", "first_romanized_names", "middle_names")
LAST = (
    "last_names",
    "male_last_names",
    "unisex_last_names",
    "last_romanized_names",
    "last_names_male",
    "last_names_female",
)
SEEN_AT_LEAST, SHARE, LENGTH = 3, 0.1, 2
LATIN_AT_LEAST, FREQUENT = 2, 20
_SCRIPTS = (
    ("Latn", r"[a-zà-ɏ'’-]+"),
    ("Cyrl", r"[\u0400-\u04ff'’-]+"),
    ("Arab", r"[\u0600-\u06ff]+"),
    ("Hani", r"[\u3040-\u30ff\u3400-\u9fff]+"),
)
_TARGET = Path(__file__).parent.parent / "data" / "names.json"


def fold(name: str) -> str:
    """Small letters without accents; й, ё and their like stay."""
    small = unicodedata.normalize("NFC", name.casefold()).replace("ё", "е").replace("’", "'")
    if re.search("[\u0400-\u04ff]", small):
        return small
    bare = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    return bare.replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ı", "i")


def script_of(name: str) -> str | None:
    return next((script for script, letters in _SCRIPTS if re.fullmatch(letters, name.casefold())), None)


def from_faker() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    given: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for kinds, table in ((KINDS, given), (LAST, parts)):
            for attribute in (a for a in dir(provider) if a.startswith(kinds)):
                values = getattr(provider, attribute)
                for value in values if isinstance(values, (tuple, list, dict, set)) else ():
                    for token in str(value).split():
                        script = script_of(token)
                        if script and len(token) >= LENGTH:
                            table[script].add(fold(token))
    return given, parts


def pairs(directory: Path) -> dict[str, dict[str, Counter[str]]]:
    """Language → English token → its partners with their counts."""
    table: dict[str, dict[str, Counter[str]]] = {}
    for language in ("russian", "arabic", "chinese"):
        rows = table.setdefault(language, defaultdict(Counter))
        for line in (directory / f"wd_{language}_64").read_text(encoding="utf-8").splitlines():
            english, other, count = line.split("\t")
            rows[english][other.replace(" ", "")] += int(count)
    return table


def main() -> None:
    given, parts = from_faker()
    latin = set(given["Latn"])
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for language, script in (("russian", "Cyrl"), ("arabic", "Arab"), ("chinese", "Hani")):
        for english, partners in pairs(Path(sys.argv[1]))[language].items():
            total = partners.total()
            seen["Latn"][fold(english)] += total
            for other, count in partners.items():
                seen[script][fold(other)] += count
                kept = script_of(other) == script and len(other) >= LENGTH and count >= 2
                if kept and count >= SEEN_AT_LEAST and script != "Hani":
                    parts[script].add(fold(other))
                if kept and fold(english) in latin and count >= total * SHARE:
                    given[script].add(fold(other))
    parts["Latn"] |= {n for n, count in seen["Latn"].items() if count >= LATIN_AT_LEAST and script_of(n) == "Latn"}
    scripts = ("Latn", "Cyrl", "Arab", "Hani")
    table = {
        "licence": "Faker (MIT) and Wikidata (CC0): see NOTICE.md",
        "given": {script: " ".join(sorted(given[script])) for script in scripts},
        "parts": {script: " ".join(sorted(parts[script] - given[script])) for script in scripts},
        "frequent": {
            script: " ".join(sorted(n for n, count in seen[script].items() if count >= FREQUENT and len(n) >= LENGTH))
            for script in ("Latn", "Cyrl")
        },
    }
    _TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
