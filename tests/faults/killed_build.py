"""Builds a second generation again and again, and dies by SIGKILL at the 1st, 2nd, 3rd … thing it does to a file.

`python killed_build.py ENGINE BASE DIRECTORY` builds into DIRECTORY/1, DIRECTORY/2 … on top of BASE, each in a process
of its own, until one lives to its end; prints for each how it ended.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from indexer.engines import engine
from tests.archives import batch

TOUCHES = ("os.rename", "os.link", "os.mkdir", "os.remove", "os.truncate", "shutil.copyfile")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def die_at(number: int) -> None:
    """Kill this process right before its `number`th write, rename, link, removal, sync or opening for writing."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in TOUCHES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING):
            count()

    def counted(function):  # type: ignore[no-untyped-def]
        def call(*arguments, **more):  # type: ignore[no-untyped-def]
            count()
            return function(*arguments, **more)

        return call

    for name in ("fsync", "fdatasync", "write", "pwrite", "ftruncate"):
        setattr(os, name, counted(getattr(os, name)))
    sys.addaudithook(hook)


def build(name: str, base: Path, directory: Path) -> None:
    builder = engine(name).builder(directory, base=base)
    builder.add(batch({"id": "a1", "body_en": "new"}, {"id": "b", "body_en": "new", "entity": ["x"], "day": 700_100}))
    builder.delete(["a2"])
    builder.commit()


def main(name: str, base: Path, directory: Path) -> None:
    number = 0
    while True:
        number += 1
        child = os.fork()
        if child == 0:
            die_at(number)
            build(name, base, directory / str(number))
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print("killed" if os.WIFSIGNALED(status) else f"exit {os.waitstatus_to_exitcode(status)}", flush=True)
        if not os.WIFSIGNALED(status):
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
