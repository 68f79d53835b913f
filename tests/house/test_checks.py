"""`companionway check`: a sentence for each thing that is wrong, and none when nothing is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from companionway.config import checks
from companionway.foundation import sealing
from companionway.foundation.models import Record
from companionway.upkeep import places

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PUBLIC = {"PUBLIC_URL": "https://peers.example.org", "ALLOWED_HOSTS": ["peers.example.org"]}


@pytest.fixture
def well_set(settings: Settings, tmp_path: Path) -> Settings:
    """A service with nothing to mend."""
    settings.VAR = settings.STATIC_ROOT = tmp_path
    settings.MASTER_KEY_FILE = tmp_path / "keys" / "master.json"
    (tmp_path / "staticfiles.json").touch()
    places.note_last_good(tmp_path / "one.backup", NOW)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = (
        "django.core.mail.backends.smtp.EmailBackend",
        "mail.example.org",
    )
    settings.DEFAULT_FROM_EMAIL = "Messages <messages@peers.example.org>"
    for name, value in PUBLIC.items():
        setattr(settings, name, value)
    return settings


@pytest.mark.django_db
def test_nothing_to_mend(well_set: Settings) -> None:
    assert checks.problems(NOW) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"DEBUG": True}, "DEBUG is on while the service answers to peers.example.org"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS contains *"),
        ({"ALLOWED_HOSTS": ["other.example.org"]}, "ALLOWED_HOSTS does not contain peers.example.org"),
        ({"PUBLIC_URL": "http://127.0.0.1:8000"}, "PUBLIC_URL still names this machine"),
        ({"PUBLIC_URL": "http://peers.example.org"}, "PUBLIC_URL does not begin with https://"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "No mail is sent"),
        ({"EMAIL_HOST": ""}, "EMAIL_HOST is not set"),
        ({"DEFAULT_FROM_EMAIL": "noreply@localhost"}, "DEFAULT_FROM_EMAIL ends in @localhost"),
        ({"VAR": Path("/nowhere/at/all")}, "The folder /nowhere/at/all cannot be written"),
        ({"STATIC_ROOT": "/nowhere/at/all"}, "The styles and scripts are not collected"),
        ({"VALKEY_URL": "redis://127.0.0.1:1/0"}, "VALKEY_URL is set but nothing answers"),
    ],
)
@pytest.mark.django_db
def test_each_setting_gone_wrong_has_its_sentence(
    well_set: Settings, changed: dict[str, Any], said: str
) -> None:
    for name, value in changed.items():
        setattr(well_set, name, value)
    assert any(sentence.startswith(said) for sentence in checks.problems(NOW))


@pytest.mark.django_db
def test_the_master_key_must_be_there_and_private(well_set: Settings) -> None:
    sealing.forget_all()
    sealing.key_of(sealing.PERSON, 1)
    assert checks.problems(NOW) == []
    path = Path(well_set.MASTER_KEY_FILE)
    path.chmod(0o640)
    assert any("can be read by others" in sentence for sentence in checks.problems(NOW))
    path.chmod(0o600)
    path.write_text("{}")
    assert any("is damaged" in sentence for sentence in checks.problems(NOW))
    path.unlink()
    assert any("is missing" in sentence for sentence in checks.problems(NOW))


@pytest.mark.django_db
def test_a_clock_that_runs_behind_is_named(well_set: Settings) -> None:
    Record.objects.create(name="seeded.fact", subject="x:1", happened_at=NOW)
    assert checks.problems(NOW) == []
    assert any("clock is behind" in sentence for sentence in checks.problems(NOW - timedelta(hours=1)))
    assert any(
        "shows the year 1970" in sentence for sentence in checks.problems(datetime(1970, 1, 1, tzinfo=UTC))
    )


@pytest.mark.django_db
def test_a_missing_backup_and_an_old_one_are_named(well_set: Settings, tmp_path: Path) -> None:
    later = checks.problems(NOW + timedelta(days=2, minutes=1))
    assert [sentence for sentence in later if "last good backup is from 21 November" in sentence]
    (tmp_path / "last-backup.json").unlink()
    assert any("No backup was ever made" in sentence for sentence in checks.problems(NOW))


def test_a_full_disk_is_named(well_set: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LEAST_FREE_MB", 2**40)
    assert "are free on the disk" in (checks.disk_has_room(NOW) or "")
