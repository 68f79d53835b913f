"""What a private feed may show."""

from __future__ import annotations

# Never more than a person can look after.
MOST_FEEDS = 10
# A calendar asks again after so long; they may ask earlier.
ASK_AGAIN_HOURS = 6
