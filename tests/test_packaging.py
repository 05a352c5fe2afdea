"""The wheel: all that the program reads is in it, and it works away from the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "indexer", "web")
BUILT_FROM = (*PACKAGES, "setup.cfg", "pyproject.toml", "README.md", "LICENSE", "MANIFEST.in", "setup.py")
NOT_SHIPPED = ("__pycache__", ".pyc")


def shipped(name: str) -> bool:
    return not any(part in name for part in NOT_SHIPPED)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the tree, without the network."""
    for needed in ("setuptools", "wheel", "pip"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed here: the wheel cannot be built")
    made = tmp_path_factory.mktemp("wheel")
    tree = made / "tree"
    tree.mkdir()
    for name in BUILT_FROM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, tree / name)
    line = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", made, tree]
    ran = subprocess.run(line, capture_output=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    return next(made.glob("newsdex-*.whl"))


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        have = set(archive.namelist())
    want = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and shipped(path.as_posix())
    }
    assert sorted(want - have) == []
    assert any(name.endswith(".mo") for name in have)
    for prefix in ("corpus/languages/", "corpus/samples/", "web/templates/", "web/static/", "indexer/knowledge/"):
        assert any(name.startswith(prefix) for name in have), prefix
    others = {name.partition("/")[0] for name in have} - set(PACKAGES)
    assert all(name.endswith(".dist-info") for name in others), "tests and benchmarks stay at home"


def test_the_wheel_makes_and_searches_the_demo_archive(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}

    def newsdex(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        line = [sys.executable, "-m", "indexer", *arguments]
        return subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, timeout=120, check=False)

    made = newsdex("demo", "--no-serve", "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["added"] >= 140
    found = newsdex("search", "Minsk", "--archive", "newsdex-demo", "--json")
    assert json.loads(found.stdout)["total"] > 10
    page = "from indexer.search import ArchiveSearch; from indexer.archive import Archive; from web import create_app\n"
    page += "search = ArchiveSearch(Archive('newsdex-demo'))\n"
    page += "client = create_app(search, search.settings).test_client()\n"
    page += "answer = client.get('/?q=Minsk', headers={'Accept-Language': 'de'})\n"
    page += "print(answer.status_code, 'Suche' in answer.text, __import__('web').__file__)"
    served = subprocess.run(
        [sys.executable, "-c", page], cwd=tmp_path, env=environment, capture_output=True, timeout=120, check=False
    )
    assert served.stdout.startswith(b"200 True " + os.fsencode(tmp_path)), served.stderr
