"""What the witness saw, what is stored, and what the screens show, laid beside each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tests.chaos.people import Reader
from tests.chaos.telling import GONE, TAKEN_BACK, Known

Faults = dict[str, list[str]]
KINDS = ("lost", "twice", "disordered", "not as changed", "missed", "told again", "not delivered")
LEFT_AS = {"edit": "v1", "take-back": TAKEN_BACK, "undo": GONE}


def of_store(witnessed: Iterable[Sequence[str | int]], stores: Iterable[Known]) -> Faults:
    """Acknowledged and not there; there twice; not in the order it was sent; acknowledged changes that did not stay."""
    messages = {pk: state for store in stores for pk, (_, state) in store.messages.items()}
    sent: dict[str, int] = {}
    tried, did = set(), {}
    twice = Counter(state.partition(".")[0] for state in messages.values() if ".v" in state)
    for kind, name, what in witnessed:
        if kind == "sent":
            sent[str(name)] = int(what)
        elif kind == "trying":
            tried.add(str(name))
        elif kind == "did":
            did[str(name)] = str(what)
    lost = [name for name, pk in sent.items() if pk not in messages]
    lost += [
        f"{name} is {messages[pk]}"
        for name, pk in sent.items()
        if name not in tried and messages.get(pk, f"{name}.v0") != f"{name}.v0"
    ]
    wrong = [
        f"{name}: {deed}, but is {messages.get(sent[name])}"
        for name, deed in did.items()
        if not messages.get(sent[name], "").endswith(LEFT_AS[deed])
    ]
    return {
        "lost": lost,
        "twice": [name for name, times in twice.items() if times > 1],
        "disordered": _disordered(messages),
        "not as changed": wrong,
    }


def _disordered(messages: dict[int, str]) -> list[str]:
    """Each writer waits for an answer before the next: so their own words stand in that order."""
    own: dict[str, list[str]] = defaultdict(list)
    for pk in sorted(messages):
        if ".v" in messages[pk]:
            name = messages[pk].partition(".")[0]
            own[name.partition("-")[0]].append(name)
    return [names[0] for names in own.values() if names != sorted(names)]


def of_readers(readers: Iterable[Reader], stores: dict[int, Known]) -> Faults:
    """Every screen equal to the store, and no number told a second time."""
    readers = list(readers)
    return {
        "missed": [
            f"{reader.name} {difference(reader.known, stores[reader.pair])}"
            for reader in readers
            if reader.known.messages != stores[reader.pair].messages
        ],
        "told again": [f"{reader.name} {reader.known.again[:5]}" for reader in readers if reader.known.again],
    }


def difference(known: Known, stored: Known) -> str:
    """The first few ids that differ, for whoever has to find out why."""
    ids = sorted(set(known.messages) | set(stored.messages))
    apart = [pk for pk in ids if known.messages.get(pk) != stored.messages.get(pk)]
    shown = [(pk, known.messages.get(pk), stored.messages.get(pk)) for pk in apart[:3]]
    return f"{len(apart)} differ, as (id, shown, stored): {shown}"


def of_records(awaited: Sequence[str], reacted: Sequence[str], waiting: int) -> Faults:
    """Each record that somebody had to react to was reacted to at least as often as it was written."""
    short = Counter(awaited) - Counter(reacted)
    return {"not delivered": [*short, *([f"{waiting} still wait"] if waiting else [])]}


def together(*found: Faults) -> Faults:
    whole: Faults = {kind: [] for kind in KINDS}
    for faults in found:
        for kind, names in faults.items():
            whole[kind] += names
    return {kind: names for kind, names in whole.items() if names}
