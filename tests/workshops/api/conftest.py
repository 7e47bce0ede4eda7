"""What the tests of this door may ask for."""

from tests.api_scene import scene, then

__all__ = ["scene", "then"]
