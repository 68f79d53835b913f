"""Two people, and every combination of their ages, training and what the programme takes."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from companionway.introductions import queries
from companionway.introductions.models import Request
from companionway.people.models import Person, Programme
from companionway.practice.models import SupporterPractice
from companionway.support import services as support
from companionway.support.models import Relationship
from tests.cast import NOW, Cast

BANDS = ("adult", "young")
TAKES: tuple[list[str], ...] = ([], ["young"], ["adult", "young"])
Combination = tuple[str, str, str, list[str]]
ALL: list[Combination] = list(itertools.product(BANDS, BANDS, BANDS, TAKES))


def allowed(member: str, own: str, trained: str, takes: list[str]) -> bool:
    """The rule said a second time, as the few combinations that may meet."""
    who = (member, own, trained)
    if who == ("adult", "adult", "adult"):
        return takes in ([], ["adult", "young"])
    return who in {("young", "adult", "young"), ("young", "young", "young")} and "young" in takes


def allowed_to_talk(member: str, own: str, trained: str, takes: list[str]) -> bool:
    """What the wall before conversations knows, whoever opens them: nobody young without the programme or training."""
    if (member, own) == ("adult", "adult"):
        return True
    return "young" in takes and (member == own or (own == "adult" and trained == "young"))


@dataclass
class Two:
    cast: Cast
    request: Request
    theos: SupporterPractice
    ruths: SupporterPractice

    @property
    def member(self) -> Person:
        return Person.objects.get(pk=self.cast.mina.pk)

    @property
    def supporter(self) -> Person:
        return Person.objects.get(pk=self.cast.theo.pk)

    @property
    def programme(self) -> Programme:
        return Programme.objects.get(pk=self.cast.programme.pk)

    def fresh(self) -> Request:
        return Request.objects.select_related("member", "programme").get(pk=self.request.pk)

    def become(self, member: str, own: str, trained: str, takes: list[str]) -> None:
        Person.objects.filter(pk=self.member.pk).update(age_band=member)
        Person.objects.filter(pk=self.supporter.pk).update(age_band=own)
        SupporterPractice.objects.filter(pk=self.theos.pk).update(supports_band=trained)
        Programme.objects.filter(pk=self.programme.pk).update(age_bands=takes)
        queries.forget_pools()

    def meet(self) -> Relationship:
        return support.begin(
            actor=self.cast.cora, programme=self.programme, member=self.member, supporter=self.supporter,
            reasons=[], now=NOW,
        )  # fmt: skip


@contextmanager
def undone() -> Any:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
