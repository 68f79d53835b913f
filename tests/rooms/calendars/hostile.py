"""Calendars that programs and people bring: ordinary ones of many kinds, and hostile ones. All written here by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from companionway.calendars.writing import time_zone

BEFORE, AFTER = "Before", "After"
ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Sydney",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
)
OUTLOOK = "\r\n".join(
    ["BEGIN:VTIMEZONE", "TZID:GMT Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100",
     "TZOFFSETTO:+0000", "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT",
     "DTSTART:16010101T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100",
     "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE", ""]
)  # fmt: skip


def event(*lines: str, uid: str = "a") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT", ""])


def whole(*parts: str) -> bytes:
    """A calendar with these parts between two plain entries, by which it is seen that nothing else was lost."""
    before = event(f"SUMMARY:{BEFORE}", "DTSTART:20261125T100000Z", "DTEND:20261125T110000Z", uid="before")
    after = event(f"SUMMARY:{AFTER}", "DTSTART:20261126T100000Z", "DTEND:20261126T110000Z", uid="after")
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n"
    return (head + "".join([before, *parts, after]) + "END:VCALENDAR\r\n").encode()


def own_zone(zone: str) -> str:
    """A VTIMEZONE under a name that nobody knows."""
    return time_zone(zone, 2020, 2030).to_ical().decode().replace(f"TZID:{zone}", f"TZID:Our {zone}")


# With a first day that the rule has: for others the standard does not say what happens, and readers differ.
RULES = {
    "FREQ=WEEKLY": "20261103",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH": "20261103",
    "FREQ=DAILY;COUNT=90": "20261103",
    "FREQ=MONTHLY;BYDAY=-1TU": "20261027",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": "20261030",
    "FREQ=MONTHLY;BYMONTHDAY=24": "20261024",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1": "20251201",
    "FREQ=WEEKLY;UNTIL=20261215T000000Z": "20261103",
    "FREQ=WEEKLY;BYHOUR=18;BYMINUTE=0": "20261103",
    "FREQ=YEARLY;BYDAY=4TU;BYMONTH=11": "20251125",
}
FORMS = ("plain", "end", "exdate", "rdate", "moved", "cancelled", "later", "two")


def ordinary() -> Iterator[tuple[str, bytes]]:
    """Every form in every zone, by turns of the rules; then whole days, instants and times without a zone."""
    for number, (form, zone) in enumerate(product(FORMS, ZONES)):
        rule = list(RULES)[number % len(RULES)]
        yield f"{form} {zone} {rule}", whole(own_zone(zone), *_formed(form, f";TZID=Our {zone}", rule))
    for form, rule in product(FORMS, list(RULES)[:7]):
        yield f"{form} without a zone {rule}", whole(*_formed(form, "", rule))
    for days, rule in product(
        (1, 2, 5), ("FREQ=WEEKLY", "FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=DAILY;INTERVAL=9")
    ):
        ends = date(2026, 11, 24) + timedelta(days=days)
        lines = (
            "DTSTART;VALUE=DATE:20261124",
            f"DTEND;VALUE=DATE:{ends:%Y%m%d}",
            f"RRULE:{rule}",
            "EXDATE;VALUE=DATE:20261201",
        )
        yield f"{days} whole days {rule}", whole(event(*lines))  # fmt: skip


def _formed(form: str, zone: str, rule: str) -> list[str]:
    day = RULES[rule]
    begins = f"DTSTART{zone}:{day}T180000"
    master = [begins, f"RRULE:{rule}", f"DTEND{zone}:{day}T193000" if form == "end" else "DURATION:PT45M"]
    again = [
        f"RECURRENCE-ID{zone}:20261117T180000",
        f"DTSTART{zone}:20261125T070000",
        "DURATION:PT2H",
        "SEQUENCE:2",
    ]
    if form == "exdate" and rule.startswith(("FREQ=WEEKLY", "FREQ=DAILY")):
        # Only days that the rule has: after one that it has not, ical.js overlooks the next.
        master += [f"EXDATE{zone}:20261117T180000,20261201T180000", f"EXDATE{zone}:20261215T180000"]
    if form == "rdate":
        master += [f"RDATE{zone}:20261129T113000,20261130T113000"]
    found = [event(*master)]
    if form in ("moved", "cancelled") and rule.startswith("FREQ=WEEKLY"):
        found.append(event(*again, *(["STATUS:CANCELLED"] if form == "cancelled" else [])))
    if form == "later":
        found.insert(0, event(begins.replace("T18", "T08"), "DURATION:PT1H", "SEQUENCE:0"))
        found[1] = event(*master, "SEQUENCE:4")
    if form == "two":
        found.append(event(*master, uid="b"))
    return found


UTC_START = "DTSTART:20261124T180000Z"
WEEKLY = "RRULE:FREQ=WEEKLY"
# One entry each, that cannot be used or that must not take for ever. The file stands.
ENTRIES = {
    "every second": event(UTC_START, "RRULE:FREQ=SECONDLY"),
    "every minute, in small letters": event(UTC_START, "rrule:freq=minutely"),
    "every second, by parts of a day": event(
        UTC_START,
        "RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=" + ",".join(map(str, range(60))),
    ),
    "every second of a year": event(
        UTC_START, "RRULE:FREQ=YEARLY;BYSECOND=" + ",".join(map(str, range(60)))
    ),
    "the thirtieth of February, looked for daily": event(UTC_START, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "the thirtieth of February, yearly": event(UTC_START, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,31"),
    "a place that no week has": event(UTC_START, "RRULE:FREQ=WEEKLY;BYDAY=MO;BYSETPOS=7"),
    "a place that no day has": event(UTC_START, "RRULE:FREQ=DAILY;BYSETPOS=2"),
    "the sixth Monday of a month": event(UTC_START, "RRULE:FREQ=MONTHLY;BYDAY=6MO"),
    "the fortieth of some days": event(UTC_START, "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=40"),
    "a Tuesday among Mondays": event("DTSTART:20261123T100000Z", "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU"),
    "a thousand rules": event(UTC_START, *["RRULE:FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30"] * 1000),
    "since the year one": event("DTSTART:00010101T000000", "RRULE:FREQ=DAILY"),
    "since the year 1601": event("DTSTART:16010101T000000", "RRULE:FREQ=WEEKLY"),
    "no beginning": event("SUMMARY:x"),
    "an empty beginning": event("DTSTART:"),
    "two beginnings": event(UTC_START, "DTSTART:20261125T180000Z"),
    "a month thirteen": event("DTSTART:20261324T180000Z"),
    "a time of nonsense": event("DTSTART:20261124T996199Z"),
    "words for a date": event("DTSTART:tomorrow evening"),
    "a rule of nonsense": event(UTC_START, "RRULE:FREQ=WEEKLY;BYDAY=XX"),
    "a rule without a frequency": event(UTC_START, "RRULE:BYDAY=MO"),
    "an empty rule": event(UTC_START, "RRULE:"),
    "a rule with unknown parts": event(UTC_START, "RRULE:FREQ=WEEKLY;BYEASTER=1"),
    "an end of the rule in words": event(UTC_START, "RRULE:FREQ=WEEKLY;UNTIL=SOON"),
    "every nought weeks": event(UTC_START, "RRULE:FREQ=WEEKLY;INTERVAL=0"),
    "every minus one week": event(UTC_START, "RRULE:FREQ=WEEKLY;INTERVAL=-1"),
    "a length of centuries": event(UTC_START, "DURATION:P99999999D"),
    "a length of nonsense": event(UTC_START, "DURATION:LONG"),
    "many dates": event(UTC_START, "RDATE:" + ",".join(["20261124T180000Z"] * 3000)),
    "many dates taken out": event(UTC_START, WEEKLY, "EXDATE:" + ",".join(["20261124T180000Z"] * 3000)),
    "a date of nonsense among the dates": event(UTC_START, "RDATE:20261125T180000Z,soon"),
    "a zone that is a path": event("DTSTART;TZID=../../etc/passwd:20261124T180000", WEEKLY),
    "a zone with a nought in it": event("DTSTART;TZID=Eur\x00ope:20261124T180000", WEEKLY),
    "control signs": event("SUMMARY:\x01\x02\u202e\x7f", UTC_START),
    "a name of a hundred thousand letters": event("SUMMARY:" + "é" * 100_000, UTC_START),
    "five thousand parameters": event("DTSTART" + ';X-A="b"' * 5000 + ":20261124T180000Z"),
    "a year ten thousand": event("DTSTART:99991231T235959Z", "DURATION:PT2H"),
    "a change of what was never there": event(UTC_START, "RECURRENCE-ID:20200101T000000Z"),
    "a change without a beginning": event(UTC_START, WEEKLY) + event("RECURRENCE-ID:20261201T180000Z"),
    "an alarm without end": event(
        UTC_START, "BEGIN:VALARM", "TRIGGER:-PT5M", "REPEAT:999999999", "DURATION:PT1S", "END:VALARM"
    ),
}  # fmt: skip
_odd_zone = (
    "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\n{}"
    "END:STANDARD\r\nEND:VTIMEZONE\r\n"
)
_in_odd = event("DTSTART;TZID=Odd:20261124T180000", "DURATION:PT1H")
# A zone that must not take for ever, or make others' times wrong.
PARTS = {
    "a zone that changes every second": _odd_zone.format(
        "19700101T000000", "+0000", "+0100", "RRULE:FREQ=SECONDLY\r\n"
    ),
    "a zone that changes daily since 1601": _odd_zone.format(
        "16010101T000000", "+0000", "+0100", "RRULE:FREQ=DAILY\r\n"
    ),
    "a yearly zone that changes every second": _odd_zone.format(
        "19700101T000000", "+0000", "+0100", "RRULE:FREQ=YEARLY;BYSECOND=1,2,3\r\n"
    ),
    "a zone with a long list": _odd_zone.format(
        "19700101T000000", "+0000", "+0100", "RDATE:" + ",".join(["19700101T000000"] * 9000) + "\r\n"
    ),
    "a zone of forty hours": _odd_zone.format("19700101T000000", "+0000", "+4000", ""),
    "a zone without a beginning": _odd_zone.format("", "+0000", "+0100", ""),
    "a zone of nonsense": _odd_zone.format("19700101T000000", "north", "south", ""),
    "a zone without parts": "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nEND:VTIMEZONE\r\n",
    "a zone without a name": "BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n",
    "a zone that never closes": "BEGIN:VTIMEZONE\r\nTZID:Odd\r\n",
    "a zone inside a zone": "BEGIN:VTIMEZONE\r\nTZID:Odd\r\n" * 2 + "END:VTIMEZONE\r\n" * 2,
}
PARTS = {name: part + _in_odd for name, part in PARTS.items()}
_fine = whole(event("SUMMARY:Café", UTC_START, "DURATION:PT1H"))
# Odd, and still to be understood: as many entries as ical.js finds, or as are named here.
WRITTEN_ODDLY = {
    "a mark at the beginning": b"\xef\xbb\xbf" + _fine,
    "letters of two bytes": _fine.decode().encode("utf-16"),
    "a fold inside a letter": _fine.replace("é".encode(), b"\xc3\r\n \xa9"),
    "folds of one letter each": _fine.replace(b"SUMMARY:Caf", b"S\r\n U\r\n M\r\n\tMARY\r\n :C\r\n a\r\n f"),
    "only line feeds": _fine.replace(b"\r\n", b"\n"),
    "only carriage returns": _fine.replace(b"\r\n", b"\r"),
    "a mixture of line ends": _fine.replace(b"\r\nSUMMARY", b"\nSUMMARY").replace(
        b"\r\nDTSTART", b"\r\r\nDTSTART"
    ),
    "empty lines between": _fine.replace(b"\r\nBEGIN", b"\r\n\r\n\r\nBEGIN"),
    "small letters": _fine.replace(b"BEGIN:VEVENT", b"begin:vevent").replace(b"END:VEVENT", b"end:vevent"),
    "bytes that are no letters": _fine.replace("é".encode(), b"\xff\xfe\xe9"),
    "two calendars in one file": _fine + _fine.replace(b"UID:", b"UID:x"),
    "unknown parts": _fine.replace(
        b"BEGIN:VEVENT", b"BEGIN:X-THING\r\nX-A:1\r\nEND:X-THING\r\nBEGIN:VEVENT", 1
    ),
}
