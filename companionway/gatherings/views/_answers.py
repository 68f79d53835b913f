"""How a deed of a meeting's page is answered: a script with data, a form with the page it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from companionway.foundation.policy import Refused
from companionway.people.http import SignedInRequest
from companionway.ui.deeds import try_to


def by_script(request: SignedInRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def done(
    request: SignedInRequest, deed: Callable[[], Any], to: str, public_id: str, thanks: Any = ""
) -> HttpResponse:
    """Do it; say thanks, or kindly why not."""
    if not by_script(request):
        try_to(request, deed, thanks)
        return redirect(to, public_id=public_id)
    try:
        deed()
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=403)
    return JsonResponse({"said": str(thanks)})
