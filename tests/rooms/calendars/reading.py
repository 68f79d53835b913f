"""Other people's readers of calendars, asked what they found in ours."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import recurring_ical_events
from icalendar import Calendar

Found = list[tuple[datetime, str]]
CLIENTS = Path(__file__).resolve().parents[2] / "clients"


def by_library(content: bytes, since: datetime, until: datetime) -> Found:
    """recurring-ical-events, with the calendar's own VTIMEZONE and not the machine's."""
    events = recurring_ical_events.of(Calendar.from_ical(content)).between(since, until)
    found = [(each["DTSTART"].dt.astimezone(UTC), str(each.get("STATUS"))) for each in events]
    return sorted(each for each in found if since <= each[0] < until)


_names = count()


def with_own_zone(content: bytes, name: str) -> bytes:
    """Rename the zone, each time anew (the library remembers names): no reader knows it, so it reads the VTIMEZONE."""
    own = f"Own{next(_names)}"
    return content.replace(f"TZID:{name}".encode(), f"TZID:{own}".encode()).replace(
        f"TZID={name}".encode(), f"TZID={own}".encode()
    )


def by_ical_js(contents: Iterable[bytes], since: datetime, until: datetime) -> list[Found]:
    """ical.js, in one process for all of these calendars; a calendar that it cannot read fails the test."""
    answers = ask_ical_js(contents, since, until)
    assert not [each["fault"] for each in answers if "fault" in each]
    return [
        [(datetime.fromtimestamp(at, UTC), state) for at, state, *_also in each["found"]] for each in answers
    ]


def ask_ical_js(contents: Iterable[bytes], since: datetime, until: datetime) -> list[Any]:
    """Its own answers, faults among them. Where it is not installed the test fails, and says what to do."""
    node = shutil.which("node")
    assert node and (CLIENTS / "node_modules" / "ical.js").is_dir(), (
        "ical.js is missing: make tests/clients/node_modules"
    )
    window = {"since": since.timestamp(), "until": until.timestamp()}
    asked = [{"content": each.decode("utf-8", "replace"), **window} for each in contents]
    done = subprocess.run(
        [node, "occurrences.mjs"], cwd=CLIENTS, input=json.dumps(asked), env={"TZ": "Pacific/Chatham", "PATH": ""},
        capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


def by_khal(folder: Path, since: datetime, until: datetime) -> set[tuple[str, datetime]]:
    """khal, with a home of its own: titles (of one word) and instants, as `khal list` says them."""
    home = folder.parent / f"home{next(_names)}"
    home.mkdir()
    config = home / "khal.conf"
    config.write_text(
        f"[calendars]\n[[ours]]\npath = {folder}\nreadonly = True\n[sqlite]\npath = {home / 'khal.db'}\n"
        "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    said = run(
        "khal", "-c", str(config), "list", "--day-format", "", "--format", "{title} {start-long-full}",
        f"{since:%Y-%m-%d}", f"{until - timedelta(days=1):%Y-%m-%d}", home=home,
    )  # fmt: skip
    found = set()
    for line in filter(None, map(str.strip, said.splitlines())):
        title, _space, moment = line.partition(" ")
        found.add((title, datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)))
    return {each for each in found if since <= each[1] < until}


def by_vdirsyncer(url: str, folder: Path) -> Path:
    """vdirsyncer fetches the feed over HTTP into a folder of files; returns the folder."""
    target, home = folder / "synced", folder / "vhome"
    target.mkdir(parents=True)
    home.mkdir()
    config = home / "config"
    config.write_text(
        f'[general]\nstatus_path = "{home / "status"}"\n'
        '[pair ours]\na = "feed"\nb = "files"\ncollections = null\n'
        f'[storage feed]\ntype = "http"\nurl = "{url}"\n'
        f'[storage files]\ntype = "filesystem"\npath = "{target}"\nfileext = ".ics"\n'
    )
    for deed in ("discover", "sync"):
        run("vdirsyncer", "-c", str(config), deed, home=home)
    return target


def split(content: bytes, folder: Path) -> None:
    """One file for each UID, as calendar folders are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = Calendar.from_ical(content)
    by_uid: dict[str, list[Any]] = {}
    for event in whole.walk("VEVENT"):
        by_uid.setdefault(str(event["UID"]), []).append(event)
    for number, events in enumerate(by_uid.values()):
        one = Calendar()
        one.add("PRODID", "-//test//")
        one.add("VERSION", "2.0")
        for part in [*whole.walk("VTIMEZONE"), *events]:
            one.add_component(part)
        (folder / f"{next(_names)}-{number}.ics").write_bytes(one.to_ical())


def run(program: str, *said: str, home: Path) -> str:
    path = Path(sys.executable).parent / program
    env = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC",
           "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home)}  # fmt: skip
    done = subprocess.run(
        [str(path), *said], env=env, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
