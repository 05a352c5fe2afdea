"""The analyser's version: a generation analysed by another one has to be built anew."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files

import Stemmer

from corpus.languages import packs

CODE_VERSION = 2
"""Raised with every change of the code that changes terms."""


@lru_cache(maxsize=1)
def analyser_version() -> str:
    """`2-<12 hex digits>`: of the code, the tables, PyStemmer's version and what packs say on words."""
    digest = hashlib.sha256(str(Stemmer.version()).encode())
    for name in ("han.yaml", "letters.yaml"):
        digest.update(files("indexer.analysis").joinpath(name).read_bytes())
    for pack in packs():
        if pack.stemmer == "rules":
            digest.update(files("corpus.languages").joinpath(f"{pack.iso}.py").read_bytes())
        said = (pack.iso, pack.script, pack.cjk, pack.stemmer, sorted(pack.folding.items()), sorted(pack.stop_words))
        digest.update(repr(said).encode())
    return f"{CODE_VERSION}-{digest.hexdigest()[:12]}"
