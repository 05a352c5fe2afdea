"""Text and language to terms: word breaks, folding, stems, variants; for one text and for many."""

from __future__ import annotations

from indexer.analysis.analyzer import Analysis, Analyzer
from indexer.analysis.bulk import BulkAnalyzer
from indexer.analysis.segmenting import use_segmenters
from indexer.analysis.terms import Term, TermColumns
from indexer.analysis.version import analyser_seal, analyser_version

__all__ = [
    "Analysis",
    "Analyzer",
    "BulkAnalyzer",
    "Term",
    "TermColumns",
    "analyser_seal",
    "analyser_version",
    "use_segmenters",
]
