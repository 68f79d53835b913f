"""`[groups]` of a file: every way to get it wrong is answered with a sentence, and every shipped file is right."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from companionway.people import group_rules, group_schema, group_titles, practice_models
from companionway.people.practice_models import WrongModel

WITH_GROUPS = sorted(practice_models.with_groups())
Data = dict[str, Any]


def closed_file() -> Data:
    """A tradition that keeps nothing and decides by consensus: most rules bite here."""
    return copy.deepcopy(practice_models.data_of("hearing_voices"))


BROKEN: dict[str, tuple[Callable[[Data], object], str]] = {
    "a list though nobody keeps one": (
        lambda g: g.update(waiting_list=True, kinds=["closed"]),
        "waiting list",
    ),
    "a cohort without a register": (lambda g: g.update(kinds=["cohort"]), "cohort needs a register"),
    "a quorum of nobody knows how many": (lambda g: g.update(quorum_percent=20), "quorum needs a register"),
    "minors without a reader": (
        lambda g: g.update(ages=["young"], adults_apart=True),
        "read_first must be true",
    ),
    "minors with private words": (
        lambda g: g.update(ages=["young", "adult"], read_first=True),
        "adults_apart must be true",
    ),
    "kept without saying why": (lambda g: g.update(shares="kept"), "say why in kept_because"),
    "a co-facilitator of one": (
        lambda g: g.update(named_co_facilitator=True, facilitators_needed=1),
        "two are needed",
    ),
    "signatures under no notes": (lambda g: g.update(both_sign=True), "no notes that two could sign"),
    "seeing what is not kept": (lambda g: g.update(sees_attendance=True), "no attendance"),
    "half a night": (lambda g: g.update(quiet_from="21:00"), "both quiet_from and quiet_until"),
    "no clock time": (lambda g: g.update(quiet_from="25:00", quiet_until="07:00"), 'a time like "21:00"'),
    "always what is not so": (lambda g: g.update(always=["read_first"]), '"always" names what is not so'),
    "always what nobody knows": (lambda g: g.update(always=["kindness"]), "kindness"),
    "a role that does not exist": (
        lambda g: g["formats"][0]["parts"][0].update(role="guru"),
        'names the role "guru"',
    ),
    "a part of no kind": (lambda g: g["formats"][0]["parts"][0].update(kind="sermon"), "needs a kind"),
    "a part without a title": (lambda g: g["formats"][0]["parts"][0].pop("title"), "needs a title"),
    "a part of no length": (lambda g: g["formats"][0]["parts"][0].update(minutes=0), "needs minutes"),
    "a share longer than its part": (
        lambda g: g["formats"][0]["parts"][0].update(minutes=1, share_seconds=61),
        "longer than the part",
    ),
    "a part with more": (lambda g: g["formats"][0]["parts"][0].update(record=True), '"record"'),
    "a format without parts": (lambda g: g["formats"][0].update(parts=[]), "needs parts"),
    "a format twice": (lambda g: g["formats"].append(g["formats"][0]), "Two formats"),
    "no format": (lambda g: g.update(formats=[]), "at least one meeting format"),
    "a role twice": (lambda g: g["roles"].append(g["roles"][0]), "Two roles"),
    "nobody holds the frame": (
        lambda g: [role.update(holds_frame=False) for role in g["roles"]],
        "Nobody holds the frame",
    ),
    "a role with more": (lambda g: g["roles"][0].update(salary=1), '"salary"'),
    "no agreement": (lambda g: g.update(agreement=[]), '"agreement" must be a list'),
    "a key nobody uses": (lambda g: g.update(score=3), '"score", which nothing uses'),
    "a key that is missing": (lambda g: g.pop("what_happens"), 'needs "what_happens"'),
    "a switch that is a word": (lambda g: g.update(quiet_seat="yes"), '"quiet_seat" must be true or false'),
    "a rule nobody knows": (lambda g: g.update(decides_by="dice"), '"decides_by" must be one of'),
    "a kind nobody knows": (lambda g: g.update(kinds=["secret"]), '"kinds" must name'),
    "a number that is none": (lambda g: g.update(smallest_number=True), '"smallest_number" must be a number'),
    "a word missing": (lambda g: g["words"].pop("newcomer"), '[groups.words] needs "newcomer"'),
    "a word nobody uses": (lambda g: g["words"].update(guru="x"), '"guru"'),
    "a translation of nothing": (lambda g: g["in"]["fr"].update(moto="x"), '"moto"'),
    "a role that only French has": (lambda g: g["in"]["fr"]["role_labels"].update(guru="x"), '"guru"'),
    "other parts in French": (lambda g: g["in"]["fr"]["format_parts"]["open_talk"].pop(), "number of parts"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_wrong_file_is_answered_with_plain_sentences(what: str) -> None:
    data = closed_file()
    assert group_rules.problems_of(data) == []
    spoil, said = BROKEN[what]
    spoil(data["groups"])
    problems = group_rules.problems_of(data)
    assert any(said in each for each in problems), problems
    assert all(each.endswith(".") for each in problems)
    assert set(problems) <= set(practice_models.problems_of(data, "hearing_voices"))


def test_a_waiting_list_for_a_door_that_is_open() -> None:
    data = copy.deepcopy(practice_models.data_of("charity_groups"))
    data["groups"]["kinds"] = ["drop_in"]
    assert "Nobody waits" in group_rules.problems_of(data)[0]


def test_kept_shares_are_allowed_when_the_file_says_why() -> None:
    data = closed_file()
    data["groups"].update(shares="kept", kept_because="So that somebody can report it until tomorrow.")
    assert group_rules.problems_of(data) == []


def test_a_file_without_groups_has_no_problem_and_no_rules() -> None:
    data = practice_models.data_of("one_to_one_charity")
    assert group_rules.problems_of(data) == [] and group_rules.read(data.get("groups"), "en") is None
    assert group_rules.problems_of({**data, "groups": "many"}) != []


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_may_be_like_another_but_says_itself_what_is_kept(tmp_path: Path) -> None:
    near = (practice_models.FOLDER / "one_to_one_charity.toml").read_text(encoding="utf-8")
    write(tmp_path, "one_to_one_charity", near)
    records = "".join(f"{key} = false\n" for key in practice_models.RECORD_KEYS)
    head = 'key = "own"\nlike = "one_to_one_charity"\nname = "Own"\n'
    data = practice_models.read_file(write(tmp_path, "own", f"{head}[records]\n{records}"))
    assert (data["name"], data["words"]["member"], data["records"]["notes"]) == ("Own", "member", False)
    assert data["in"]["fr"]["summary"] and "like" not in data
    with pytest.raises(WrongModel, match=r"\[records\] is missing"):
        practice_models.read_file(write(tmp_path, "own", head))
    with pytest.raises(WrongModel, match="no other file"):
        practice_models.read_file(write(tmp_path, "own", 'key = "own"\nlike = "own"\n'))


@pytest.mark.parametrize("key", WITH_GROUPS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_groups_are_said_in_every_language(key: str, language: str) -> None:
    groups = practice_models.with_groups()[key]
    english, spoken = group_rules.read(groups, "en"), group_rules.read(groups, language)
    assert english and spoken
    for part in ("agreement", "what_happens"):
        told, meant = getattr(spoken, part), getattr(english, part)
        assert len(told) == len(meant) and not set(told) & set(meant)
    for part in ("words", "levels", "units", "placements"):
        told, meant = getattr(spoken, part), getattr(english, part)
        assert set(told) == set(meant) == set(groups.get(part, {}))
    assert bool(spoken.kept_because) == bool(english.kept_because)
    assert not english.kept_because or spoken.kept_because != english.kept_because
    for told, meant in zip(spoken.formats, english.formats, strict=True):
        assert told.name != meant.name
        pairs = list(zip(told.parts, meant.parts, strict=True))
        assert all(one.words != other.words and one.minutes == other.minutes for one, other in pairs)
    labels = groups["in"][language]["role_labels"]
    assert set(labels) == {role.key for role in english.roles}


@pytest.mark.parametrize("key", WITH_GROUPS)
def test_every_tradition_has_real_meetings(key: str) -> None:
    rules = group_rules.read(practice_models.with_groups()[key], "en")
    assert rules and 2 <= len(rules.formats) <= 3 and len(rules.agreement) >= 4
    for form in rules.formats:
        assert form.parts[0].kind == "welcome" and 20 <= form.minutes <= 150
        assert all(part.words and part.role for part in form.parts)
        assert all(part.may_pass for part in form.parts if part.kind == "round")


NEVER: dict[str, set[str]] = {
    "twelve_step_groups": {
        "notes", "attendance", "outcomes", "ending_reasons", "coordinator_sees", "register", "referrals",
    },
    "hearing_voices": {"notes", "attendance", "outcomes", "ending_reasons", "register", "referrals"},
    "intentional_peer_support": {"notes", "attendance", "outcomes", "ending_reasons", "register", "referrals"},
    "clubhouse": {"ending_reasons", "referrals"},
    "self_help_association": {"notes", "attendance", "outcomes", "ending_reasons", "referrals"},
    "refugees_and_survivors": {"notes", "attendance", "outcomes", "ending_reasons", "register"},
    "young_people": set(),
    "learning_disability": set(),
    "charity_groups": set(),
}  # fmt: skip
ALWAYS = {
    "young_people": {"read_first", "adults_apart", "hides_place", "ages"},
    "refugees_and_survivors": {"hides_place", "smallest_number", "interpreters"},
    "learning_disability": {"easy_read_first", "named_co_facilitator", "predictable"},
    "clubhouse": {"reentry", "both_sign", "sees_attendance", "no_staff_space"},
}
# Words of clinics have no place where a tradition speaks for itself.
ILL = (
    "diagnos",
    "symptom",
    "patient",
    "disorder",
    "illness",
    "treatment",
    "therap",
    "schizo",
    "psychos",
    "risk",
)


@pytest.mark.parametrize("key", NEVER)
def test_what_each_tradition_never_keeps_and_never_gives_up(key: str) -> None:
    assert set(practice_models.load(key).records.never) == NEVER[key]
    assert ALWAYS.get(key, set()) <= set(practice_models.with_groups()[key].get("always", ()))


def test_hearing_voices_groups_speak_no_language_of_illness() -> None:
    with translation.override("en"):
        rules = group_rules.read(practice_models.with_groups()["hearing_voices"], "en")
    assert rules
    said = " ".join(
        [*rules.agreement, *rules.what_happens, *rules.levels.values()]
        + [f"{part.title} {part.words}" for form in rules.formats for part in form.parts]
    ).lower()
    assert [word for word in ILL if word in said] == []


def test_what_is_never_asked_has_words_and_nothing_else_is_known() -> None:
    assert set(group_titles.NEVER_ASKED) == set(group_schema.NEVER_ASKED)
    data = copy.deepcopy(practice_models.data_of("hearing_voices"))
    data["groups"]["never_asked"] = ["shoe_size"]
    assert any("never_asked" in each for each in group_schema.problems_of(data))


def test_nobody_reads_first_where_nobody_may_read() -> None:
    data = copy.deepcopy(practice_models.data_of("twelve_step_groups"))
    data["groups"]["read_first"] = True
    assert any("nobody can read it first" in each for each in group_schema.problems_of(data))
