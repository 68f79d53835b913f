"""Killed at any moment of letting go: the end of the row and the message are both there, or neither."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from companionway.conversations.models import Message
from companionway.foundation.policy import Refused
from companionway.release import services
from companionway.release.models import HeldReply
from companionway.release.states import ReplyState
from tests.cast import NOW
from tests.rooms.release.conftest import Learning, make_learning

# Where the other process is killed: a function, and whether before or after it did its work.
MOMENTS = {
    "before anything": ("companionway.release.services._deciding.locked", "before", 1),
    "the row has ended, no message yet": ("companionway.release.models.HeldReply.save", "after", 1),
    "the message stands, its number not yet in the row": (
        "companionway.release.models.HeldReply.save",
        "before",
        2,
    ),
    "all is written, nothing committed": ("companionway.release.services._deciding.announce", "after", 1),
    "committed, nothing answered": ("companionway.release.services.release_reply", "after", 1),
}
CODE = """
import os, sys
import django
django.setup()
from datetime import datetime
from django.utils.module_loading import import_string
from companionway.people.models import Person
from companionway.release import services
from companionway.release.models import HeldReply

path, when, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
owner, name = path.rsplit(".", 1)
try:
    owner = import_string(owner)
except ImportError:
    __import__(owner)
    owner = sys.modules[owner]
plain, left = getattr(owner, name), [times]

def killed(*args, **kwargs):
    left[0] -= 1
    if left[0] == 0 and when == "before":
        os._exit(9)
    done = plain(*args, **kwargs)
    if left[0] == 0:
        os._exit(9)
    return done

setattr(owner, name, killed)
held, mentor = HeldReply.objects.get(), Person.objects.get(name="Hanna")
services.release_reply(actor=mentor, held=held, version=1, now=datetime.fromisoformat(sys.argv[4]))
"""


def database_url() -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    url = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}"))


@pytest.fixture
def learning(transactional_db: None) -> Learning:
    return make_learning()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_letting_go(learning: Learning, moment: str) -> None:
    held = learning.holds("How was Tuesday?")
    services.open_reply(actor=learning.hanna, held=held, now=NOW)
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "companionway.config.settings",
        "DATABASE_URL": database_url(),
        "COMPANIONWAY_VAR": str(settings.VAR),
        "MASTER_KEY_FILE": str(settings.MASTER_KEY_FILE),
    }
    path, when, times = MOMENTS[moment]
    command = [sys.executable, "-c", CODE, path, when, str(times), NOW.isoformat()]
    died = subprocess.run(command, env=env, capture_output=True, timeout=300, check=False)
    assert died.returncode == 9, died.stderr.decode()
    held.refresh_from_db()
    sent = list(Message.objects.filter(author=learning.cast.theo).values_list("pk", flat=True))
    if moment == "committed, nothing answered":
        assert (held.state, [held.message_id]) == (ReplyState.RELEASED, sent)
        with pytest.raises(Refused):
            services.release_reply(actor=learning.hanna, held=held, version=1, now=NOW)
    else:
        assert (held.state, sent) == (ReplyState.WAITING, [])
        services.release_reply(actor=learning.hanna, held=held, version=1, now=NOW)
    assert Message.objects.filter(author=learning.cast.theo).count() == 1
    assert not HeldReply.objects.filter(state=ReplyState.RELEASED, message_id=None).exists()
