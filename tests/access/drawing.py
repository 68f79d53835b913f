"""Draw what the walk met as a table people can read: one row an address, one column an actor."""

from __future__ import annotations

from pathlib import Path

from tests.access.walking import ABSENT, AWAY, FORM_ONLY, IN, SIGN_IN, Walk
from tests.access.world import ACTORS, NOBODY, Both

TABLE = Path(__file__).parents[2] / "docs" / "generated" / "access.md"
SIGNS = {IN: "yes", SIGN_IN: "sign in", ABSENT: "–", AWAY: "elsewhere", FORM_ONLY: "form"}
HEAD = """# Who comes in where

Drawn by `tests/access` from the demonstration organisation: every address, tried as everybody.

**yes**: a page answers. **–**: for this person it does not exist. **form**: only a form posts there, and
this person may. **sign in**: sign in first. **elsewhere**: sent to another page in kind words.

Mina walks with Theo, Marcus with Imogen, Len with Frankie (twelve-step). Ottoline waits and knows nobody. Halima
coordinates all three programmes, Geraint one, Oluchi administers, Aled is on call. Morwenna and Dilys are safeguarding
leads; Ruth told them of Mina, and named Dilys as too close to it. The last column is one person for each part in a
second organisation on the same server; a thing of the first does not exist for them, whatever they do at home.
Draw it anew with `DRAW=1 pytest tests/access/test_access.py`.
"""


def table_of(walked: Walk, both: Both) -> str:
    """The things of the first organisation; one column for those of the second who knock, at their own door."""
    here, others = [NOBODY, *ACTORS], sorted(both.elsewhere.parts.one_of_each)
    columns = [*here, "anybody elsewhere"]
    lines = [HEAD, "| address | thing | " + " | ".join(columns) + " |", "|---|---|" + "---|" * len(columns)]
    theirs = f" of {both.elsewhere.host}"
    for name, thing in sorted({(name, thing) for name, thing, _actor in walked.outcomes}):
        if thing.endswith(theirs):
            continue
        cells = [_sign(walked.outcomes[name, thing, actor]) for actor in here]
        outside = {_sign(walked.outcomes[name, thing, actor]) for actor in others}
        named = thing.removesuffix(f" of {both.here.host}")
        cells.append(" / ".join(sorted(outside)) if named != thing else "their own")
        lines.append(f"| {name} | {named} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _sign(outcome: str) -> str:
    method, _, posted = outcome.partition(": ")
    return SIGNS.get(posted or method, outcome)
