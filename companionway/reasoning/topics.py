"""The words people choose from about their lives. Plain words of our own: a diagnosis is never a key.

Keys are stable and their order is their bit (see `vocabulary`): add at the end, never move or reuse one.
"""

from __future__ import annotations

from typing import Final

from companionway.reasoning.vocabulary import Vocabulary

TOPICS: Final = Vocabulary(
    {
        "hearing_voices": "hearing voices",
        "seeing_things": "seeing things others do not see",
        "strong_beliefs": "beliefs that others found hard to follow",
        "low_mood": "low mood",
        "worry": "worry that will not stop",
        "panic": "panic",
        "highs_and_lows": "very high and very low times",
        "strong_feelings": "feelings that come fast and strong",
        "hard_memories": "memories that come back",
        "habits": "thoughts and habits that take over",
        "food_and_body": "food and my body",
        "sleep": "not sleeping",
        "hurting_myself": "hurting myself",
        "not_wanting_to_live": "times of not wanting to live",
        "loneliness": "loneliness",
        "being_with_people": "finding it hard to be with people",
        "loss": "losing someone",
        "breakup": "a relationship ending",
        "being_a_parent": "being a parent",
        "around_birth": "the time around a birth",
        "caring": "caring for someone",
        "childhood": "a hard childhood",
        "violence_at_home": "being hurt by a partner or family",
        "sexual_harm": "sexual harm",
        "alcohol": "alcohol",
        "drugs": "drugs",
        "gambling": "gambling",
        "being_in_hospital": "being in hospital",
        "leaving_hospital": "leaving hospital",
        "held_against_my_will": "being kept in hospital against my will",
        "medication": "taking or stopping medication",
        "let_down_by_services": "being let down by services",
        "long_term_illness": "living with a long-term illness",
        "pain": "living with pain",
        "disability": "being disabled",
        "different_mind": "a mind that works differently",
        "money": "money worries",
        "work": "work, or losing it",
        "studying": "studying",
        "nowhere_to_live": "having nowhere to live",
        "prison": "prison or the courts",
        "armed_forces": "the armed forces",
        "seeking_safety": "seeking safety in another country",
        "war": "war",
        "racism": "racism",
        "coming_out": "coming out, or not being able to",
    }
)

GOALS: Final = Vocabulary(
    {
        "someone_to_listen": "someone to listen",
        "hope": "finding some hope",
        "daily_rhythm": "a rhythm to the day",
        "getting_out": "getting out of the house",
        "meeting_people": "meeting people",
        "friendships": "friends and family",
        "speaking_up": "speaking up for myself",
        "hard_days": "getting through hard days",
        "understanding": "making sense of what happened",
        "staying_well": "staying well",
        "using_less": "drinking or using less",
        "sleeping": "sleeping better",
        "body": "food, movement and my body",
        "work_or_study": "work or study",
        "home": "a home, money, forms",
        "parenting": "being the parent I want to be",
        "making_things": "music, art and making things",
        "nature": "gardens, walks and animals",
        "faith": "faith or meaning",
        "helping_others": "helping others one day",
    }
)

IDENTITY: Final = Vocabulary(
    {
        "woman": "a woman",
        "man": "a man",
        "non_binary": "non-binary",
        "trans": "trans",
        "lgbq": "lesbian, gay, bisexual or queer",
        "black": "Black",
        "asian": "Asian",
        "mixed_heritage": "of mixed heritage",
        "roma_or_traveller": "Roma or Traveller",
        "new_to_country": "new to this country",
        "religious": "a person of faith",
        "deaf": "Deaf or hard of hearing",
        "disabled": "disabled",
        "neurodivergent": "neurodivergent",
        "rural": "from the countryside",
    }
)

CONTACT_MODES: Final = Vocabulary(
    {"text": "writing", "phone": "phone", "video": "video", "in_person": "meeting in person"}
)

LANGUAGES: Final = Vocabulary(
    {
        "en": "English",
        "cy": "Cymraeg",
        "pl": "Polski",
        "ro": "Română",
        "pa": "ਪੰਜਾਬੀ",
        "ur": "اردو",
        "pt": "Português",
        "es": "Español",
        "ar": "العربية",
        "bn": "বাংলা",
        "gu": "ગુજરાતી",
        "it": "Italiano",
        "fr": "Français",
        "de": "Deutsch",
        "tr": "Türkçe",
        "so": "Soomaali",
        "fa": "فارسی",
        "ps": "پښتو",
        "ku": "Kurdî",
        "uk": "Українська",
        "ru": "Русский",
        "ti": "ትግርኛ",
        "am": "አማርኛ",
        "sq": "Shqip",
        "hi": "हिन्दी",
        "ta": "தமிழ்",
        "zh": "中文",
        "vi": "Tiếng Việt",
        "nl": "Nederlands",
        "bfi": "British Sign Language",
    }
)

STAGES: Final = Vocabulary(
    {
        "just_starting": "just starting",
        "finding_my_feet": "finding my feet",
        "further_along": "further along",
        "a_long_way_on": "a long way on",
    }
)

_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_PARTS = {
    "early": "early mornings",
    "morning": "mornings",
    "afternoon": "afternoons",
    "teatime": "late afternoons",
    "evening": "evenings",
}

PART_HOURS: Final = {
    "early": (7, 10),
    "morning": (10, 13),
    "afternoon": (13, 16),
    "teatime": (16, 19),
    "evening": (19, 22),
}
"""First and last hour of each three-hour part of a day, on the service's own clock (not UTC)."""

WEEK: Final = Vocabulary(
    {f"{d}_{p}": f"{day} {part}" for d, day in _DAYS.items() for p, part in _PARTS.items()}
)
