"""Coverage-guided fuzzing of every reader: `python tests/corpus/readers/fuzz.py --seconds 300`, part of `make soak`.

atheris (the extra `soak`) changes the golden inputs and watches which lines of the readers a change reaches. An input
that makes a reader raise, say nothing of a file, or take longer than 25 seconds is kept under build/soak/.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import warnings
from pathlib import Path

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
KEPT = ROOT / "build" / "soak"
SUFFIXES = (".txt", ".jsonl", ".json", ".html", ".xml", ".rss", ".atom", ".csv", ".tsv", ".warc", ".warc.gz", ".zip",
            ".tar.xz", ".gz", ".bz2", ".zst", ".eml", ".mbox", ".mhtml", ".pdf", ".iptc", ".sgm", ".md",
            "")  # fmt: skip
"""The first byte of an input picks its suffix, so that the fuzzer may try any reader on any bytes."""
LONGEST = 65_536


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=300, help="how long to go on (default: 300)")
    options = parser.parse_args()
    try:
        import atheris
    except ImportError as error:
        print(f"fuzzing skipped: atheris cannot be imported here ({error}); pip install -e '.[soak]'")
        return
    sys.path.insert(0, str(ROOT))
    warnings.simplefilter("ignore")
    with atheris.instrument_imports(include=["corpus"]):
        from corpus.article import Article
        from corpus.readers import UNFORESEEN, read_file

    with tempfile.TemporaryDirectory(prefix="newsdex-soak-") as room:
        seeds, found = Path(room, "seeds"), Path(room, "found")
        for folder in (seeds, found, KEPT):
            folder.mkdir(parents=True, exist_ok=True)
        count = sow(seeds)

        def one_input(data: bytes) -> None:
            if not data:
                return
            path = Path(room, f"input{SUFFIXES[data[0] % len(SUFFIXES)]}")
            path.write_bytes(data[1:])
            items = list(read_file(path))
            assert items, "nothing was said of the file"
            for item in items:
                json.dumps(item.as_json(), ensure_ascii=False).encode("utf-8")
                assert isinstance(item, Article) or UNFORESEEN not in item.reason, item

        print(f"fuzzing {len(SUFFIXES)} kinds of files from {count} seeds for {options.seconds} s")
        bounds = [f"-max_total_time={options.seconds}", "-timeout=25", "-rss_limit_mb=4096", f"-max_len={LONGEST}"]
        quiet = ["-print_final_stats=1", "-verbosity=1", f"-artifact_prefix={KEPT}/"]
        atheris.Setup([sys.argv[0], *bounds, *quiet, str(found), str(seeds)], one_input)
        atheris.Fuzz()


def sow(seeds: Path) -> int:
    """Every golden input with the number of its suffix before it; their count."""
    count = 0
    for path in sorted(GOLDEN.glob("*/*")):
        expectation = path.suffix == ".json" and not path.name.endswith(".in.json")
        if not path.is_file() or expectation or path.suffix in (".yaml", ".py"):
            continue
        kinds = [number for number, suffix in enumerate(SUFFIXES) if suffix and path.name.endswith(suffix)]
        number = max(kinds, key=lambda one: len(SUFFIXES[one]), default=len(SUFFIXES) - 1)
        (seeds / f"{path.parent.name}-{path.name}").write_bytes(bytes([number]) + path.read_bytes())
        count += 1
    return count


if __name__ == "__main__":
    main()
