"""What each thing that a practice model says of groups is called on pages."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

TITLES: Final = {
    "kinds": gettext_lazy("Kinds of group"),
    "shares": gettext_lazy("What is written in a meeting"),
    "records": gettext_lazy("Kept of people"),
    "decides_by": gettext_lazy("How a group decides"),
    "facilitators_needed": gettext_lazy("How many hold a meeting"),
    "smallest_number": gettext_lazy("The smallest number that is shown"),
    "quorum_percent": gettext_lazy("How many members a decision needs, in hundredths"),
    "quiet_seat": gettext_lazy("There is a quiet seat"),
    "has_space": gettext_lazy("A group has a space of its own between meetings"),
    "waiting_list": gettext_lazy("There is a waiting list"),
    "read_first": gettext_lazy("Somebody reads what is written before others see it"),
    "hides_place": gettext_lazy("The place is shown only to whom was let in"),
    "easy_read_first": gettext_lazy("Easy words come first"),
    "interpreters": gettext_lazy("Interpreters come along"),
    "named_co_facilitator": gettext_lazy("A co-facilitator is named beforehand"),
    "adults_apart": gettext_lazy("No private messages between adults and minors"),
    "reentry": gettext_lazy("Whoever was away is back the moment they come"),
    "both_sign": gettext_lazy("What is written about somebody is signed by both"),
    "sees_attendance": gettext_lazy("Everybody sees what is kept of their own coming"),
    "no_staff_space": gettext_lazy("No space is for staff only"),
    "predictable": gettext_lazy("A meeting goes as announced, in the same order"),
    "has_motions": gettext_lazy("Members bring motions and vote"),
    "leaves_out_itself": gettext_lazy("The group itself decides whether somebody stays away for a while"),
    "keeps_minutes": gettext_lazy("Minutes say what was decided"),
    "quiet_from": gettext_lazy("Quiet from"),
    "quiet_until": gettext_lazy("Quiet until"),
    "kept_because": gettext_lazy("Why what is written is kept a day"),
    "agreement": gettext_lazy("What a new group's agreement begins with"),
    "what_happens": gettext_lazy("What somebody new is told beforehand"),
    "words": gettext_lazy("Words"),
    "levels": gettext_lazy("What a group may say of itself"),
    "units": gettext_lazy("Units of the day"),
    "placements": gettext_lazy("Kinds of work outside"),
    "roles": gettext_lazy("Roles in a group"),
    "formats": gettext_lazy("Meeting format"),
    "ages": gettext_lazy("Ages"),
}
KINDS: Final = {
    "open": gettext_lazy("Open: whoever knows it from their own life"),
    "closed": gettext_lazy("Closed: the same people each time"),
    "drop_in": gettext_lazy("Drop-in: come as you like, there is no list"),
    "cohort": gettext_lazy("One run together, from the first evening to the last"),
}
SHARES: Final = {
    "passing": gettext_lazy("gone when the meeting closes"),
    "kept": gettext_lazy("kept for a day, so that it can be reported"),
}
RECORDS: Final = {
    "attendance": gettext_lazy("who came when"),
    "head_counts": gettext_lazy("how many came"),
    "outcomes": gettext_lazy("questionnaires and results"),
    "ending_reasons": gettext_lazy("why it ended"),
    "referrals": gettext_lazy("who was sent by somebody else"),
}
NEVER_ASKED: Final = {
    "address": gettext_lazy("your address"),
    "assessment": gettext_lazy("an assessment"),
    "attendance": gettext_lazy("whether you came"),
    "case_number": gettext_lazy("a case number"),
    "contact": gettext_lazy("a phone number or another account"),
    "country": gettext_lazy("the country you come from"),
    "diagnosis": gettext_lazy("a diagnosis"),
    "history": gettext_lazy("your case history"),
    "last_name": gettext_lazy("your last name"),
    "location": gettext_lazy("where you are"),
    "measures": gettext_lazy("questionnaires and scores"),
    "notes": gettext_lazy("notes about you"),
    "photo": gettext_lazy("a photo"),
    "recording": gettext_lazy("sound or pictures of a meeting"),
    "referral": gettext_lazy("a referral"),
    "risk": gettext_lazy("a risk assessment"),
    "route": gettext_lazy("how you came here"),
    "school": gettext_lazy("your school"),
    "status": gettext_lazy("your immigration status"),
}
RULES: Final = {
    "conscience": gettext_lazy("Group conscience: two thirds, and the minority is heard once more"),
    "consensus": gettext_lazy("Consensus: nobody is against it"),
    "majority": gettext_lazy("Majority: more yes than no"),
    "two_thirds": gettext_lazy("Two thirds"),
}
PART_FIELDS: Final = {
    "kind": gettext_lazy("kind"),
    "title": gettext_lazy("title"),
    "words": gettext_lazy("words"),
    "minutes": gettext_lazy("minutes"),
    "role": gettext_lazy("who leads it"),
    "share_seconds": gettext_lazy("seconds for each share"),
    "may_pass": gettext_lazy("may pass"),
    "cross_talk": gettext_lazy("people answer each other"),
    "name": gettext_lazy("name"),
    "label": gettext_lazy("name"),
    "holds_frame": gettext_lazy("opens, pauses and closes"),
    "rotates_after_days": gettext_lazy("days until somebody else takes it"),
}
PART_KINDS: Final = {
    "welcome": gettext_lazy("Welcome"),
    "reading": gettext_lazy("Reading"),
    "round": gettext_lazy("Round"),
    "silence": gettext_lazy("Silence"),
    "topic": gettext_lazy("Talking"),
    "reflection": gettext_lazy("Reflection"),
    "business": gettext_lazy("Business"),
    "break": gettext_lazy("Break"),
    "close": gettext_lazy("Close"),
}
