"""Those who support others are held, too: talks that have been, one that is late, an agenda, a circle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from companionway.demonstration.building._data import ago, read
from companionway.people.models import Person, Programme
from companionway.reasoning.supervision import USUAL
from companionway.supervision import queries
from companionway.supervision import services as supervision
from companionway.supervision.states import Side


def hold(programmes: Mapping[str, Programme], gathered: Mapping[str, Person], now: datetime) -> None:
    kept = read("supervision")
    programme, begun_at = programmes[kept["rhythm"]["programme"]], ago(now, kept["rhythm"]["days"], 9)
    people = {name: Person.objects.get(pk=person.pk) for name, person in gathered.items()}
    halima = people["Halima"]
    supervision.choose_rhythm(actor=halima, programme=programme, rhythm=USUAL, now=begun_at)
    for row in kept["person"]:
        actor, lived = people[row["name"]], row["lived"]
        supervision.offer_supervising(actor=actor, programme=programme, has_lived_it=lived, now=begun_at)
    for row in kept["pair"]:
        _pair(row, programme, people, now)
    _circle(kept["circle"], people, now)
    supervision.look_at_the_clock(now=ago(now, 1))


def _pair(row: dict[str, Any], programme: Programme, people: Mapping[str, Person], now: datetime) -> None:
    supporter, supervisor = people[row["supporter"]], people[row["supervisor"]]
    pair = supervision.arrange(
        actor=supporter, programme=programme, supporter=supporter, supervisor=supervisor,
        now=ago(now, row["began"], 10),
    )  # fmt: skip
    for days, themes, words, action in row["talks"]:
        at = ago(now, days, 17)
        by_on = (at + timedelta(days=28)).date()
        talk = supervision.write_talk(
            actor=supervisor,
            supervision=pair,
            held_on=at.date(),
            themes=themes,
            words=words,
            actions=[supervision.Action(Side.SUPPORTER, action, by_on)] if action else [],
            now=at,
        )
        supervision.sign_talk(actor=supporter, talk=talk, version=talk.version, now=at + timedelta(hours=2))
    for who, days, words, is_shared in row.get("agenda", []):
        supervision.put_on_agenda(
            actor=supporter if who == "s" else supervisor, supervision=pair, words=words, is_shared=is_shared,
            now=ago(now, days, 19),
        )  # fmt: skip


def _circle(row: dict[str, Any], people: Mapping[str, Person], now: datetime) -> None:
    (first, called), (second, also_called) = row["people"]
    at = ago(now, 9, 18)
    circle = supervision.open_circle(actor=people[first], name=row["name"], called=called, now=at)
    way_in = queries.circle_shown(circle, people[first]).way_in
    supervision.join_circle(actor=people[second], way_in=way_in, called=also_called, now=at)
    asked = supervision.ask_circle(actor=people[first], circle=circle, words=row["words"], now=at)
    supervision.answer_in_circle(
        actor=people[second], question=asked, words=row["answer"], now=at + timedelta(days=1)
    )
