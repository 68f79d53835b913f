"""Medians, ratios against the peers and the floor, and the aims beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.load import Figures

Results = defaultdict[tuple[str, str], list[Figures]]
PAGE = Path(__file__).resolve().parents[1] / "docs" / "measurements.md"
BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"
EJABBERD = "ejabberd-postgres"


@dataclass(frozen=True)
class Aim:
    """One ratio (or, without `against`, one figure) and what it must not pass."""

    path: str
    figure: str
    of: str
    against: str
    limit: float
    words: str
    at_least: bool = False


AIMS = (
    Aim("conversation", "cpu", "sqlite", "floor", 2.5, "CPU per message"),
    Aim("conversation", "cpu", "postgres", "floor", 3.3, "CPU per message"),
    Aim("conversation", "cpu", "sqlite", EJABBERD, 0.65, "CPU per message"),
    Aim("conversation", "cpu", "postgres", EJABBERD, 0.85, "CPU per message"),
    Aim("conversation", "cpu", "postgres-valkey", EJABBERD, 1.0, "CPU per message"),
    Aim("conversation", "p99", "sqlite", EJABBERD, 1.0, "delivered, p99"),
    Aim("conversation", "p99", "postgres", EJABBERD, 1.0, "delivered, p99"),
    Aim("conversation", "rate", "sqlite", "ejabberd-sqlite", 5.0, "messages a second", at_least=True),
    Aim("room", "cpu", "sqlite", EJABBERD, 0.4, "CPU per delivery"),
    Aim("room", "cpu", "postgres", EJABBERD, 0.4, "CPU per delivery"),
    Aim("room", "cpu", "sqlite", "floor", 2.0, "CPU per delivery"),
    Aim("room", "p95", "sqlite", EJABBERD, 1.0, "last of 100, p95"),
    Aim("idle", "mib", "sqlite", "", 16.0, "MiB for 1,000 connections"),
    Aim("idle", "cpu", "sqlite", "", 0.1, "CPU s a minute for 1,000 connections"),
    Aim("history", "cpu_ms", "sqlite", EJABBERD, 0.3, "CPU of 50 messages"),
    Aim("history", "cpu_ms", "postgres", EJABBERD, 0.3, "CPU of 50 messages"),
    Aim("page", "cpu_ms", "sqlite", "", 10.0, "CPU ms of a page with 50 messages"),
)


def _medians(results: Results) -> dict[tuple[str, str, str], float]:
    return {
        (system, path, figure): median(each[figure] for each in rounds)
        for (system, path), rounds in results.items()
        for figure in rounds[0]
    }


def table(results: Results, absent: Mapping[str, str]) -> str:
    """Markdown: the ratios with their aims, then every figure they come from."""
    found = _medians(results)
    rounds = max((len(each) for each in results.values()), default=0)
    lines = [f"Medians of {rounds} interleaved rounds on one machine in one sitting (`make bench`).", ""]
    lines += ["| path | measure | of | against | ratio | aim | |", "|---|---|---|---|---|---|---|"]
    lines += [row for aim in AIMS if (row := _aim_row(aim, found))]
    for name, why in absent.items():
        lines += ["", f"Not measured: {name} ({why})."]
    calib = [each["calib"] for all_rounds in results.values() for each in all_rounds]
    if calib:
        lines += ["", f"A fixed piece of work took {min(calib):.2f} to {max(calib):.2f} CPU s meanwhile."]
    for path in sorted({path for _, path in results}):
        lines += ["", *_figures(path, results, found)]
    return "\n".join(lines)


def _aim_row(aim: Aim, found: Mapping[tuple[str, str, str], float]) -> str:
    mine = found.get((aim.of, aim.path, aim.figure))
    theirs = found.get((aim.against, aim.path, aim.figure)) if aim.against else 1.0
    if mine is None or not theirs:
        return ""
    ratio = mine / theirs
    reached = ratio >= aim.limit if aim.at_least else ratio <= aim.limit
    sign, said = ("≥" if aim.at_least else "≤"), "reached" if reached else "**not reached**"
    return f"| {aim.path} | {aim.words} | {aim.of} | {aim.against} | {ratio:.2f} | {sign} {aim.limit:g} | {said} |"


def _figures(path: str, results: Results, found: Mapping[tuple[str, str, str], float]) -> list[str]:
    """One row for each system; each round of the cost in brackets."""
    systems = [system for system, at in results if at == path]
    names = [name for name in results[systems[0], path][0] if name != "calib"]
    first = names[0]
    lines = [f"| {path} | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for system in systems:
        cells = [f"{found[system, path, name]:.3g}" for name in names]
        each = ", ".join(f"{one[first]:.3g}" for one in results[system, path])
        lines.append(f"| {system} | {cells[0]} ({each}) | {' | '.join(cells[1:])} |")
    return lines


def write(drawn: str) -> None:
    """Put it between the two marks, and change nothing else."""
    text = PAGE.read_text(encoding="utf-8")
    if BEGIN not in text:
        text += f"\n## The ratios\n{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{drawn}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
