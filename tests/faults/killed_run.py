"""Runs `newsdex` again and again, and dies by SIGKILL at the 1st, 1+STEPth … thing that it does to a file.

`python killed_run.py STEP ARGUMENTS…` runs the command each time in a process of its own, until one lives to its end;
prints for each how it ended, and what CURRENT of the archive (the last argument) then says.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import indexer.commands.index  # loaded before the fork, so that a run is not mostly imports
import indexer.commands.rebuild  # noqa: F401
from indexer.cli import main
from tests.faults.killed_build import die_at


def run(step: int, arguments: list[str]) -> None:
    number = 1
    while True:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            die_at(number)
            os._exit(main(arguments))
        status = os.waitpid(child, 0)[1]
        ended = "killed" if os.WIFSIGNALED(status) else f"exit {os.waitstatus_to_exitcode(status)}"
        print(ended, (Path(arguments[-1]) / "CURRENT").read_text().strip(), flush=True)
        if not os.WIFSIGNALED(status):
            return
        number += step


if __name__ == "__main__":
    run(int(sys.argv[1]), sys.argv[2:])
