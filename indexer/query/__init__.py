"""The query language: Whoosh's parser, our tree, its expansion over languages, and what of a text it matched."""

from __future__ import annotations

from indexer.query.compile import CompiledQuery, Limits, compile_query
from indexer.query.forms import Form, WordForms
from indexer.query.highlight import Highlighter, Line, Snippet

__all__ = ["CompiledQuery", "Form", "Highlighter", "Limits", "Line", "Snippet", "WordForms", "compile_query"]
