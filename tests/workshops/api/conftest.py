"""What the tests of this door may ask for."""

import pytest

from tests.api_scene import scene, then
from tests.workshops.api.rows import everything

__all__ = ["scene", "then"]


@pytest.fixture
def public_rows(db: None) -> None:
    """One row of every public noun."""
    everything()
