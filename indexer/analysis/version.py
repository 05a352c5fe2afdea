"""The analyser's version: a generation analysed by another one has to be built anew."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import Stemmer

from corpus.languages import packs, registry
from corpus.languages.registry import BUILT_IN, revision
from indexer.analysis.segmenting import segmenters

CODE_VERSION = 2
"""Raised with every change of the code that changes terms."""

_HERE = Path(__file__).parent
_PACKS = Path(registry.__file__).parent
TABLES = ("compounds.yaml", "endings.yaml", "han.yaml", "letters.yaml")


def analyser_seal() -> str:
    """A digest of all files that the version may depend on, made without parsing one.

    Equal seals mean equal versions; different ones say nothing. Owners' own packs have no seal but the version.
    """
    if revision():
        return analyser_version()
    digest = hashlib.sha256(f"{CODE_VERSION} {Stemmer.version()} {segmenters()}".encode())
    names = [*TABLES, *(f"{code}.yaml" for code in BUILT_IN), "ar.py", "be.py", "uk.py"]
    for name in names:
        digest.update(((_HERE if name in TABLES else _PACKS) / name).read_bytes())
    return f"seal-{digest.hexdigest()[:16]}"


def analyser_version() -> str:
    """`2-<12 hex digits>`: of the code, the tables, PyStemmer's version and what packs say on words.

    Behind it stand the segmenters in use: `2-<12 hex digits>+zh:jieba-0.42.1`.
    """
    return _version(revision()) + segmenters()


@lru_cache(maxsize=4)
def _version(_revision: int) -> str:
    digest = hashlib.sha256(str(Stemmer.version()).encode())
    for name in TABLES:
        digest.update((_HERE / name).read_bytes())
    for pack in packs():
        if pack.stemmer == "rules":
            digest.update((_PACKS / f"{pack.iso}.py").read_bytes())
        said = (pack.iso, pack.script, pack.cjk, pack.stemmer, sorted(pack.folding.items()), sorted(pack.stop_words))
        digest.update(repr(said).encode())
    return f"{CODE_VERSION}-{digest.hexdigest()[:12]}"
