"""One finished generation on disk, and its manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.errors import DamagedArchiveError, RebuildNeededError
from indexer.disk import sha256_of

FORMAT = 1
MANIFEST = "MANIFEST.json"
REPAIR = "Run `newsdex repair` to go back to the last whole generation, or `newsdex rebuild`."


@dataclass(frozen=True)
class Generation:
    """One finished generation."""

    number: int
    path: Path

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """The manifest.

        Raises:
            DamagedArchiveError: it is missing or not whole.
        """
        path = self.path / MANIFEST
        try:
            manifest: Mapping[str, Any] = json.loads(path.read_bytes())
            manifest["files"], manifest["analyser"], manifest["engine"]
            newer = manifest["format"] > FORMAT
        except OSError as error:
            raise DamagedArchiveError(f"{path}: {error.strerror or error}. {REPAIR}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedArchiveError(f"{path}: not a whole manifest ({error}). {REPAIR}") from error
        if newer:
            version = manifest.get("newsdex")
            raise RebuildNeededError(f"{path}: written by a newer newsdex, {version}. Install that one, or rebuild.")
        return manifest

    @property
    def index(self) -> Path:
        return self.path / "index"

    def check_sizes(self) -> None:
        """A quick look that every file is there in its full length.

        Raises:
            DamagedArchiveError: the first file that is missing or cut short.
        """
        for name, entry in self.manifest["files"].items():
            path = self.path / name
            try:
                size = path.stat().st_size
            except OSError as error:
                raise DamagedArchiveError(f"{path}: missing. {REPAIR}") from error
            if size != entry["bytes"]:
                raise DamagedArchiveError(f"{path}: {size} bytes instead of {entry['bytes']}. {REPAIR}")

    def sealed(self, seal: str) -> bool:
        """Whether the analyser's files are just those that this generation was made with."""
        return bool(self.manifest.get("analyser_seal") == seal)

    def check_analyser(self, version: str) -> None:
        """Raises `RebuildNeededError` when the generation was analysed by another version."""
        if self.manifest["analyser"] != version:
            made, _, words = self.manifest["analyser"].partition("+")
            if made == version.partition("+")[0]:
                now = version.partition("+")[2] or "pairs of characters"
                raise RebuildNeededError(
                    f"{self.path}: made with {words or 'pairs of characters'} for scripts without spaces, newsdex.yml "
                    f"(index.segmenters) and what is installed say {now}. Put it right, or run `newsdex rebuild`."
                )
            raise RebuildNeededError(
                f"{self.path}: analysed by version {self.manifest['analyser']}, this newsdex has {version}. "
                "Run `newsdex rebuild`: the live site keeps answering until the new generation is ready."
            )

    def check_finders(self, models: str) -> None:
        """Raises `RebuildNeededError` when the mentions were found by other models than these (with versions)."""
        made = self.manifest.get("finders", "")
        if made != models:
            raise RebuildNeededError(
                f"{self.path}: names found by {made or 'the rules alone'}, newsdex.yml (index.finders) and what is "
                f"installed say {models or 'the rules alone'}. Put it right, or run `newsdex rebuild`."
            )

    def verify(self) -> list[str]:
        """Every file that is missing or altered, one line each; empty when the generation is whole."""
        faults = []
        for name, entry in self.manifest["files"].items():
            path = self.path / name
            if not path.exists():
                faults.append(f"{path}: missing")
            elif sha256_of(path) != entry["sha256"]:
                faults.append(f"{path}: altered, its checksum is not that of the manifest")
        return faults

    @property
    def bytes(self) -> int:
        return sum(entry["bytes"] for entry in self.manifest["files"].values())
