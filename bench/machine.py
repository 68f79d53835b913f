"""What the machine says of a process tree (Linux): CPU seconds, memory; and how fast the machine itself is just now."""

from __future__ import annotations

import hashlib
import os
import resource
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name; empty when the process is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return []


def tree(roots: Iterable[int]) -> set[int]:
    """These processes and everything they started."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, ahead = set[int](), list(roots)
    while ahead:
        pid = ahead.pop()
        if pid not in found and _stat(pid):
            found.add(pid)
            ahead += children.get(pid, [])
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """User and system time of the trees, ended children included."""
    return sum(sum(map(int, _stat(pid)[11:15])) for pid in tree(roots)) / TICKS


def memory_mib(roots: Iterable[int]) -> float:
    """Proportional set size: what several processes share is counted once."""
    total = 0
    for pid in tree(roots):
        try:
            lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def calibrate() -> float:
    """CPU seconds of a fixed piece of work: it rises when neighbours slow every instruction down."""
    began, block = time.process_time(), b"x" * 1024
    for _ in range(60_000):
        hashlib.sha256(block).digest()
    total = 0
    for number in range(1_000_000):
        total += number
    return time.process_time() - began


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answered on port {port}")


def end(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None and process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def allow_many_files() -> None:
    """A thousand connections on either side need more than the usual limit."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65_536), most))
