"""What a clone receives: no secret, no path of somebody's machine, and locks that anybody can install."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.files import ROOT, kept_in_git, shown, text_of

# Written in two halves, so that this file does not find itself.
PLACES = ["/" + "work/", "/tmp/" + "brief", "/ro" + "ot/", r"/ho" + r"me/[a-z]+/", r"\.\./" + "shared"]
MACHINE = re.compile("|".join(PLACES))
SECRETS = {
    "a private key": re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
    "a cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "an access key": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[bap]-[0-9A-Za-z-]{20,}"),
    "a secret in a setting": re.compile(
        r"""(?i)\b(?:secret_key|api_key|password|token)\b["']?\s*[:=]\s*["'][A-Za-z0-9+/_\-]{32,}["']"""
    ),
}
LOCKS = [ROOT / "requirements" / "run.txt", ROOT / "requirements" / "dev.txt"]
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.M)


def machine_paths(path: Path) -> list[str]:
    return [f"{shown(path)}: {found.group()}" for found in MACHINE.finditer(text_of(path))]


def secrets_in(path: Path) -> list[str]:
    text = text_of(path)
    return [f"{shown(path)}: {name}" for name, pattern in SECRETS.items() if pattern.search(text)]


def pinned(lock: Path) -> dict[str, str]:
    return dict(PINNED.findall(lock.read_text()))


def lock_faults(lock: Path) -> list[str]:
    """Lines that only work on one machine, and pins without a hash."""
    text = lock.read_text()
    entries = re.split(r"\n(?=\S)", text)
    unhashed = [each.split(" ")[0] for each in entries if PINNED.match(each) and "--hash=sha256:" not in each]
    return unhashed + re.findall(r"^.*(?:file:|https?:|--index|--extra|--find|--trusted|@ ).*$", text, re.M)


def test_no_path_of_a_machine_is_kept() -> None:
    assert [fault for path in kept_in_git() for fault in machine_paths(path)] == []


def test_no_secret_is_kept() -> None:
    assert [fault for path in kept_in_git() for fault in secrets_in(path)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_install_anywhere(lock: Path) -> None:
    assert lock_faults(lock) == []


def test_both_locks_agree() -> None:
    run, dev = (pinned(lock) for lock in LOCKS)
    assert {name: dev.get(name) for name in run} == run


def test_locks_follow_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    run = [*project["project"]["dependencies"], *groups["build"]]
    for lock, wanted in zip(LOCKS, (run, run + groups["dev"]), strict=True):
        pins = pinned(lock)
        stale = [
            line
            for line in wanted
            if (name := canonicalize_name((need := Requirement(line)).name)) not in pins
            or not need.specifier.contains(pins[name], prereleases=True)
        ]
        assert stale == [], f"{lock.name} is behind pyproject.toml: make lock"


def test_each_fault_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(
        f"see {PLACES[0]}main\nSECRET_KEY = '" + "a1" * 20 + "'\nnumpy==2.0\n--index-url https://x\n"
    )
    assert machine_paths(path)
    assert secrets_in(path)
    assert len(lock_faults(path)) == 2
