import pytest
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pytest_django import DjangoAssertNumQueries

from companionway.foundation.prepared import Statement
from companionway.ui import context, menu
from companionway.ui.look import Look, chosen, look_of
from companionway.ui.menu import MenuItem
from tests.rooms.ui.page import asked


def item(key: str, order: int = 1, url_name: str = "ui:more", **more: object) -> MenuItem:
    return MenuItem(key, _("Words"), url_name, "home", order, more.pop("shown_to", lambda _: True), **more)  # type: ignore[arg-type]


def test_the_menu_shows_what_is_this_persons_in_order() -> None:
    for each in (item("late", 9), item("early", 1), item("other", 2, shown_to=lambda _: False)):
        menu.register(each)
    menu.register(item("gone", 3, url_name="nowhere:at_all"))
    assert [tab.key for tab in menu.tabs_for(asked())] == ["early", "late"]


@pytest.mark.django_db
def test_badges_count_for_the_one_who_asks_all_in_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    three = "select 1 union all select 2 union all select %s"
    menu.register(item("talk", badge=lambda request: Statement(three, (request.GET["a"],))))
    menu.register(item("none", badge=lambda request: Statement("select 1 where 1 = 2", ())))
    menu.register(item("other"))
    with django_assert_num_queries(1):
        tabs = menu.tabs_for(asked("/?a=1"))
    assert {tab.key: tab.badge for tab in tabs} == {"talk": 3, "none": 0, "other": 0}


def test_the_current_tab_is_the_nearest_address() -> None:
    menu.register(item("look", url_name="ui:look"))
    menu.register(item("more", url_name="ui:more"))
    for path, key in (("/look/", "look"), ("/more/deep/", "more"), ("/elsewhere/", "")):
        frame = context.frame(asked(path))
        assert frame["current_tab"] == key


def test_the_menu_is_asked_once_a_page_and_only_when_wanted() -> None:
    times: list[HttpRequest] = []

    def shown(request: HttpRequest) -> bool:
        times.append(request)
        return True

    menu.register(item("one", shown_to=shown))
    frame = context.frame(asked("/more/"))
    assert times == []
    assert (len(frame["menu"]), str(frame["current_tab"]), len(times)) == (1, "one", 1)


def test_the_service_has_a_name_even_when_the_database_is_away() -> None:
    assert context.frame(asked())["service_name"]() == "Companionway"
    context.set_service_name_provider(lambda: "Riverside")
    assert context.frame(asked())["service_name"]() == "Riverside"

    def away() -> str:
        raise DatabaseError

    context.set_service_name_provider(away)
    assert context.frame(asked())["service_name"]() == "Companionway"


@pytest.mark.parametrize(
    "cookie", ["", "....", "dark", "x" * 5000, "dark.<b>.more.wide.less.extra", "\x00.l"]
)
def test_any_cookie_gives_a_look(cookie: str) -> None:
    look = look_of(asked(look=cookie))
    assert look == chosen(vars(look))


def test_a_look_survives_its_cookie() -> None:
    wanted = Look("dark", "xl", "more", "wide", "less")
    assert look_of(asked(look=wanted.cookie_value)) == wanted
    assert (Look().dark_media, wanted.dark_media) == ("(prefers-color-scheme: dark)", "all")
