"""What the tests of the component set look at pages with."""

from typing import Any

from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory


def drawn(source: str, **context: Any) -> str:
    """The markup a template line makes."""
    return Template("{% load ui %}" + source).render(Context(context))


def asked(path: str = "/", **cookies: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    return request
