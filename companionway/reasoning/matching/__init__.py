"""Who may meet whom, why, and how the places there are go round: the whole of it, in plain whole numbers.

Rows and the pool go in; reasons, lists, proposals and reports come out. Who may ask is not decided here.
Similarity has little proven effect on outcomes, and choice does: weights are the member's and the
organisation's values, not science, and nobody is ever matched without both saying yes.
"""

from companionway.reasoning.matching._assignment import Assignment, Work, assign
from companionway.reasoning.matching._candidates import NOBODY, Candidates, top_candidates
from companionway.reasoning.matching._certificate import Certificate, NotOptimal, Objective, certify
from companionway.reasoning.matching._everyone import Everyone, everyone
from companionway.reasoning.matching._lists import exposure_gini, suggestion_lists
from companionway.reasoning.matching._passed_over import PassedOver, passed_over
from companionway.reasoning.matching._pool import Pool
from companionway.reasoning.matching._reasons import SHIPPED_WORDS, Reader, Why, Words, explain
from companionway.reasoning.matching._reports import (
    SMALLEST_GROUP,
    FairnessReport,
    GroupFairness,
    NoCandidate,
    fairness,
    recruitment_need,
    unmatched_report,
)
from companionway.reasoning.matching._rows import (
    ANY_GENDER,
    DEFAULT_WEIGHTS,
    EVERY_MODE,
    EVERYTHING,
    IN_PERSON,
    PHONE,
    REASONS,
    TEXT,
    VIDEO,
    MemberRow,
    SupporterRow,
)
from companionway.reasoning.matching._rules import NEVER_RELAXED, Rule, admissible, rule_failures
from companionway.reasoning.matching._scores import FORBIDDEN, score, scores, tie
from companionway.reasoning.matching._served import fit_order, served_in_order, waiting_order
from companionway.reasoning.matching._solvers import NoSolution
from companionway.reasoning.matching._suggest import Suggestion, could_meet, listed, suggest
from companionway.reasoning.matching._words import TEMPLATES

__all__ = [
    "ANY_GENDER",
    "DEFAULT_WEIGHTS",
    "EVERYTHING",
    "EVERY_MODE",
    "FORBIDDEN",
    "IN_PERSON",
    "NEVER_RELAXED",
    "NOBODY",
    "PHONE",
    "REASONS",
    "SHIPPED_WORDS",
    "SMALLEST_GROUP",
    "TEMPLATES",
    "TEXT",
    "VIDEO",
    "Assignment",
    "Candidates",
    "Certificate",
    "Everyone",
    "FairnessReport",
    "GroupFairness",
    "MemberRow",
    "NoCandidate",
    "NoSolution",
    "NotOptimal",
    "Objective",
    "PassedOver",
    "Pool",
    "Reader",
    "Rule",
    "Suggestion",
    "SupporterRow",
    "Why",
    "Words",
    "Work",
    "admissible",
    "assign",
    "certify",
    "could_meet",
    "everyone",
    "explain",
    "exposure_gini",
    "fairness",
    "fit_order",
    "listed",
    "passed_over",
    "recruitment_need",
    "rule_failures",
    "score",
    "scores",
    "served_in_order",
    "suggest",
    "suggestion_lists",
    "tie",
    "top_candidates",
    "unmatched_report",
    "waiting_order",
]
