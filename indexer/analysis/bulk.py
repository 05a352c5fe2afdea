"""Many articles at once to the columns that engines store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.analysis.analyzer import Analysis, Analyzer
from indexer.analysis.compounds import Compounds
from indexer.analysis.terms import Term, TermColumns, columns


class BulkAnalyzer:
    """Gives the terms of articles field by field."""

    def __init__(self, compounds: Compounds | None = None) -> None:
        self.compounds = compounds
        self._analyzers: dict[str, Analyzer] = {}

    def columns(
        self, titles: Sequence[str], bodies: Sequence[str], languages: Sequence[str | Sequence[str]]
    ) -> Mapping[str, TermColumns]:
        """The fields of `indexer.engines.base` for n articles.

        `languages[i]` is the language of article i, or all of its languages when it is in several: it then has
        stems in the fields of each, and layer terms of the first.
        """
        spoken = [(given,) if isinstance(given, str) else tuple(given) for given in languages]
        result: dict[str, TermColumns] = {}
        for kind, texts in (("title", titles), ("body", bodies)):
            pairs = zip(texts, spoken, strict=True)
            analyses = [[self._analyse(text, code) for code in codes] for text, codes in pairs]
            for code in sorted({code for codes in spoken for code in codes}):
                result[f"{kind}_{code}"] = columns(
                    [_stems(found, codes, code) for found, codes in zip(analyses, spoken, strict=True)]
                )
            result[f"{kind}_folded"] = columns([found[0].folded for found in analyses])
            result[f"{kind}_layer"] = columns([found[0].layer for found in analyses])
        return result

    def _analyse(self, text: str, code: str) -> Analysis:
        if code not in self._analyzers:
            self._analyzers[code] = Analyzer(code, self.compounds)
        return self._analyzers[code].analyse(text)


def _stems(found: Sequence[Analysis], codes: Sequence[str], code: str) -> Sequence[Term]:
    return found[codes.index(code)].stems if code in codes else ()
