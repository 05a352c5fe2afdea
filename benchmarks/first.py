"""The shortest way from starting Python to one answer; without arguments to nothing, which is what is taken off."""

from __future__ import annotations

import sys
from pathlib import Path

if len(sys.argv) > 1:
    from benchmarks.asked import Asked
    from benchmarks.peers import peer

    name, word, directory = sys.argv[1:4]
    if not peer(name).open(Path(directory))["term"](Asked((word,))):
        sys.exit("no hits")
