"""A page that has a part of an evening asks for the rest: new words, and what became of the others only if it did."""

from __future__ import annotations

import pytest

from companionway.gatherings.models import Share
from tests.rooms.gatherings.conftest import Evening
from tests.rooms.gatherings.test_views import ComeIn, at, seated

pytestmark = pytest.mark.usefixtures("at_that_time")


def test_only_what_it_lacks(come_in: ComeIn, voices: Evening) -> None:
    voices.open()
    mina, nia = seated(come_in, voices, voices.mina), seated(come_in, voices, voices.nia)
    theo = come_in(voices.theo)
    for n in (1, 2, 3):
        mina.post(at(voices, "share/"), {"text": f"line {n}", "client_id": f"{n}"})
    page = nia.get(at(voices, "room/")).content.decode()
    assert 'data-last="3" data-state="0.0"' in page and "data-marks" not in page
    same = nia.get(at(voices, "now/?since=2&state=0.0")).content.decode()
    assert "line 3" in same and "line 2" not in same and "data-marks" not in same
    first, second, third = (each.public_id for each in Share.objects.order_by("number"))
    nia.post(at(voices, f"with/{second}/"))
    nia.post(at(voices, f"flag/{third}/"))
    mina.post(at(voices, f"back/{first}/"))
    room = nia.get(at(voices, "now/?since=3&state=0.0")).context["room"]
    assert (room.state, room.marks, room.shares) == ("3.0", f"{second}:1:w {third}:0:", [])
    assert mina.get(at(voices, "now/?since=3&state=0.0")).context["room"].marks == f"{second}:1:m {third}:0:m"
    held = theo.get(at(voices, "hold/now/?since=3&state=0.0")).context["room"]
    assert held.marks == f"{second}:1: {third}:0:f"
    assert nia.get(at(voices, "now/?since=3&state=3.0")).context["room"].marks is None


@pytest.mark.parametrize("asked", ["?since=x", "?since=-1", "?since=99999999", "?since=²", "?state=0.0"])
def test_odd_questions_get_everything(come_in: ComeIn, voices: Evening, asked: str) -> None:
    voices.open()
    mina = seated(come_in, voices, voices.mina)
    mina.post(at(voices, "share/"), {"text": "line 1"})
    assert "line 1" in mina.get(at(voices, f"now/{asked}")).content.decode()
