"""What else to close when someone leaves the site at once (streams, device rows): rooms register it here."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest

_closers: list[Callable[[HttpRequest], None]] = []


def register(closer: Callable[[HttpRequest], None]) -> None:
    """Call `closer(request)` just before the session is thrown away."""
    if closer not in _closers:
        _closers.append(closer)


def forget(request: HttpRequest) -> bool:
    """Throw the session away. False when the database could not be reached: leaving must still succeed."""
    try:
        for closer in _closers:
            closer(request)
        request.session.flush()
    except DatabaseError:
        request.session.modified = False
        return False
    return True
