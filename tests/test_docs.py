"""What is not documented does not exist: commands, settings, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import click
import pytest

from indexer.cli import COMMANDS, cli
from indexer.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


def setting_names(kind: type[Any], prefix: str = "") -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = hints[field.name]
        if is_dataclass(hint):
            yield from setting_names(hint, f"{prefix}{field.name}.")  # type: ignore[arg-type]
        else:
            yield prefix + field.name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_has_help(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "README.md").read_text(encoding="utf-8")
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.help
    undocumented = [p.name for p in command.params if p.param_type_name == "option" and not getattr(p, "help", None)]
    assert undocumented == []


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "howto" / "settings.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([a-z0-9_.]+)` \|", page, re.MULTILINE))
    assert rows == set(setting_names(Settings))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", text)
    missing = [t for t in targets if "://" not in t and not t.startswith("mailto:") and not (page.parent / t).exists()]
    assert missing == []


def test_the_shell_lines_of_the_readme_name_real_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|bin/)newsdex ([a-z]+)", text))
    assert named <= set(COMMANDS)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make ([a-z-]+)", text, re.MULTILINE):
        assert f"\n{target}:" in makefile


def commands_of(page: Path) -> Iterator[list[str]]:
    """The words behind `newsdex` of every shell line in the fenced blocks and indented lines of a page."""
    fenced = False
    for line in page.read_text(encoding="utf-8").splitlines():
        fenced ^= line.startswith("```")
        match = re.match(r"(?:\S*bin/|.*[=\s]\S*bin/|)newsdex ([a-z].*)", line.strip())
        if match and (fenced or line.startswith("    ")):
            yield shlex.split(match.group(1).partition("  #")[0].partition(" >")[0], comments=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_commands_and_options_that_pages_name_are_there(page: Path) -> None:
    for words in commands_of(page):
        command: click.Command = cli
        context = click.Context(cli)
        while words and isinstance(command, click.Group):
            found = command.get_command(context, words[0])
            assert found is not None, f"{page.name}: newsdex {' '.join(words)}"
            command, words = found, words[1:]
        options = {option for parameter in command.params for option in parameter.opts}
        named = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert named <= options, f"{page.name}: {command.name} has no {', '.join(named - options)}"


def test_the_guide_for_librarians_names_every_command_that_keeps_an_archive() -> None:
    named = {words[0] for words in commands_of(ROOT / "docs" / "howto" / "librarians.md")}
    assert set(COMMANDS) - {"demo", "search", "show", "watch"} <= named
