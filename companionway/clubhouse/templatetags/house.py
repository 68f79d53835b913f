"""The row of pages of a house."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from companionway.clubhouse.pages import pages
from companionway.people.models import Programme

register = template.Library()


@register.inclusion_tag("clubhouse/parts/nav.html")
def house_pages(programme: Programme) -> dict[str, Any]:
    shown = [(each, reverse(each.url_name, args=[programme.public_id])) for each in pages()]
    return {"pages": shown}
