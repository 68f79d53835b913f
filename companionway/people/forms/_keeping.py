"""How long each class of data is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from companionway.foundation import retention
from companionway.ui.forms import KindForm, be_kind


class KeepingForm(KindForm):
    """One number of days for every clock of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in sorted(retention.clocks(), key=lambda each: str(each.words)):
            bounds = _("Between %(least)s and %(most)s days.") % {"least": each.least, "most": each.most}
            self.fields[each.key] = forms.IntegerField(
                label=each.words,
                help_text=f"{each.source}. {bounds}",
                min_value=each.least,
                max_value=each.most,
            )
            be_kind(self.fields[each.key])
