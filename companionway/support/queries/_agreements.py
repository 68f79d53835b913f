"""The agreement as the two read it."""

from __future__ import annotations

from dataclasses import dataclass

from companionway.foundation.prepared import Prepared, slot
from companionway.foundation.sealing import RELATIONSHIP, KeyDestroyed, key_of, open_facts
from companionway.people.models import Person
from companionway.people.practice_models import PracticeModel
from companionway.support.models import Agreement, Relationship


@dataclass(frozen=True, slots=True)
class Answer:
    key: str
    question: str
    hint: str
    words: str


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """One version, opened: its answers in the order of the practice model's questions."""

    row: Agreement
    answers: list[Answer]
    waits_for_me: bool

    @property
    def is_mine(self) -> bool:
        """Whether it waits for the other one."""
        return self.row.is_open_draft and not self.waits_for_me


@dataclass(frozen=True, slots=True)
class Agreements:
    """What holds, what is proposed, what was before; `newest` is the number a new version must come after."""

    holds: AgreementShown | None
    draft: AgreementShown | None
    earlier: list[AgreementShown]
    newest: int

    @property
    def starting_words(self) -> dict[str, str]:
        """What a new version begins from."""
        shown = self.draft or self.holds
        return {answer.key: answer.words for answer in shown.answers} if shown else {}


_VERSIONS = Prepared(
    lambda: (
        Agreement.objects.filter(relationship=slot("walk")).select_related("drafted_by").order_by("-number")
    )
)


def agreements_of(relationship: Relationship, reader: Person) -> Agreements:
    """Every version between the two, in two queries however many there are."""
    rows = _VERSIONS.all(walk=relationship.pk)
    for row in rows:
        row.relationship = relationship
    newest = rows[0].number if rows else 0
    shown = [_shown(row, relationship, reader) for row in rows]
    draft = next((each for each in shown if each.row.is_open_draft), None)
    holds = next((each for each in shown if each.row.holds and each.row.set_aside_at is None), None)
    earlier = [each for each in shown if each.row.holds and each is not holds]
    return Agreements(holds=holds, draft=draft, earlier=earlier, newest=newest)


def _shown(row: Agreement, relationship: Relationship, reader: Person) -> AgreementShown:
    try:
        words = open_facts(key_of(RELATIONSHIP, relationship.pk), row.sealed, row.context) or {}
    except KeyDestroyed:
        words = {}
    prompts = PracticeModel.of(relationship.programme).agreement_prompts
    asked = [
        Answer(each["key"], each["question"], each["hint"], words.pop(each["key"], "")) for each in prompts
    ]
    # Questions that the programme has dropped since: the answers stay readable.
    asked += [Answer(key, "", "", text) for key, text in words.items() if text]
    my_yes = row.member_yes_at if reader.pk == relationship.member_id else row.supporter_yes_at
    return AgreementShown(row, asked, waits_for_me=row.is_open_draft and my_yes is None)
