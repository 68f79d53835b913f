"""A believable invented organisation to try everything with. No real person."""
