"""The countries a person can choose on the Help now page, by their two letters."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: Final[dict[str, str | Promise]] = {
    "AR": _("Argentina"),
    "AT": _("Austria"),
    "AU": _("Australia"),
    "BE": _("Belgium"),
    "BH": _("Bahrain"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CH": _("Switzerland"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "DK": _("Denmark"),
    "DZ": _("Algeria"),
    "EG": _("Egypt"),
    "ES": _("Spain"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "GR": _("Greece"),
    "HK": _("Hong Kong"),
    "HU": _("Hungary"),
    "IE": _("Ireland"),
    "IL": _("Israel"),
    "IN": _("India"),
    "IS": _("Iceland"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KE": _("Kenya"),
    "KR": _("South Korea"),
    "LB": _("Lebanon"),
    "LK": _("Sri Lanka"),
    "LU": _("Luxembourg"),
    "MA": _("Morocco"),
    "MX": _("Mexico"),
    "MY": _("Malaysia"),
    "NL": _("Netherlands"),
    "NO": _("Norway"),
    "NP": _("Nepal"),
    "NZ": _("New Zealand"),
    "PH": _("Philippines"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "SE": _("Sweden"),
    "SG": _("Singapore"),
    "TN": _("Tunisia"),
    "UA": _("Ukraine"),
    "US": _("United States"),
    "ZA": _("South Africa"),
}
OTHER: Final = "other"


def name_of(code: str) -> str:
    """The country's name in the language of the page; its two letters when we have no name."""
    return str(NAMES.get(code, code))


def named(codes: list[str]) -> list[tuple[str, str]]:
    """(code, name) pairs in the order of the names."""
    return sorted(((code, name_of(code)) for code in codes), key=lambda pair: pair[1])
