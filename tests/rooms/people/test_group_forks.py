"""A programme's own way with groups: what may be said otherwise, what never, and what is shown of it."""

from __future__ import annotations

import pytest
from django.utils import translation

from companionway.foundation.models import Record
from companionway.foundation.policy import Refused
from companionway.people import group_forks, group_rules, practice_models, queries, services
from companionway.people.group_rules import GroupRules
from companionway.people.models import Programme
from tests.cast import NOW, Cast
from tests.rooms.people.test_practice_models import adopt

WITH_GROUPS = sorted(practice_models.with_groups())


def rules_of(programme: Programme) -> GroupRules:
    rules = GroupRules.of(Programme.objects.get(pk=programme.pk))
    assert rules is not None
    return rules


def change(cast: Cast, programme: Programme, **said: object) -> None:
    services.change_groups(actor=cast.adil, programme=programme, said=said, now=NOW)


@pytest.mark.parametrize("key", WITH_GROUPS)
def test_a_new_programme_does_as_its_tradition(cast: Cast, key: str) -> None:
    programme = adopt(cast, key)
    assert queries.group_differences(programme) == [] and queries.forks_of(programme) == []
    shipped = practice_models.with_groups()[key]
    for said, column in group_rules.COLUMNS.items():
        assert getattr(programme, column) == shipped.get(said, 0)


def test_what_a_fork_says_otherwise_is_shown_item_by_item(cast: Cast) -> None:
    programme = adopt(cast, "charity_groups")
    change(
        cast,
        programme,
        quiet_seat=False,
        decides_by="two_thirds",
        agreement=["Be kind."],
        words={"group": "evening"},
    )
    found = {
        each.path: (each.model, each.here) for each in queries.group_differences(programme_again(programme))
    }
    assert set(found) == {"quiet_seat", "decides_by", "agreement", "words.group"}
    assert found["quiet_seat"] == ("yes", "no")
    assert found["words.group"] == ("group", "evening")
    assert found["agreement"][1] == "Be kind."
    assert rules_of(programme).words["groups"] == "groups"
    assert practice_models.with_groups()["charity_groups"]["quiet_seat"] is True


def programme_again(programme: Programme) -> Programme:
    return Programme.objects.get(pk=programme.pk)


def test_a_switch_that_rooms_lean_on_is_a_column_too(cast: Cast) -> None:
    programme = adopt(cast, "charity_groups")
    change(cast, programme, read_first=True, smallest_number=10)
    programme.refresh_from_db()
    assert programme.reads_first and programme.smallest_number == 10
    change(cast, programme, read_first=False)
    programme.refresh_from_db()
    assert not programme.reads_first


def test_each_language_says_its_own_words(cast: Cast) -> None:
    programme = adopt(cast, "hearing_voices")
    with translation.override("fr"):
        change(cast, programme, agreement=["Doucement."], words={"group": "rond"})
        assert rules_of(programme).agreement == ("Doucement.",)
        assert rules_of(programme).words == {
            "group": "rond", "groups": "groupes", "meeting": "réunion", "newcomer": "nouvelle personne",
        }  # fmt: skip
        assert {each.path for each in queries.group_differences(programme_again(programme))} == {
            "agreement",
            "words.group",
        }
    assert rules_of(programme).words["group"] == "group"
    assert queries.group_differences(programme_again(programme)) == []
    assert queries.forks_of(programme)[0].what == ("What a new group's agreement begins with", "Words")
    services.back_to_tradition(actor=cast.adil, programme=programme, item="agreement", now=NOW)
    with translation.override("fr"):
        assert len(rules_of(programme).agreement) == 5


def test_roles_are_renamed_added_and_taken_out(cast: Cast) -> None:
    programme = adopt(cast, "twelve_step_groups")
    roles = [
        {"key": each.key, "label": each.label, "holds_frame": each.holds_frame, "rotates_after_days": 30}
        for each in rules_of(programme).roles
        if each.key != "greeter"
    ]
    roles[0]["label"] = "Who opens"
    roles.append({"key": "", "label": "Tea", "holds_frame": False, "rotates_after_days": 7})
    services.change_group_roles(actor=cast.adil, programme=programme, roles=roles, now=NOW)
    labels = {each.key: each.label for each in rules_of(programme).roles}
    assert (labels["chair"], labels["own_1"], "greeter" in labels) == ("Who opens", "Tea", False)
    with translation.override("fr"):
        assert {each.key: each.label for each in rules_of(programme).roles}["secretary"] == "Secrétariat"
    services.back_to_tradition(actor=cast.adil, programme=programme, item="roles", now=NOW)
    assert queries.group_differences(programme_again(programme)) == []


def test_a_role_that_a_format_needs_stays(cast: Cast) -> None:
    programme = adopt(cast, "charity_groups")
    gone = [{"key": "welcomer", "label": "Welcomer", "holds_frame": True, "rotates_after_days": 0}]
    with pytest.raises(Refused, match="still names a role"):
        services.change_group_roles(actor=cast.adil, programme=programme, roles=gone, now=NOW)
    assert {each.key for each in rules_of(programme).roles} == {"facilitator", "welcomer"}


def part(title: str, **more: object) -> dict[str, object]:
    plain = {
        "kind": "topic", "title": title, "words": "", "minutes": 10, "role": "", "share_seconds": 0,
        "may_pass": True, "cross_talk": False,
    }  # fmt: skip
    return {**plain, **more}


def test_a_format_is_told_anew_and_translations_follow_their_part(cast: Cast) -> None:
    programme = adopt(cast, "twelve_step_groups")
    parts = [(3, part("Shares first")), (None, part("Tea")), (0, part("Opening"))]
    services.change_format(
        actor=cast.adil, programme=programme, key="sharing", name="Short one", parts=parts, now=NOW
    )
    form = rules_of(programme).format_of("sharing")
    assert (form.name, [each.title for each in form.parts]) == (
        "Short one",
        ["Shares first", "Tea", "Opening"],
    )
    with translation.override("fr"):
        assert [each.title for each in rules_of(programme).format_of("sharing").parts] == [
            "Partages",
            "Tea",
            "Ouverture",
        ]
    paths = {each.item for each in queries.group_differences(programme_again(programme))}
    assert paths == {"formats.sharing"}
    services.back_to_tradition(actor=cast.adil, programme=programme, item="formats.sharing", now=NOW)
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            assert queries.group_differences(programme_again(programme)) == []


def test_a_format_written_in_french_leaves_the_english_alone(cast: Cast) -> None:
    programme = adopt(cast, "hearing_voices")
    with translation.override("fr"):
        parts = [(0, part("Bonjour")), (None, part("Musique"))]
        services.change_format(
            actor=cast.adil, programme=programme, key="what_helps", name="Notre façon", parts=parts, now=NOW
        )
        form = rules_of(programme).format_of("what_helps")
        assert (form.name, [each.title for each in form.parts]) == ("Notre façon", ["Bonjour", "Musique"])
    form = rules_of(programme).format_of("what_helps")
    assert (form.name, [each.title for each in form.parts]) == ("What helps", ["Welcome", "Musique"])


def test_formats_are_copied_and_taken_out(cast: Cast) -> None:
    programme = adopt(cast, "clubhouse")
    services.copy_format(actor=cast.adil, programme=programme, key="evening", name="Sunday", now=NOW)
    assert [each.key for each in rules_of(programme).formats][-1] == "own_1"
    for key in ("unit_meeting", "house_meeting", "evening"):
        services.remove_format(actor=cast.adil, programme=programme, key=key, now=NOW)
    with pytest.raises(Refused, match="at least one meeting format"):
        services.remove_format(actor=cast.adil, programme=programme, key="own_1", now=NOW)
    with pytest.raises(Refused, match="no such format"):
        services.copy_format(actor=cast.adil, programme=programme, key="evening", name="X", now=NOW)
    for key in ("unit_meeting", "house_meeting", "evening", "own_1"):
        services.back_to_tradition(actor=cast.adil, programme=programme, item=f"formats.{key}", now=NOW)
    assert {each.key for each in rules_of(programme).formats} == {"unit_meeting", "house_meeting", "evening"}


@pytest.mark.parametrize(
    ("key", "said", "why"),
    [
        ("hearing_voices", {"waiting_list": True}, "no waiting list"),
        ("learning_disability", {"facilitators_needed": 1}, "two are needed"),
        ("refugees_and_survivors", {"shares": "kept"}, "never gives that up"),
    ],
)
def test_what_cannot_both_be_so_is_refused(cast: Cast, key: str, said: dict[str, object], why: str) -> None:
    programme = adopt(cast, key)
    with pytest.raises(Refused, match=why):
        change(cast, programme, **said)
    assert queries.group_differences(programme_again(programme)) == []


def test_only_an_administrator_forks(cast: Cast) -> None:
    programme = adopt(cast, "charity_groups")
    for actor in (cast.mina, cast.theo, cast.cora, cast.sam_the_stranger):
        with pytest.raises(Refused):
            services.change_groups(actor=actor, programme=programme, said={"quiet_seat": False}, now=NOW)
        with pytest.raises(Refused):
            services.back_to_tradition(actor=actor, programme=programme, item="agreement", now=NOW)
    with pytest.raises(Refused, match="no groups"):
        change(cast, cast.programme, quiet_seat=False)


def test_the_record_names_items_and_no_words(cast: Cast) -> None:
    programme = adopt(cast, "charity_groups")
    change(cast, programme, agreement=["A canary sang."])
    change(cast, programme, agreement=["A canary sang."])
    rows = Record.objects.filter(name="people.programme_forked")
    assert [row.payload["what"] for row in rows] == [["agreement"]]
    assert "canary" not in str(list(rows.values()))
    (fork,) = queries.forks_of(programme)
    assert (fork.by, fork.at) == (cast.adil.name, NOW)


@pytest.mark.parametrize("item", ["records", "in", "always", "formats.none", ""])
def test_only_what_can_differ_is_put_back(cast: Cast, item: str) -> None:
    programme = adopt(cast, "charity_groups")
    with translation.override("fr"):
        change(cast, programme, agreement=["Doucement."])
    with pytest.raises(Refused, match="nothing here to put back"):
        services.back_to_tradition(actor=cast.adil, programme=programme, item=item, now=NOW)
    with translation.override("fr"):
        assert rules_of(programme).agreement == ("Doucement.",)


def test_each_programme_has_its_own_history(cast: Cast) -> None:
    one, other = adopt(cast, "charity_groups"), adopt(cast, "charity_groups")
    change(cast, one, quiet_seat=False)
    assert len(queries.forks_of(one)) == 1
    assert queries.forks_of(other) == [] == queries.group_differences(programme_again(other))


@pytest.mark.parametrize("key", WITH_GROUPS)
def test_items_cover_what_the_rules_say(key: str) -> None:
    """Whatever two programmes can do differently has a path, so that no difference stays unseen."""
    groups = practice_models.with_groups()[key]
    rules = group_rules.read(groups, "en")
    items = group_forks.items_of(rules)
    fixed = {"kinds", "shares", "levels", "always", "ages", "never_asked", "units", "placements"}
    told = {path.split(".")[0] for path in items}
    assert set(GroupRules.__slots__) - told <= fixed
