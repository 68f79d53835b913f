"""The readable data files, and moments counted back from today."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data"


def read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def ago(now: datetime, days: float, hour: int | None = None, minute: int = 0) -> datetime:
    """`days` before now, at `hour` if given; never later than a minute before now."""
    moment = now - timedelta(days=days)
    if hour is not None:
        moment = moment.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return min(moment, now - timedelta(minutes=1))
