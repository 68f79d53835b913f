from django import forms
from django.utils.translation import gettext_lazy as _

from companionway.ui.forms import KindForm


class LookForm(KindForm):
    """The six choices about how pages look, each as words."""

    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[("auto", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    size = forms.ChoiceField(
        label=_("Text size"),
        choices=[("m", _("Medium")), ("l", _("Large")), ("xl", _("Extra large"))],
        widget=forms.RadioSelect,
    )
    contrast = forms.ChoiceField(
        label=_("Contrast"),
        choices=[("auto", _("As my device")), ("more", _("More contrast"))],
        widget=forms.RadioSelect,
    )
    spacing = forms.ChoiceField(
        label=_("Space between letters and lines"),
        choices=[("auto", _("Usual")), ("wide", _("Wider"))],
        help_text=_("Wider spacing helps some people with dyslexia."),
        widget=forms.RadioSelect,
    )
    reading = forms.ChoiceField(
        label=_("Words"),
        choices=[("auto", _("As my groups have it")), ("usual", _("Usual")), ("easy", _("Easy read"))],
        help_text=_("Easy read: short sentences, large text, one thing below the other, with pictures."),
        widget=forms.RadioSelect,
    )
    motion = forms.ChoiceField(
        label=_("Movement"),
        choices=[("auto", _("As my device")), ("less", _("Nothing moves"))],
        widget=forms.RadioSelect,
    )
