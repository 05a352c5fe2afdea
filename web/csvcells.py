"""Cells of CSV files."""

from __future__ import annotations

from typing import Any


def harmless(cell: Any) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
