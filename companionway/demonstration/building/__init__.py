"""Build the invented organisation by the same deeds people would do, at the times they would have done them."""

from companionway.demonstration.building._whole import PASSPHRASE, build

__all__ = ["PASSPHRASE", "build"]
