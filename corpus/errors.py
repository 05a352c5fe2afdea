"""Every error that newsdex raises on purpose.

    NewsdexError                 exit 1   something failed, and the message says what to do
    ├── UsageError               exit 2   the command or request was put wrongly
    │   └── QueryLimitError      exit 2   a request beyond the bounds set in the settings
    ├── ConfigurationError       exit 3   newsdex.yml, a language pack or an authority file is wrong
    ├── DamagedArchiveError      exit 4   a file of the archive is missing, cut short or altered
    │   └── RebuildNeededError   exit 4   the archive was built by another analyser version
    └── LockedError              exit 5   another process writes to this archive

Bad input is no exception but a `corpus.article.Rejection`: it is written to the ledger, the rest is read, and the
run ends with `EXIT_REJECTED`.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_CONFIGURATION = 3
EXIT_DAMAGED = 4
EXIT_LOCKED = 5
EXIT_REJECTED = 6
EXIT_INTERRUPTED = 130


class NewsdexError(Exception):
    """The root: a message for people that names the place and the remedy, and the exit code of the command line."""

    exit_code = EXIT_FAILED


class UsageError(NewsdexError):
    """A command or request that cannot be understood."""

    exit_code = EXIT_USAGE


class QueryLimitError(UsageError):
    """A request beyond the bounds that the settings set on cost."""


class ConfigurationError(NewsdexError):
    """One or more faults in a file that people keep; the message has one `file:line:column: fault` a line."""

    exit_code = EXIT_CONFIGURATION


class DamagedArchiveError(NewsdexError):
    """A file of the archive is missing, cut short or altered; the message names it and the command that repairs it."""

    exit_code = EXIT_DAMAGED


class RebuildNeededError(DamagedArchiveError):
    """The generation was analysed by another version; `newsdex rebuild` makes a new one."""


class LockedError(NewsdexError):
    """Another process holds the archive's writer lock."""

    exit_code = EXIT_LOCKED
