"""What the first pages show, gathered from the rooms below."""

from companionway.home.queries._home import home_of
from companionway.home.queries._public import health, welcome

__all__ = ["health", "home_of", "welcome"]
