"""newsdex doctor: is everything in place?"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from corpus.errors import EXIT_FAILED, NewsdexError
from corpus.languages import load_pack
from indexer.archive import Archive
from indexer.commands.common import archive_option, json_option, print_json, size
from indexer.settings import load_settings

_NEEDED = ("Flask", "PyYAML", "langdetect", "PyStemmer", "numpy", "trafilatura", "lxml", "waitress")
_WHOOSHES = ("Whoosh", "whoosh3")
_OTHERS = ("Whoosh-Reloaded",)

Finding = tuple[bool, str]


@click.command("doctor")
@archive_option
@json_option
def command(archive: Archive, as_json: bool) -> int:
    """Look at Python, the libraries, the settings and the archive, and say what to mend."""
    checks: tuple[Callable[[Archive], Iterator[Finding]], ...] = (_python, _libraries, _settings, _archive)
    findings = [finding for check in checks for finding in check(archive)]
    if as_json:
        print_json({"findings": [{"ok": ok, "text": text} for ok, text in findings]})
    else:
        for ok, text in findings:
            click.echo(("ok    " if ok else "mend  ") + text)
    return 0 if all(ok for ok, _ in findings) else EXIT_FAILED


def _python(_: Archive) -> Iterator[Finding]:
    yield sys.version_info >= (3, 11), f"Python {platform.python_version()} (3.11 or newer is needed)"
    yield os.name == "posix", f"{platform.system()} (the writer lock needs a POSIX system)"


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _libraries(_: Archive) -> Iterator[Finding]:
    usable = [name for name in _WHOOSHES if _version(name)]
    for name in (*(usable or _WHOOSHES[:1]), *_NEEDED):
        version = _version(name)
        yield version is not None, f"{name} {version or 'is missing: pip install newsdex again'}"
    installed = [name for name in (*_WHOOSHES, *_OTHERS) if _version(name)]
    if len(installed) > 1:
        yield False, f"{' and '.join(installed)} install the same package; uninstall all but one"


def _settings(archive: Archive) -> Iterator[Finding]:
    try:
        settings = load_settings(archive.path)
    except NewsdexError as error:
        yield False, str(error)
        return
    yield True, f"settings of {archive.path} are in order"
    yield from _packs(settings.languages_dir)
    yield from _finders(settings.index.finders)
    for source in settings.sources:
        path = archive.path / source.path
        yield path.exists(), f"source {path}" + ("" if path.exists() else ": not there; mend newsdex.yml")


def _finders(chosen: Mapping[str, str]) -> Iterator[Finding]:
    """Each model that is to find names, loaded as indexing would load it."""
    from indexer.knowledge.models import check_model, made_with, tagger

    for language, choice in chosen.items():
        try:
            check_model(language, choice)
            tagger(choice)
            yield True, f"names in {language} by {made_with({language: choice}).partition(':')[2]}"
        except NewsdexError as error:
            yield False, str(error)


def _packs(directory: str | None) -> Iterator[Finding]:
    """Each language pack of the owner's own, read as indexing would read it."""
    for path in sorted(Path(directory).glob("*.yaml")) if directory else ():
        try:
            yield True, f"language pack {path} ({load_pack(path).name}) is in order"
        except NewsdexError as error:
            yield False, str(error)


def _archive(archive: Archive) -> Iterator[Finding]:
    try:
        generation = archive.current()
        generation.check_sizes()
        from indexer.analysis import analyser_version

        generation.check_analyser(analyser_version())
        count = generation.manifest.get("articles")
        yield True, f"generation {generation.number} holds {count} articles ({size(generation.bytes)})"
    except NewsdexError as error:
        yield False, str(error)
        return
    free = shutil.disk_usage(archive.path).free
    enough = free > 2 * generation.bytes
    yield enough, f"{size(free)} free on the disk" + ("" if enough else ", too little for a rebuild")
    writable = os.access(Path(archive.path), os.W_OK)
    yield writable, f"{archive.path} is {'writable' if writable else 'not writable: index and rebuild will fail'}"
