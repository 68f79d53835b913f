"""What somebody writes where it is about safety: reports, wishes, the telephone list, plans, records, concerns."""

from __future__ import annotations

from datetime import timedelta

from companionway.concerns.models import CONCERN, Concern, Decision, Task, Voice
from companionway.foundation import sealing
from companionway.foundation.sealing import PERSON, REPORT, key_of, key_of_both
from companionway.moderation.models import Appeal, SamePerson, Seat
from companionway.moderation.models import Decision as Decided
from companionway.moderation.states import DECISION
from companionway.oncall.models import PHONE, Telephone
from companionway.people import roles
from companionway.people.models import Stop
from companionway.plans.models import PlanOverride, PlanSection, PlanShare
from companionway.safeguarding import services as safeguarding
from companionway.safety.models import KEEP_APART, Block, KeepApartWish, KeptApart, Report
from tests.cast import NOW, Cast, give, make_person
from tests.rooms.people.canary import words


def safety(cast: Cast) -> None:
    mina, key = cast.mina, key_of(PERSON, cast.mina.pk)
    Block.objects.create(blocker=mina, blocked=cast.ruth, blocked_at=NOW)
    KeepApartWish.objects.create(
        person=mina, programme=cast.programme, sealed_words=key.seal(words("wish"), "wish"), said_at=NOW
    )
    pair = KeptApart.objects.create(
        one=mina, other=cast.ruth, programme=cast.programme, asked_by=mina, began_at=NOW
    )
    pair.sealed_reason = key_of(KEEP_APART, pair.pk).seal(words("apart"), "reason")
    pair.save()
    mine = Report.objects.create(
        programme=cast.programme, reporter=mina, about=cast.theo, subject="person:1", reported_at=NOW
    )
    seal = key_of(REPORT, mine.pk)
    mine.sealed_words, mine.sealed_extract = (
        seal.seal(words("report"), "words"),
        seal.seal(words("extract"), "extract"),
    )
    mine.sealed_answer = seal.seal(words("answer"), "answer")
    mine.save()
    entry = Telephone.objects.create(organisation=cast.organisation, person=mina, place=1, kept_at=NOW)
    rung = key_of(PHONE, entry.pk)
    entry.sealed_name, entry.sealed_number, entry.sealed_said_for = (
        rung.seal(words("whose"), "name"),
        rung.seal(words("number"), "number"),
        rung.seal(words("said for"), "said_for"),
    )
    entry.save()


def judged(cast: Cast) -> None:
    """What was decided about her, her appeal, and her view on somebody else's panel."""
    for about in (cast.mina, cast.theo):
        decision = Decided.objects.create(
            programme=cast.programme, about=about, outcome="word", reason="unkind", state="stands", made_by=cast.cora,
            made_at=NOW, holds_at=NOW,
        )  # fmt: skip
        key = key_of(DECISION, decision.pk)
        if about == cast.mina:
            decision.sealed_facts = key.seal(words("facts"), "facts")
            decision.sealed_back = key.seal(words("back"), "back")
            decision.sealed_message = key.seal(words("message"), "message")
            decision.save()
            Appeal.objects.create(
                decision=decision, sealed_words=key.seal(words("appeal"), "appeal"), made_at=NOW, due_at=NOW
            )
        else:
            both = key_of_both(DECISION, decision.pk, PERSON, cast.mina.pk)
            Seat.objects.create(
                decision=decision, person=cast.mina, has_lived_it=True, asked_at=NOW,
                sealed_view=both.seal(words("view"), "view"),
            )  # fmt: skip


def stopped(cast: Cast) -> None:
    """A pause that is over, and a name that was taken for another's."""
    Stop.objects.create(
        person=cast.theo, programme=cast.programme, days=3, decided_by=cast.cora, began_at=NOW, ended_at=NOW
    )
    SamePerson.objects.create(
        one=cast.theo, other=cast.ruth, recorded_by=cast.cora, recorded_at=NOW, ended_at=NOW
    )


def plans(cast: Cast) -> None:
    mina, key = cast.mina, key_of(PERSON, cast.mina.pk)
    for kind, part in (("hard_days", "signs"), ("keeping_well", "good")):
        sealed = key.seal(words(f"plan {kind}"), f"plan:{kind}:{part}")
        PlanSection.objects.create(person=mina, kind=kind, part=part, sealed_facts=sealed, written_at=NOW)
    week = {"began_at": NOW, "until": NOW + timedelta(days=7)}
    PlanShare.objects.create(person=mina, kind="hard_days", part="signs", reader=cast.theo, **week)
    for person, by in ((mina, cast.cora), (cast.theo, mina)):
        both = key_of_both(PERSON, person.pk, PERSON, by.pk)
        PlanOverride.objects.create(
            person=person,
            kind="hard_days",
            by=by,
            sealed_reason=both.seal(words("override"), "plan_override"),
            opened_at=NOW - timedelta(hours=1),
            until=NOW + timedelta(hours=1),
        )


def kept_apart(cast: Cast) -> None:
    """What she told about somebody, and what was told about her: these stay when she goes (docs/privacy.md)."""
    lead = make_person("Ines")
    give(lead, roles.SAFEGUARDING_LEAD, None)
    told = safeguarding.Told(category="hurt", facts=words("told"), is_immediate=False)
    safeguarding.tell(actor=cast.mina, programme=cast.programme, told=told, about=cast.theo, now=NOW)
    record = safeguarding.tell(actor=cast.theo, programme=cast.programme, told=told, about=cast.mina, now=NOW)
    safeguarding.open_record(actor=lead, record=record, reason_key="safety", words=words("opened"), now=NOW)
    safeguarding.hand_out(actor=lead, record=record, to_whom=words("whom"), reason="Asked", now=NOW)


def worries(cast: Cast) -> None:
    """What she told the one on call; and a message of hers that went with what another told about her."""
    for raiser, about in ((cast.mina, cast.theo), (cast.theo, cast.mina)):
        concern = Concern.objects.create(
            organisation=cast.organisation, raised_by=raiser, about=about, raised_at=NOW, counts_from=NOW,
            next_step_at=NOW, seen_at=NOW,
        )  # fmt: skip
        own = sealing.key_of_both(CONCERN, concern.pk, PERSON, raiser.pk)
        hers = sealing.key_of_both(CONCERN, concern.pk, PERSON, cast.mina.pk)
        Voice.objects.create(
            concern=concern, person=raiser, press=f"press {raiser.pk}", said_at=NOW,
            sealed=own.seal(words("told") if raiser == cast.mina else "Theo's words", "voice:x"),
            sealed_extract=hers.seal(words("extract"), "extract:x"),
        )  # fmt: skip
        Decision.objects.create(
            concern=concern, author=cast.cora, kind="talked", written_at=NOW,
            sealed=sealing.seal_facts(key_of(CONCERN, concern.pk), {"words": "Cora's words"}, "decision:x"),
        )  # fmt: skip
        Task.objects.create(
            concern=concern, kind="review", person=raiser, done_by=cast.mina, due_at=NOW, offered_at=NOW,
            done_at=NOW, sealed=hers.seal(words("learned"), "task:x"),
        )  # fmt: skip
