"""This room's part of what a person downloads: that nothing of it is in the file, and why. The same for everybody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from companionway.people.models import Person


def part(person: Person) -> dict[str, Any]:
    """Nobody can tell from it whether a record exists: neither whom one is about, nor who reads over a shoulder."""
    return {
        "not_in_this_file": _(
            "If the organisation keeps records to protect somebody, they are not in this file, whether or not "
            "there are any. They are about several people at once, and to hand them out here could put "
            "somebody in danger. What you told yourself you can read in the service. Ask the organisation in "
            "writing if you want to know more: a person decides, and the law gives you a right to an answer."
        )
    }
