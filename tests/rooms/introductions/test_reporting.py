"""What somebody says of themselves before two meet can be reported; their name stays unsaid."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from companionway.introductions import services
from companionway.practice.models import SupporterPractice
from companionway.safety import queries as safety
from tests.cast import NOW, Cast
from tests.rooms.introductions.scene import ask, asked


def test_a_need_with_its_words_by_the_one_who_was_asked(
    cast: Cast, theos: SupporterPractice, client: Client
) -> None:
    request = ask(cast.mina, cast.programme)
    changes = {"words": "Somebody who knows nights."}
    services.change_wishes(actor=cast.mina, request=request, changes=changes, now=NOW)
    subject = f"introduction:{asked(request, theos).public_id}"
    thing = safety.reportable(cast.theo, subject)
    assert thing is not None
    assert (thing.about, thing.text.splitlines()[0]) == (cast.mina, "Somebody who knows nights.")
    assert safety.reportable(cast.ruth, subject) is safety.reportable(cast.cora, subject) is None
    client.force_login(cast.theo)
    shown = client.get(f"{reverse('safety:report')}?about={subject}").content.decode()
    assert "Somebody who knows nights." in shown
    assert "Mina" not in shown
