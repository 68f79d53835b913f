"""What people may type here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.calendars import guide, plans
from companionway.people.models import Programme
from companionway.ui.forms import KindForm, ShortText


class FeedForm(KindForm):
    label = ShortText(
        label=_("What is this address for?"),
        help_text=_("For example: my phone. Only you see it."),
        max_length=60,
    )
    title = ShortText(
        label=_("What should each entry be called?"),
        help_text=_(
            "Left empty, it has the name of the service. Choose words that may be read over your shoulder."
        ),
        required=False,
        max_length=60,
    )
    shows_place = forms.BooleanField(label=_("Write the place into each entry"), required=False)


class PlanForm(KindForm):
    """The plan of a room."""

    place = forms.ChoiceField(label=_("Which place is it?"))
    plan = forms.FileField(
        label=_("The calendar of the room (.ics)"),
        help_text=_("It is read, compared and forgotten."),
        max_length=200,
    )

    def __init__(self, *args: Any, places: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each, each) for each in places]

    def clean_plan(self) -> Any:
        file = self.cleaned_data["plan"]
        if file.size > plans.MOST_BYTES:
            raise forms.ValidationError(_("This calendar is too big. Please export only the coming weeks."))
        return file


class GuideForm(KindForm):
    """A list of meetings; `text` carries it from the preview to the deed, so nothing is kept in between."""

    programme = forms.ChoiceField(label=_("For which programme?"))
    file = forms.FileField(label=_("The list (JSON)"), required=False, max_length=200)
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, programmes: list[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.public_id, each.name) for each in programmes]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        file = said.get("file")
        if file is not None:
            if file.size > guide.MOST_BYTES:
                self.add_error("file", _("This list is too long. Please bring it in parts."))
            else:
                said["text"] = file.read().decode("utf-8", "replace")
        elif not said.get("text"):
            self.add_error("file", _("Please choose a file."))
        return said
