"""From a pile of files to a generation: read → identify → know → merge → analyse → build."""

from __future__ import annotations

from indexer.pipeline.report import Progress, Report
from indexer.pipeline.run import correct, sources_of, update

__all__ = ["Progress", "Report", "correct", "sources_of", "update"]
