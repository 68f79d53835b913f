"""The demonstration as a world to be hostile to."""

from tests.access.conftest import world as world
