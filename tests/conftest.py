"""Fixtures that several rooms use."""

from __future__ import annotations

import pytest
from hypothesis import settings

from indexer.engines import NAMES
from indexer.engines import engine as engine_named
from indexer.engines.base import Engine

settings.register_profile("suite", deadline=None)  # a slow machine fails no test
settings.load_profile("suite")
settings.register_profile("soak", max_examples=1000, deadline=None)  # `make soak`


@pytest.fixture(scope="session", params=NAMES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every engine in turn; one that cannot be imported here is skipped with the reason."""
    try:
        return engine_named(request.param)
    except ImportError as error:
        pytest.skip(f"engine {request.param}: {error}")
