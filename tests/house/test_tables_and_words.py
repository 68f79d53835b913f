"""Migrations say what the models say; compiled translations say what the translators wrote."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from babel.messages import mofile, pofile
from django.core.management import call_command

from tests.house.files import HOUSE, shown


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def stale_translations(folder: Path) -> list[str]:
    """Translation files whose compiled form is missing or says something else."""
    stale = []
    for written in sorted(folder.rglob("*.po")):
        kept = written.with_suffix(".mo")
        with written.open("rb") as source:
            compiled = io.BytesIO()
            mofile.write_mo(compiled, pofile.read_po(source))
        compiled.seek(0)
        if not kept.exists() or _said(compiled) != _said(io.BytesIO(kept.read_bytes())):
            stale.append(f"{shown(written)}: make words")
    return stale


def _said(compiled: io.BytesIO) -> dict[object, str]:
    catalog: dict[object, str] = dict(vars(gettext.GNUTranslations(compiled))["_catalog"])
    return {key: text for key, text in catalog.items() if key}


def test_compiled_translations_are_fresh() -> None:
    assert stale_translations(HOUSE) == []


def test_a_stale_translation_is_seen(tmp_path: Path) -> None:
    written = tmp_path / "django.po"
    written.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Yes"\nmsgstr "Oui"\n'
    )
    assert stale_translations(tmp_path) != []
    with written.open("rb") as source, (tmp_path / "django.mo").open("wb") as target:
        mofile.write_mo(target, pofile.read_po(source))
    assert stale_translations(tmp_path) == []
    written.write_text(written.read_text().replace("Oui", "Si"))
    assert stale_translations(tmp_path) != []
