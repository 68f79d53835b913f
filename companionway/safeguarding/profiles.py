"""What the law of a country asks, as data (`duties/*.toml`). No lawyer has checked any of it: each entry says so."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "duties"
KEPT, ON_REQUEST = "kept", "on_request"


class BadProfile(Exception):
    """The file does not say what it has to."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `is_sure` is how sure the writer of the file was; it is verified only when a lead ticks it."""

    key: str
    title: str
    says: str
    who: str
    source: str
    where: str
    is_sure: bool

    @property
    def digest(self) -> str:
        said = "\0".join((self.key, self.title, self.says, self.who, self.source, self.where))
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Profile:
    """The duties of one country, and what its law lets happen when somebody deletes everything."""

    country: str
    name: str
    duties: tuple[Duty, ...]
    erasure: str
    erasure_reason: str
    erasure_source: str


@cache
def available(folder: Path = FOLDER) -> dict[str, Profile]:
    found = {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}
    return dict(sorted(found.items(), key=lambda each: each[1].name))


def duty_of(country: str, key: str) -> Duty | None:
    profile = available().get(country)
    return next((duty for duty in profile.duties if duty.key == key), None) if profile else None


def chosen(countries: list[str]) -> list[Profile]:
    return [profile for country, profile in available().items() if country in countries]


def may_erase(countries: list[str]) -> bool:
    """Only when every profile the organisation chose lets it; without a choice nothing is destroyed."""
    profiles = chosen(countries)
    return bool(profiles) and all(each.erasure == ON_REQUEST for each in profiles)


def _read(path: Path) -> Profile:
    with path.open("rb") as file:
        data = tomllib.load(file)
    try:
        duties = tuple(_duty(row) for row in data["duty"])
        keeping = data["keeping"]
        profile = Profile(
            path.stem, data["name"], duties, keeping["erasure"], keeping["reason"], keeping["source"]
        )
        unverified = [data["keeping"]["verified"], *(row["verified"] for row in data["duty"])]
    except KeyError as missing:
        raise BadProfile(f"{path.name}: {missing} is missing") from missing
    if any(each is not False for each in unverified):
        raise BadProfile(f"{path.name}: only an organisation verifies, in its own service")
    if profile.erasure not in (KEPT, ON_REQUEST) or len({duty.key for duty in duties}) < len(duties):
        raise BadProfile(f"{path.name}: erasure is kept or on_request, and each key is used once")
    return profile


def _duty(row: dict[str, Any]) -> Duty:
    return Duty(
        row["key"], row["title"], row["says"], row["who"], row["source"], row["where"], bool(row["sure"])
    )
