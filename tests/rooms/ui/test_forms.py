import unicodedata

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from companionway.ui.forms import KindForm, LongText, ShortText, tidy, tidy_line
from companionway.ui.gallery import SampleForm
from tests.rooms.ui.page import drawn


class Letter(KindForm):
    to = ShortText(label="To", max_length=20, help_text="A name")
    words = LongText(label="Words", max_length=50, who_sees="Only you and Sam")
    mood = forms.ChoiceField(label="Mood", choices=[("a", "Fine"), ("b", "Not")], widget=forms.RadioSelect)


def sent(**values: str) -> Letter:
    return Letter(QueryDict(mutable=False) if not values else _query(values))


def _query(values: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


@given(st.text())
def test_tidying_keeps_every_visible_character(text: str) -> None:
    kept = tidy(text)
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert tidy(kept) == kept
    visible = [c for c in text if unicodedata.category(c) not in ("Cc", "Cs")]
    assert [c for c in kept if c not in "\n\t"] == list(
        unicodedata.normalize("NFC", tidy("".join(visible)))
    ) or (unicodedata.normalize("NFC", "".join(visible)) != "".join(visible))


def test_a_name_is_one_line_that_cannot_turn_the_page_round() -> None:
    assert tidy_line("  Jo\r\n\u202eann\x00 ") == "Jo ann"


def test_nul_emoji_and_line_ends_are_taken_kindly() -> None:
    form = sent(to="Zoë\x00", words="One\r\nTwo 👩🏽‍🚀\x07", mood="a")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["to"] == "Zoë"
    assert form.cleaned_data["words"] == "One\nTwo 👩🏽‍🚀"


def test_too_long_is_a_kind_sentence_and_the_words_are_still_there() -> None:
    long = "word " * 30
    form = sent(to="Sam", words=long, mood="a")
    assert "Please shorten this. There is room for 50 characters and this has 149." in form.errors["words"]
    assert long in drawn("{% field form.words %}", form=form)


@pytest.mark.parametrize(
    ("name", "sentence"), [("to", "Please write something here."), ("mood", "Please choose one.")]
)
def test_nothing_written_is_answered_per_kind_of_field(name: str, sentence: str) -> None:
    assert sent().errors[name] == [sentence]


def test_a_forged_choice_is_answered_and_not_shown_as_markup() -> None:
    form = sent(to="a", words="b", mood="<script>")
    assert form.errors["mood"] == ["Please choose one of the answers listed."]


def test_a_forms_own_sentence_is_left_alone() -> None:
    class Own(KindForm):
        name = forms.CharField(error_messages={"required": "Tell us a name, any name."})

    assert Own({}).errors["name"] == ["Tell us a name, any name."]


def test_a_field_ties_hint_error_and_reader_to_its_control() -> None:
    markup = drawn("{% field form.words %}", form=sent())
    described = 'aria-describedby="id_words_limit id_words_error id_words_who"'
    assert described in markup
    for part in ("limit", "error", "who"):
        assert f'id="id_words_{part}"' in markup
    assert 'dir="auto"' in markup
    assert 'aria-invalid="true"' in markup
    assert "maxlength" not in markup
    assert " required" not in markup
    assert "Only you and Sam" in markup


def test_radio_buttons_are_a_group_with_its_question() -> None:
    markup = drawn("{% field form.mood %}", form=Letter())
    assert "<legend>Mood</legend>" in markup
    assert markup.count('type="radio"') == 2


def test_the_summary_leads_to_each_place_and_is_absent_when_all_is_well() -> None:
    markup = drawn("{% error_summary form %}", form=sent())
    assert 'href="#id_to"' in markup
    assert 'href="#id_mood_0"' in markup
    assert "autofocus" in markup
    assert drawn("{% error_summary form %}", form=Letter()).strip() == ""


def test_every_kind_of_control_draws() -> None:
    markup = drawn("{% fields form %}", form=SampleForm())
    for control in ("textarea", 'type="radio"', 'type="checkbox"', "<select", 'type="password"'):
        assert control in markup
    assert 'autocomplete="current-password"' in markup
