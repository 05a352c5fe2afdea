"""Colours of stacked bars: told apart by everybody, also by those who see red, green or blue otherwise."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from web.colours import contrast, shipped

# How a colour (linear RGB) looks to people without one kind of cone: Machado, Oliveira, Fernandes 2009, severity 1.
SIGHT = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
# Oklab (Ottosson 2020): distances in it are about as large as they look.
CONES = [
    [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]  # fmt: skip
AXES = [
    [0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
]  # fmt: skip


def seen(colour: str, sight: str) -> np.ndarray:
    """Where a colour lies in Oklab, as it looks."""
    rgb = np.array(list(bytes.fromhex(colour[1:]))) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    looks = np.clip(np.array(SIGHT[sight]) @ linear, 0, 1)
    return np.array(AXES) @ np.cbrt(np.array(CONES) @ looks)


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("sight", list(SIGHT))
def test_parts_of_bars_are_told_apart(scheme: int, sight: str) -> None:
    colours = shipped()[scheme]
    parts = [colours[f"s{number}"] for number in range(1, 7)]
    for one, other in itertools.combinations(parts, 2):
        assert np.linalg.norm(seen(one, sight) - seen(other, sight)) > 0.1, (one, other)
    assert all((contrast(part, colours["paper"]) or 0) >= 3 for part in parts)
