"""Make data/mediatopics.json: the two upper levels of IPTC Media Topics with labels in fourteen languages.

    python -m indexer.knowledge.sources.media_topics PATH/mediatopics

Sources: `cptall-en-US.json` (the tree, English labels), `cptall-x-all.json` (2019: labels in other languages), both
IPTC, CC BY 4.0; `topic_translations.yaml` for labels that the vocabulary lacks, which are listed under `ours`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

OURS = ("be", "ru", "uk", "pl", "it", "nl", "ja", "de", "es", "fr", "ar", "pt", "zh")
VOCABULARY = {"de": "de", "es": "es", "fr": "fr", "pt": "pt-PT", "zh": "zh-Hans", "ar": "ar"}
BRITISH = {"medtop:09000000": "labour", "medtop:20000523": "labour market", "medtop:20000524": "labour relations"}
_HERE = Path(__file__).parent
_TARGET = _HERE.parent / "data" / "mediatopics.json"
_SOURCE = (
    "IPTC Media Topics, two upper levels. Codes, tree and labels: International Press Telecommunications Council, "
    "CC BY 4.0 (https://iptc.org/standards/media-topics/). Languages in `ours`: translated for newsdex, no part of the "
    "vocabulary. Made by indexer/knowledge/sources/media_topics.py."
)


def concepts(path: Path) -> dict[str, dict[str, Any]]:
    rows = json.loads(path.read_text(encoding="utf-8"))["conceptSet"]
    return {row["qcode"]: row for row in rows if not row.get("retired")}


def translations() -> dict[str, dict[str, str]]:
    rows: dict[str, str] = yaml.safe_load((_HERE / "topic_translations.yaml").read_text(encoding="utf-8"))
    return {
        code: {
            lang: text
            for lang, part in zip(OURS, row.split("|"), strict=False)
            if (text := part.strip()) not in ("", "-")
        }
        for code, row in rows.items()
    }


def main() -> None:
    directory = Path(sys.argv[1])
    current = concepts(directory / "cptall-en-US.json")
    older = concepts(directory / "cptall-x-all.json")
    translated = translations()
    tops = {code for code, row in current.items() if not row.get("broader")}
    topics: dict[str, dict[str, Any]] = {}
    for code, row in current.items():
        broader = next(
            (f"medtop:{uri.rsplit('/', 1)[1].removeprefix('medtop:')}" for uri in row.get("broader", ())), None
        )
        if code not in tops and broader not in tops:
            continue
        labels = {"en": BRITISH.get(code, next(iter(row["prefLabel"].values())))}
        known = older.get(code, {}).get("prefLabel", {})
        labels |= {lang: known[key].strip() for lang, key in VOCABULARY.items() if known.get(key, "").strip()}
        ours = {lang: text for lang, text in translated.get(code, {}).items() if lang not in labels}
        topics[code] = {**({"broader": broader} if broader else {}), "labels": {**labels, **ours}, "ours": list(ours)}
    deeper: dict[str, list[str]] = {}
    for code in current:
        kept = code
        while kept not in topics:
            kept = f"medtop:{current[kept]['broader'][0].rsplit('/', 1)[1].removeprefix('medtop:')}"
        if kept != code:
            deeper.setdefault(kept, []).append(code.removeprefix("medtop:"))
    ordered = sorted(topics.items(), key=lambda item: (item[1].get("broader", item[0]), "broader" in item[1], item[0]))
    below = {code: " ".join(found) for code, found in deeper.items()}
    table = {"source": _SOURCE, "topics": dict(ordered), "deeper": below}
    _TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
