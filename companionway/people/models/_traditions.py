"""What a tradition says of its programmes, said by the database too: what is never kept, what is never given up."""

from __future__ import annotations

from collections.abc import Iterable

from companionway.foundation.constraints import Never, never
from companionway.people import group_rules, practice_models

_BANDS = "cast(NEW.age_bands as text)"


def _refused(name: str, when: str, says: str) -> None:
    never(Never(name=name, table="people_programme", when=when, app="people", says=says))


def _among(keys: Iterable[str]) -> str:
    listed = ", ".join(f"'{key}'" for key in sorted(keys))
    return f"NEW.practice_model in ({listed})"


def _what_is_never_kept() -> None:
    """One rule per kind of record: the shipped traditions that never keep it cannot be switched to keeping it."""
    policies = practice_models.shipped_policies()
    for record in practice_models.RECORD_KEYS:
        column = practice_models.column_of(record)
        keys = [key for key, policy in policies.items() if record in policy.never]
        if keys:
            _refused(
                f"programme_never_{column}",
                f"{_among(keys)} and NEW.{column}",
                "This practice model never keeps that.",
            )


def _what_is_never_given_up() -> None:
    """One rule per thing that a tradition says is always so in its groups, and that other tables lean on."""
    for key, column in group_rules.COLUMNS.items():
        held = {
            name: groups[key]
            for name, groups in practice_models.with_groups().items()
            if key in groups.get("always", ())
        }
        broken = [
            f"NEW.practice_model = '{name}' and NEW.{column} < {least}"
            if key == "smallest_number"
            else f"NEW.practice_model = '{name}' and not NEW.{column}"
            for name, least in sorted(held.items())
        ]
        if broken:
            _refused(
                f"programme_always_{column}",
                " or ".join(f"({each})" for each in broken),
                "This practice model never gives that up.",
            )


def _minors() -> None:
    """Where minors may join groups somebody reads first; what is for young people only takes nobody else."""
    traditions = practice_models.with_groups()
    _refused(
        "programme_with_minors_reads_first",
        f"{_among(traditions)} and {_BANDS} like '%young%' and not (NEW.reads_first and NEW.keeps_adults_apart)",
        "Where young people meet, somebody reads first, and adults have no private words with them.",
    )
    young = [key for key, groups in traditions.items() if groups.get("ages") == ["young"]]
    if young:
        _refused(
            "programme_for_young_people",
            f"{_among(young)} and ({_BANDS} not like '%young%' or {_BANDS} like '%adult%')",
            "This practice model is for young people only.",
        )


def traditions_hold() -> None:
    _what_is_never_kept()
    _what_is_never_given_up()
    _minors()
    _refused(
        "programme_keeps_its_tradition",
        "exists (select 1 from people_programme p where p.id = NEW.id and p.practice_model <> NEW.practice_model)",
        "People joined under this practice model. Open a new programme for another one.",
    )
