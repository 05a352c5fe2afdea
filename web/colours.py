"""The house's colours: those of the settings that are colours, and whether what they show can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

STYLES = Path(__file__).parent / "static" / "newsdex.css"
PAIRS = (
    ("ink", "paper", 4.5),
    ("ink", "sheet", 4.5),
    ("soft", "paper", 4.5),
    ("accent", "paper", 4.5),
    ("button-ink", "button", 4.5),
    ("mark-ink", "mark", 4.5),
    ("bar", "paper", 3.0),
)
"""(foreground, ground, least contrast): text and drawings of WCAG 2.2, success criteria 1.4.3 and 1.4.11."""

SCHEMES = {"light": "not (prefers-color-scheme:dark)", "dark": "(prefers-color-scheme:dark)"}
"""Colours for light windows would make dark ones unreadable, were they not kept to their own."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|[A-Za-z]+|(?:rgb|hsl|oklch|oklab)a?\([0-9.,%/ a-z+-]*\)")
_PROPERTY = re.compile(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{3,6})\b")


def chosen(colours: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The settings' colours for light and for dark windows (`dark_…`); what is no colour is left out."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for name, value in colours.items():
        bare = name.removeprefix("--").replace("_", "-")
        kept = dark if bare.startswith("dark-") else light
        bare = bare.removeprefix("dark-")
        if _NAME.fullmatch(bare) and _COLOUR.fullmatch(value.strip()):
            kept[bare] = value.strip()
    return light, dark


def sheet(colours: Mapping[str, str], scheme: str = "") -> str:
    """The style sheet of the settings' colours; with `scheme` (one of `SCHEMES`) every window shows that one."""
    if scheme in SCHEMES:
        at = list(SCHEMES).index(scheme)
        return f":root{{color-scheme:{scheme};{_declared({**shipped()[at], **chosen(colours)[at]})}}}"
    rules = zip(SCHEMES.values(), chosen(colours), strict=True)
    return "\n".join(f"@media {media}{{:root{{{_declared(own)}}}}}" for media, own in rules if own)


def _declared(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items())


def unreadable(colours: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each pair that the settings leave with too little contrast, of colours written as `#rrggbb`."""
    if not colours:
        return
    for scheme, own, given in zip(SCHEMES, chosen(colours), shipped(), strict=True):
        used = {**given, **own}
        for ink, ground, least in PAIRS:
            if not own.keys() & {ink, ground}:
                continue
            found = contrast(used.get(ink, ""), used.get(ground, ""))
            if found is not None and found < least:
                yield (
                    f"web.colours: {ink} {used[ink]} on {ground} {used[ground]} has a contrast of {found:.1f} : 1 in "
                    f"{scheme} windows; {least:g} : 1 can be read by most people"
                )


def contrast(one: str, other: str) -> float | None:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"); None when either is no `#rgb` or `#rrggbb`."""
    lights = [_luminance(colour) for colour in (one, other)]
    if None in lights:
        return None
    low, high = sorted(light for light in lights if light is not None)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float | None:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", digits) or not colour.startswith("#"):
        return None
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def shipped() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of the style sheet, for light and for dark windows."""
    light, dark, *_ = re.findall(r":root \{(.*?)\}", STYLES.read_text("utf-8"), re.S)
    return dict(_PROPERTY.findall(light)), {**dict(_PROPERTY.findall(light)), **dict(_PROPERTY.findall(dark))}
