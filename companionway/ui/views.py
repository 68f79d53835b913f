"""The frame's own doors: how it looks, leaving, what a phone installs, the gallery, pages for bad moments."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods

from companionway.ui import gallery as shown
from companionway.ui.context import DEFAULT_NAME, leave_to
from companionway.ui.easy import spoken
from companionway.ui.leaving import forget
from companionway.ui.look import COOKIE, COOKIE_AGE_SECONDS, chosen, look_of
from companionway.ui.look_form import LookForm

SHEETS = ("tokens", "dark", "base", "layout", "parts", "forms", "pages", "chat", "prefs")
SHELL = (
    *(f"ui/css/{name}.css" for name in SHEETS),
    "ui/js/leave.js",
    "ui/icons/icons.svg",
    "ui/icons/favicon.svg",
    "ui/fonts/atkinson-next-latin.woff2",
)
SECRET_NAMES = ("csrf", "pass", "code", "token", "secret", "otp", "key", "credential")


def _safe_next(request: HttpRequest, fallback: str = "/") -> str:
    url = request.POST.get("next") or request.GET.get("next") or fallback
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if safe else fallback


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Theme, text size, contrast, spacing, motion: kept in this browser, before sign-in too."""
    if request.method == "POST":
        wanted = chosen(request.POST.dict(), look_of(request))
        answer = HttpResponseRedirect(_safe_next(request))
        answer.set_cookie(
            COOKIE,
            wanted.cookie_value,
            max_age=COOKIE_AGE_SECONDS,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
        return answer
    form = LookForm(initial=vars(look_of(request)))
    return render(request, "ui/look.html", {"look_form": form, "next": _safe_next(request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """End the session and go to a neutral page. Works without JavaScript, and when the database is away."""
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=204)
    gone = forget(request)
    answer = HttpResponseRedirect(leave_to())
    if not gone:
        answer.delete_cookie(settings.SESSION_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH)
    answer["Clear-Site-Data"] = '"cache", "storage"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """Every place in the menu, for a phone where not all tabs fit."""
    return render(request, "ui/more.html", {"current_tab": "more"})


@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, for those who build and check them. `?theme=dark&size=xl` show the looks."""
    if not (settings.DEBUG or getattr(settings, "SHOW_GALLERY", False)):
        raise Http404
    look_shown = chosen(request.GET.dict(), look_of(request))
    template = shown.PAGES.get(request.GET.get("page", ""), "ui/gallery.html")
    return render(request, template, {"look": look_shown, **shown.samples()})


@require_GET
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to install this. The name on the home screen is a neutral one."""
    name = getattr(settings, "INSTALL_NAME", "") or DEFAULT_NAME
    icons = [
        {
            "src": static(f"ui/icons/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": use,
        }
        for size, use in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    body: dict[str, Any] = {
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": spoken(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf7f0",
        "theme_color": "#fbf7f0",
        "icons": icons,
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_GET
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the shell, the offline page and Help now. Of personal pages it keeps one, when asked to."""
    files = [static(name) for name in SHELL]
    version = hashlib.sha256("".join(files).encode()).hexdigest()[:12]
    return render(request, "ui/sw.js", {"files": files, "version": version}, content_type="text/javascript")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown when there is no connection; with ?own on a device that keeps a page of its person's own."""
    return render(request, "ui/offline.html", {"has_own": "own" in request.GET})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: too much at once, or not understood."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same for what is not there and for what is not this person's to see."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs no context, no session, no database."""
    return HttpResponse(render_to_string("500.html"), status=500)


def not_now(request: HttpRequest) -> HttpResponse:
    """503: the database cannot be written. Touches neither session nor database; what was typed is shown."""
    words = {"typed": _typed(request), "again": _page_before(request)}
    return HttpResponse(render_to_string("503.html", words), status=503, headers={"Retry-After": "60"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page had grown old. What was typed is shown, so that it can be copied; nothing was saved."""
    context = {"typed": _typed(request), "again": _page_before(request)}
    return render(request, "403_csrf.html", context, status=403)


def _typed(request: HttpRequest) -> list[str]:
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, SuspiciousOperation, MultiPartParserError):
        return []
    return [value for name, value in posted if value.strip() and not _is_secret(name)]


def _is_secret(name: str) -> bool:
    return name == "next" or any(part in name.lower() for part in SECRET_NAMES)


def _page_before(request: HttpRequest) -> str:
    """The page the form was on, when the browser says so; else this address."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # "http://[" is no address
        return request.path
    return before.path if before.netloc == request.get_host() else request.path
