"""A second organisation on the same server, with one thing of every kind, each with words of its own.

Made by the deeds people do there, from outside any request, so that nothing of the first one can slip in.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from companionway.conversations import services as conversations
from companionway.conversations.models import Conversation
from companionway.demonstration.building import _people, _together
from companionway.introductions import services as introductions
from companionway.introductions.models import Request
from companionway.introductions.states import PassingReason
from companionway.people import roles
from companionway.people import services as people
from companionway.people.models import Organisation, Person, Programme, RoleHeld
from companionway.people.queries import within
from companionway.plans import services as plans
from companionway.plans.kinds import HARD_DAYS
from companionway.plans.states import ShareFor
from companionway.practice import services as practice
from companionway.release import services as release
from companionway.release.models import HeldReply
from companionway.safety import services as safety
from companionway.safety.models import HelpLine
from companionway.support.models import Relationship
from tests.access.deeds import keep_apart_record, stands_now, worried
from tests.access.fair_routes import judged_elsewhere
from tests.access.holding import hold_elsewhere
from tests.access.noticing import noticed_in
from tests.access.on_duty import on_duty
from tests.access.steps_routes import climb_elsewhere
from tests.access.world import NOW, Parts, World

HOST = "localhost"
NAME, SHORT_NAME = "Thistledown Companions", "Thistledown"
PARTS = Parts(
    member="quill",
    supporter="pember",
    second="sable",
    waiting="dorrit",
    coordinators=frozenset({"yusra"}),
    on_call=frozenset({"orrin"}),
    administrators=frozenset({"caspian"}),
    supervisor="ivo",
    introduced=frozenset({"sable"}),
    covering=frozenset({"pember", "sable"}),
    leads=frozenset({"linnet"}),
    learning="pember",
    learning_with=frozenset({"quill"}),
    mentors=frozenset({"maud"}),
)
NAMES = {
    "quill": "Quillfeather",
    "pember": "Pemberlow",
    "sable": "Sablewick",
    "dorrit": "Dorritane",
    "yusra": "Yusranne",
    "caspian": "Caspianus",
    "linnet": "Linnetry",
    "orrin": "Orrinsby",
    "ivo": "Ivorine",
    "maud": "Maudelyn",
}
WORDS = {
    "report": "Thistledown report: he wanted my door number twice.",
    "wish": "Thistledown wish: my landlord's brother with the green van.",
    "pair": "Thistledown pair: neighbours who fell out about a hedge.",
    "passing": "Thistledown passing: the bus does not run that far.",
    "plan shared": "Thistledown plan: I hum the ferry song.",
    "plan": "Thistledown plan: the blue door, the third bell.",
    "rest of the plan": "Thistledown plan: my aunt has the key of the shed.",
    "told": "Thistledown told: her brother takes her money every Friday.",
    "decided": "Thistledown decided: we ring the council on Monday.",
    "answered": "Thistledown answered: thank you, we look after it.",
    "concern": "Thistledown concern: he stood at the lock for an hour.",
    "line": "Thistledown night line",
    "phone": "01632 960 799",
    "held": "Thistledown unread: perhaps you should move away.",
    "beside": "Thistledown beside: how do I stop giving advice?",
    "programme": "Thistledown walks",
    "summary": "Thistledown summary: along the canal and back.",
}
ROWS: list[dict[str, Any]] = [
    {
        "name": NAMES["quill"], "days": 90, "roles": ["member:walks"], "open": True,
        "topics": ["low_mood"], "story": "Thistledown story: I count the boats from the bridge.",
    },
    {
        "name": NAMES["dorrit"], "days": 60, "roles": ["member:walks"], "topics": ["low_mood"],
        "story": "Thistledown waiting: I would like to walk with somebody slow.",
    },
    {
        "name": NAMES["pember"], "days": 200, "roles": ["supporter:walks"], "topics": ["low_mood"],
        "places": 3, "hours": 4, "about": "Thistledown about: I keep bees and bad jokes.",
    },
    {
        "name": NAMES["sable"], "days": 190, "roles": ["supporter:walks"], "topics": ["low_mood"],
        "places": 3, "hours": 4, "about": "Thistledown about: I bake for anybody who is sad.",
    },
    {"name": NAMES["ivo"], "days": 150, "roles": ["supervisor:walks"]},
    {"name": NAMES["yusra"], "days": 300, "roles": ["coordinator:walks"]},
    {"name": NAMES["linnet"], "days": 290, "roles": ["safeguarding_lead:walks"]},
    {"name": NAMES["orrin"], "days": 120, "roles": ["on_call:walks"]},
    {"name": NAMES["maud"], "days": 300, "roles": ["mentor:walks"]},
]  # fmt: skip
PAIR: dict[str, Any] = {
    "began": 40,
    "state": "agreed",
    "talk": [
        ["s", 40, 18, "Thistledown hello: which bridge is yours?"],
        ["m", 39, 9, "Thistledown answer: the one with the heron under it."],
        ["s", 1, 19, "Thistledown latest: bring a coat on Sunday."],
    ],
    "agreement": {
        "what": "Thistledown agreement: we walk and say little.",
        "how_often": "Thistledown agreement: every second Sunday.",
        "limits": "Thistledown agreement: Yusranne is told of danger, with us in the room.",
        "ending": "Thistledown agreement: when the geese come back.",
    },
    "notes": [["m", 20, "Thistledown note: four herons, one of them a post."]],
}


def make_elsewhere() -> World:
    organisation = Organisation.objects.create(
        name=NAME, short_name=SHORT_NAME, host=HOST, about="Thistledown about: people by the canal.",
        contact="Thistledown contact: knock at the lock house.",
    )  # fmt: skip
    with within(organisation):
        return _furnished(organisation)


def _furnished(organisation: Organisation) -> World:
    administrator, second = (_administrator(name) for name in (NAMES["caspian"], "Thistledown second"))
    programme = people.create_programme(
        actor=None, organisation=organisation, name=WORDS["programme"], summary=WORDS["summary"],
        practice_model="one_to_one_charity", now=NOW,
    )  # fmt: skip
    gathered = _gather(programme, administrator)
    gathered["caspian"] = administrator
    _together._walk(PAIR, programme, gathered["quill"], gathered["pember"], NOW)
    request = introductions.ask(actor=gathered["dorrit"], programme=programme, now=NOW)
    return _with_words(organisation, programme, gathered, request, second)


def _administrator(name: str) -> Person:
    made = people.join(name=name, programme=None, now=NOW)
    RoleHeld.objects.create(person=made, role=roles.ADMINISTRATOR, since_at=NOW)
    return made


def _gather(programme: Programme, administrator: Person) -> dict[str, Person]:
    programmes, gathered = {"walks": programme}, {}
    for row in ROWS:
        person = _people._join(row, programmes, NOW)
        _people._take_roles(person, row, programmes, administrator, NOW)
        gathered[next(key for key, name in NAMES.items() if name == row["name"])] = Person.objects.get(
            pk=person.pk
        )
    return gathered


def _with_words(
    organisation: Organisation,
    programme: Programme,
    gathered: dict[str, Person],
    request: Request,
    second: Person,
) -> World:
    walk = Relationship.objects.get(member=gathered["quill"])
    passing = introductions.Passing(reason=PassingReason(PassingReason.values[0]), words=WORDS["passing"])
    offered = gathered["sable"].practices.get()
    introduction = introductions.propose(
        actor=gathered["yusra"],
        request=request,
        practice_public_id=offered.public_id,
        passing=passing,
        now=NOW,
    )
    report = safety.report(
        actor=gathered["quill"], about=gathered["pember"], subject=f"person:{gathered['pember'].public_id}",
        words=WORDS["report"], extract="", programme=programme, now=NOW,
    )  # fmt: skip
    wish = safety.wish_apart(actor=gathered["quill"], programme=programme, words=WORDS["wish"], now=NOW)
    apart = safety.keep_apart(
        actor=gathered["yusra"], programme=programme, one=gathered["quill"], other=gathered["sable"],
        words=WORDS["pair"], now=NOW,
    )  # fmt: skip
    conversations.keep_draft(
        actor=gathered["pember"],
        conversation=Conversation.objects.get(pk=walk.conversation_id),
        text="Thistledown draft: never sent to anybody.",
        now=NOW,
    )
    _plan(gathered)
    stands_now(gathered["orrin"])
    return World(
        organisation=organisation,
        host=HOST,
        nobody="nobody elsewhere",
        parts=PARTS,
        people=gathered,
        walks=((walk, frozenset({"quill", "pember"})),),
        note=walk.notes.earliest("pk"),
        report=report,
        pair_apart=apart,
        wish=wish,
        request=request,
        introduction=introduction,
        help_line=_line(gathered["caspian"], second, NOW),
        cover=_cover(gathered),
        apart=keep_apart_record(
            programme, WORDS, gathered["sable"], gathered["quill"], gathered["linnet"], []
        ),
        duty=on_duty(gathered["orrin"], gathered["yusra"], WORDS["phone"]),
        concern=worried(gathered["pember"], gathered["quill"], WORDS["concern"]),
        noticed=noticed_in(walk.conversation_id, gathered["quill"], gathered["pember"], NOW, "Thistledown"),
        words=WORDS,
        held=hold_elsewhere(gathered["pember"], gathered["ivo"], gathered["yusra"], programme),
        unread=_unread(gathered, programme, walk),
        fair=judged_elsewhere(gathered, programme),
    )


def _plan(gathered: dict[str, Person]) -> None:
    quill, pember = gathered["quill"], gathered["pember"]
    for part, words in (("signs", "plan shared"), ("alone", "plan"), ("safer", "rest of the plan")):
        plans.write_part(
            actor=quill, kind=HARD_DAYS, prompt=HARD_DAYS.prompt(part), words=WORDS[words], now=NOW
        )
    plans.share_parts(
        actor=quill, kind=HARD_DAYS, parts=["signs"], reader=pember, lasts=ShareFor.WEEK, now=NOW
    )
    climb_elsewhere(quill, pember, Relationship.objects.get(member=quill))


def _unread(gathered: dict[str, Person], programme: Programme, walk: Relationship) -> HeldReply:
    """Pember learns; what they would like to say waits, and they asked the mentors something beside it."""
    learning = release.begin_learning(
        actor=gathered["yusra"], person=gathered["pember"], programme=programme, now=NOW
    )
    talk = Conversation.objects.get(pk=walk.conversation_id)
    conversations.send_message(actor=gathered["pember"], conversation=talk, text=WORDS["held"], now=NOW)
    release.say_beside(
        actor=gathered["pember"], thread=learning.threads.get(), words=WORDS["beside"], now=NOW
    )
    return HeldReply.objects.get(author=gathered["pember"])


def _cover(gathered: dict[str, Person]) -> Any:
    offered = gathered["pember"].practices.get()
    asked = practice.name_cover(actor=gathered["pember"], practice=offered, person=gathered["sable"], now=NOW)
    return practice.answer_cover(actor=gathered["sable"], cover=asked, says_yes=True, now=NOW)


def _line(administrator: Person, second: Person, now: datetime) -> HelpLine:
    facts = {
        "country": "GB", "kind": "listening", "name": WORDS["line"], "number": "01632 960 777",
        "operator_url": "https://thistledown.example/",
    }  # fmt: skip
    line = safety.add_helpline(actor=administrator, facts=facts, now=now)
    safety.verify_helpline(actor=administrator, line=line, now=now)
    return safety.verify_helpline(actor=second, line=line, now=now)
