"""A message is sealed by the conversation's key and its writer's together, so that an erased writer's words open nowhere.

Until then the conversation's key alone was enough: an old backup, put back, would have opened what somebody deleted.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from companionway.foundation import sealing


def seal_anew(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("conversations", "Message").objects.using(schema_editor.connection.alias)
    written = rows.filter(state="here").exclude(author=None).order_by("id")
    for message in written.only("id", "conversation_id", "author_id", "client_id", "sealed").iterator(500):
        place = f"message:{message.author_id}:{message.client_id}"
        both = sealing.CONVERSATION, message.conversation_id, sealing.PERSON, message.author_id
        try:
            words = sealing.key_of(*both[:2]).open(message.sealed, place)
            sealed = sealing.key_of_both(*both).seal(words, place)
        except sealing.KeyDestroyed:
            sealed = b""
        except sealing.CannotOpen:  # sealed anew before
            continue
        rows.filter(pk=message.pk).update(sealed=sealed)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial"), ("foundation", "0002_chain_and_keeping")]
    operations = [migrations.RunPython(seal_anew, migrations.RunPython.noop)]
