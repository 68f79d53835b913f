"""What the database itself refuses, whatever the code above it forgets."""

from __future__ import annotations

from companionway.people.models import Organisation
from companionway.reachout import services
from companionway.reachout.models import Missed, ReachBy, ReachWish
from companionway.reachout.services import Wish
from tests.cast import NOW, make_person
from tests.rooms.clubhouse.conftest import Home, refused
from tests.rooms.reachout.conftest import wish


def test_one_wish_and_one_place_on_the_list(home: Home) -> None:
    chosen = Wish(days=5, way="letter", named=[home.nils])
    row = services.choose_reach(actor=home.mina, programme=home.programme, wish=chosen, now=NOW)
    again = {"programme": home.programme, "person": home.mina, "days": 5, "due_at": NOW, "chosen_at": NOW}
    refused("reachout_", lambda: ReachWish.objects.create(**again))
    Missed.objects.create(wish=row, since_at=NOW)
    refused("reachout_", lambda: Missed.objects.create(wish=row, since_at=NOW))


def test_between_two_organisations_there_is_a_wall(home: Home) -> None:
    far = Organisation.objects.create(name="Far", short_name="Far", host="far.example")
    vera = make_person("Vera", organisation=far)
    row = wish(home)
    missed = Missed.objects.create(wish=row, since_at=NOW)
    for deed in (
        lambda: ReachBy.objects.create(wish=row, person=vera),
        lambda: Missed.objects.filter(pk=missed.pk).update(taken_by=vera),
    ):
        refused("different organisations", deed)
