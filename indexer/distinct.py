"""The distinct values of an array, by sorting.

numpy.unique finds them by hashing, which takes several times as long for few values, and imports numpy's masked arrays.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """The values, rising, each once."""
    rising = np.sort(values)
    new = np.ones(rising.size, bool)
    np.not_equal(rising[1:], rising[:-1], out=new[1:])
    found: NDArray[Any] = rising[new]
    return found
