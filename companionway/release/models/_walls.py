"""The last walls, for a path or a process that never asked: the database itself takes no unread words."""

from __future__ import annotations

from companionway.foundation.constraints import Never, never

_LEARNS = (
    "select 1 from release_traineeship t"
    " join conversations_conversation c on c.programme_id = t.programme_id and c.id = NEW.conversation_id"
    " join conversations_participant p on p.conversation_id = c.id and p.person_id = t.person_id"
    " where t.person_id = NEW.author_id and t.ended_at is null and p.is_supporter"
    " and coalesce(NEW.changed_at, NEW.sent_at) >= t.stage_at"
)
_HELD = (
    "select 1 from release_heldreply h where h.author_id = NEW.author_id"
    " and h.conversation_id = NEW.conversation_id"
)
# What the team took away was a message once, with all that was asked before it: an appeal may put it back.
_PUT_BACK = "select 1 from conversations_message m where m.id = NEW.id and m.state = 'taken_away'"
# The last wall, for a path or a process that knows nothing of trainees: the database itself takes no message of theirs
# that was not released, no words under a name that is held, none that overtake, and no other words afterwards.
never(
    Never(
        name="release_no_unread_reply",
        table="conversations_message",
        app="release",
        when=f"length(NEW.sealed) > 0 and not exists ({_PUT_BACK}) and exists ({_LEARNS}) and ("
        f"(exists (select 1 from conversations_message m where m.id = NEW.id)"
        f" and exists ({_LEARNS} and t.stage <> 'on_request'))"
        f" or (not exists (select 1 from conversations_message m where m.id = NEW.id)"
        f" and not exists ({_HELD} and h.client_id = NEW.client_id and h.state = 'released')"
        f" and (exists ({_LEARNS} and t.stage = 'every') or exists ({_HELD} and h.state = 'waiting')"
        f" or exists ({_HELD} and h.client_id = NEW.client_id))))",
        says="A mentor has not released this reply.",
        columns=("sealed",),
    )
)

_YOUNG = "cast(p.age_bands as text) like '%young%'"
_HELD_SPACE = (
    "select 1 from conversations_conversation c join people_programme p on p.id = c.programme_id"
    f" where c.id = NEW.conversation_id and ({_YOUNG} or (p.reads_first and c.heading <> '')"
    " or exists (select 1 from release_space s"
    " where s.programme_id = p.id and (s.conversation_id is null or s.conversation_id = c.id))"
    " or exists (select 1 from conversations_participant i join people_person y on y.id = i.person_id"
    " where i.conversation_id = c.id and i.left_at is null and y.age_band <> 'adult'))"
)
# The same wall for a place where everybody is read first: decided where the message is written, whatever a process
# remembers. A change is let in by the row that was released in that very moment.
never(
    Never(
        name="release_no_unread_words",
        table="conversations_message",
        app="release",
        when=f"NEW.author_id is not null and length(NEW.sealed) > 0 and not exists ({_PUT_BACK}) and ("
        f"exists ({_HELD} and h.client_id = NEW.client_id and h.state = 'waiting'"
        f" and h.traineeship_id is null) or (exists ({_HELD_SPACE})"
        f" and not exists ({_HELD} and h.client_id = NEW.client_id and h.state = 'released'"
        " and not exists (select 1 from conversations_message m where m.id = NEW.id))"
        f" and not exists ({_HELD} and h.edits_id = NEW.id and h.state = 'released'"
        " and h.decided_at = NEW.changed_at)))",
        says="Nobody has read this before it goes.",
        columns=("sealed",),
    )
)
