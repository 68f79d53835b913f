"""What we ask: the wait, who could be asked, needs without their people, the desk, the whole proposal."""

from companionway.introductions.queries._both_sides import (
    Side,
    as_member,
    as_supporter,
    asks_waiting_for,
    side_of,
    waiting_asks,
)
from companionway.introductions.queries._desk import (
    ANSWER_WITHIN,
    Exceptions,
    NobodyFits,
    SilentPair,
    Waiting,
    exceptions,
    passings,
    waiting,
    words_of_passing,
)
from companionway.introductions.queries._finding import (
    Candidate,
    Card,
    browse,
    candidates_for,
    card_for,
    my_request,
    suggestions_for,
)
from companionway.introductions.queries._needs import (
    Need,
    longer_waiting_need,
    need_shown_to,
    needs_shown_to,
)
from companionway.introductions.queries._pool import (
    forget_pools,
    fresh_pool,
    pool_of,
    version_of,
    with_members,
)
from companionway.introductions.queries._proposal import (
    VALUES,
    Pair,
    batch,
    fairness_of,
    lists_for_everybody,
    proposal,
    values_of,
)
from companionway.introductions.queries._reasons import (
    Reason,
    facts_of,
    kept_reasons,
    reasons_of,
    worth_saying,
)
from companionway.introductions.queries._rows import member_rows
from companionway.introductions.queries._waiting import Wait, wait_shown_to
from companionway.introductions.queries._wishes import Wishes, wishes_of

__all__ = [
    "ANSWER_WITHIN",
    "VALUES",
    "Candidate",
    "Card",
    "Exceptions",
    "Need",
    "NobodyFits",
    "Pair",
    "Reason",
    "Side",
    "SilentPair",
    "Wait",
    "Waiting",
    "Wishes",
    "as_member",
    "as_supporter",
    "asks_waiting_for",
    "batch",
    "browse",
    "candidates_for",
    "card_for",
    "exceptions",
    "facts_of",
    "fairness_of",
    "forget_pools",
    "fresh_pool",
    "lists_for_everybody",
    "longer_waiting_need",
    "member_rows",
    "my_request",
    "need_shown_to",
    "needs_shown_to",
    "passings",
    "pool_of",
    "proposal",
    "kept_reasons",
    "reasons_of",
    "side_of",
    "suggestions_for",
    "values_of",
    "version_of",
    "wait_shown_to",
    "waiting_asks",
    "waiting",
    "wishes_of",
    "with_members",
    "words_of_passing",
    "worth_saying",
]
