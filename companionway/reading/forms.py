"""What a practice supervisor may type to a page. Every word typed comes back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.ui.forms import KindForm, LongText

CHANGE, SIGN = "change", "sign"
ABOUT_PRACTICE = _(
    "About practice, not about the person: what could be said otherwise, what is good, what to bring to your next talk."
)


class RemarkForm(KindForm):
    """It carries the number of the version its writer had before their eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    words = LongText(
        label=_("What would you like to say to this page?"),
        help_text=ABOUT_PRACTICE,
        who_sees=_("Both people whose page it is, and you."),
        max_length=3000,
        rows=6,
        required=False,
    )
    says = forms.ChoiceField(
        label=_("And now?"),
        choices=[
            (CHANGE, _("I ask for a change")),
            (SIGN, _("I sign it: the page stays as it is from now on")),
        ],
        widget=forms.RadioSelect,
    )

    def look_again(self, version: int) -> None:
        """The words stay, beside the version that is there now; it is opened and read before anything is sent."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "version": str(version)}
