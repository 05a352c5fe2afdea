"""Take the pictures under docs/screenshots/ in Debian's Chromium, over the demo archive: `make screenshots`."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import threading
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from indexer.archive import Archive
from indexer.pipeline import update
from indexer.search import ArchiveSearch
from indexer.settings import Settings
from web import create_app
from web.server import make_server

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "screenshots"
HEIGHTS = {1280: 960, 380: 780}


@dataclass(frozen=True)
class Shot:
    """A picture: `path` of the page, what to click or press before, and how it is looked at."""

    name: str
    path: str
    widths: tuple[int, ...] = (1280, 380)
    dark: bool = False
    click: str = ""
    keys: tuple[str, ...] = ()
    whole: bool = False


SHOTS = (
    Shot("search", "/?q=minister&stack=language"),
    Shot("home", "/"),
    Shot("dark", "/?q=minister&language=de&language=pl&-source=Elbspiegel", dark=True),
    Shot("article", "{article}"),
    Shot("article-dark", "{article}", dark=True, widths=(1280,)),
    Shot("context", "/?q=minister&view=kwic"),
    Shot("lines", "/?q=minister+Berlin&any=1&view=kwic&lines=after", widths=(1280,)),
    Shot("versions", "{versions}", widths=(1280,)),
    Shot("understood", "/?q=minister+Berlin&any=1", click=".understood summary", widths=(1280,)),
    Shot("filters", "/?q=minister&language=de", click="[data-open]", widths=(380,)),
    Shot("preview", "/?q=minister&sort=newest", keys=("j", "j", "x"), widths=(1280,)),
    Shot("stories", "/?q=minister&unit=stories&stack=category&compare=Berlin", widths=(1280,)),
    Shot("names", "/facet/entity?order=label"),
    Shot("entity", "{entity}"),
    Shot("timeline", "/?q=minister", widths=(380,), click="[data-fold=timeline]"),
    Shot("nothing", "/?q=minister+harbor&language=de&from=2024"),
    Shot("arabic", "/?language=ar"),
    Shot("chinese", "/?q=%E9%83%A8%E9%95%BF&ui=zh"),
    Shot("polish", "/?q=minister&ui=pl&from=2023-04", widths=(380,)),
    Shot("russian", "/?q=%D0%BC%D0%B8%D0%BD%D0%B8%D1%81%D1%82%D1%80&ui=ru"),
    Shot("frame", "/embed?q=minister&ui=de", widths=(380,)),
)


def take(browser: Browser, site: str, shot: Shot, known: dict[str, str]) -> None:
    """The picture at each of its widths."""
    for width in shot.widths:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]}, locale="en-GB", reduced_motion="reduce",
            color_scheme="dark" if shot.dark else "light", has_touch=width < 600,
        )  # fmt: skip
        page = context.new_page()
        page.goto(site + shot.path.format(**known))
        if shot.click:
            page.locator(shot.click).click()
        for key in shot.keys:
            page.keyboard.press(key)
        page.wait_for_timeout(250)
        page.screenshot(path=str(PICTURES / f"{shot.name}-{width}.png"), full_page=shot.whole)
        context.close()


def asked(site: str, query: str) -> dict[str, Any]:
    """What the API answers."""
    with urllib.request.urlopen(f"{site}/api/v1/search?{query}") as answer:  # noqa: S310
        return dict(json.load(answer))


def known_addresses(site: str) -> dict[str, str]:
    """Addresses that depend on the archive."""
    found = asked(site, "q=minister&source=MERA&language=de&facet_limit=40")
    person = next(value for value in found["facets"]["entity"] if value["type"] == "person")
    earlier, later = (hit["id"] for hit in asked(site, "q=Miranowicz+Oberhofie&language=pl&sort=oldest")["hits"][:2])
    return {
        "article": f"/article/{found['hits'][0]['id']}?q=minister&source=MERA&language=de&pos=1",
        "entity": f"/entity/{person['value']}",
        "versions": f"/article/{earlier}/diff/{later}",
    }


def main() -> int:
    """Build the demo archive in a temporary directory, serve it, and take every picture (or those named)."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("no chromium here: apt-get install chromium\n")
        return 1
    PICTURES.mkdir(exist_ok=True)
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as driver:
        archive = Archive(Path(directory))
        piles = sorted(str(path) for path in (ROOT / "corpus" / "samples").iterdir() if path.is_dir())
        update(archive, piles, Settings())
        server = make_server(create_app(ArchiveSearch(archive, Settings()), Settings()), "127.0.0.1", 0, Settings())
        threading.Thread(target=server.run, daemon=True).start()
        site = f"http://127.0.0.1:{server.effective_port}"
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        known = known_addresses(site)
        for shot in SHOTS:
            if not wanted or shot.name in wanted:
                take(browser, site, shot, known)
        browser.close()
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
