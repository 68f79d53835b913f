"""The hazard log as it is written (`docs/safety/hazards.toml`), with levels by the 5 x 5 matrix of DCB0129."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

LOG: Final = Path(__file__).resolve().parents[2] / "docs" / "safety" / "hazards.toml"
# Rows: likelihood 1 to 5. Columns: severity 1 to 5. From the clinical risk matrix published with DCB0129.
MATRIX: Final = (
    (1, 1, 2, 2, 3),
    (1, 2, 2, 3, 4),
    (2, 2, 3, 3, 4),
    (2, 3, 3, 4, 5),
    (3, 4, 4, 5, 5),
)
WORST_ACCEPTED: Final = 3


@dataclass(frozen=True, slots=True)
class Risk:
    """Two judgements from 1 to 5. Raises IndexError beyond them."""

    likelihood: int
    severity: int

    @property
    def level(self) -> int:
        if self.likelihood < 1 or self.severity < 1:
            raise IndexError((self.likelihood, self.severity))
        return MATRIX[self.likelihood - 1][self.severity - 1]


@dataclass(frozen=True, slots=True)
class Control:
    says: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hazard:
    """What can hurt somebody. `open` says what is still missing, or is empty."""

    id: str
    title: str
    harm: str
    causes: tuple[str, ...]
    controls: tuple[Control, ...]
    initial: Risk
    residual: Risk
    open: str

    @property
    def tests(self) -> list[str]:
        return [test for control in self.controls for test in control.tests]

    @property
    def is_acceptable(self) -> bool:
        return self.residual.level <= WORST_ACCEPTED


@cache
def read(path: Path = LOG) -> tuple[Hazard, ...]:
    """Every hazard in the order of the file; none where the service was installed without it."""
    if not path.exists():
        return ()
    with path.open("rb") as file:
        return tuple(_hazard(row) for row in tomllib.load(file)["hazard"])


def _hazard(row: dict[str, Any]) -> Hazard:
    return Hazard(
        row["id"],
        row["title"],
        row["harm"],
        tuple(row["causes"]),
        tuple(Control(each["says"], tuple(each["tests"])) for each in row.get("control", ())),
        Risk(**row["initial"]),
        Risk(**row["residual"]),
        row.get("open", ""),
    )
