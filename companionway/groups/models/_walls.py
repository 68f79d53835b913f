"""What the database itself refuses, whoever writes: lists a tradition never keeps, mixed ages, other organisations."""

from __future__ import annotations

from companionway.foundation.constraints import Never, Unchanging, never, unchanging
from companionway.people.models import of_person, of_programme, of_row, within_one_organisation

_OF_GROUP = (
    "select 1 from groups_group g join people_programme p on p.id = g.programme_id where g.id = NEW.group_id"
)
# JSON as text reads the same in both databases; only `[groups]` of a practice model has these names.
_MODEL = "cast(p.model_data as text) like "
_HAS_GROUPS = _MODEL + """'%"groups": {%'"""
_HAS_QUEUE = _MODEL + """'%"waiting_list": true%'"""
_HAS_SPACE = _MODEL + """'%"has_space": true%'"""
_LEAVES_OUT_ITSELF = _MODEL + """'%"leaves_out_itself": true%'"""
_HOLDS = (
    "select 1 from groups_meets m join meetings_holds h on h.series_id = m.series_id"
    " where m.group_id = g.id and h.person_id = NEW.person_id and h.until_at is null"
)

for _table in ("membership", "waiting", "kept", "agreed", "ontree"):
    never(
        Never(
            name=f"groups_{_table}_never_where_no_list",
            table=f"groups_{_table}",
            app="groups",
            when=f"exists ({_OF_GROUP} and not p.keeps_register)",
            says="Here nobody keeps who belongs to a group.",
            columns=("group_id", "person_id"),
        )
    )
for _table in ("membership", "waiting"):
    never(
        Never(
            name=f"groups_{_table}_where_nothing_to_join",
            table=f"groups_{_table}",
            app="groups",
            when=f"exists ({_OF_GROUP} and g.kind in ('open', 'drop_in'))",
            says="There is nothing to join: people come.",
            columns=("group_id",),
        )
    )
    never(
        Never(
            name=f"groups_{_table}_one_age",
            table=f"groups_{_table}",
            app="groups",
            when=f"exists ({_OF_GROUP} and g.age_band <> (select y.age_band from people_person y"
            " where y.id = NEW.person_id))",
            says="This group is for people of another age.",
            columns=("group_id", "person_id"),
        )
    )
# Young people exchange no telephone numbers through us. Source: domain.md 1.2, young people.
never(
    Never(
        name="groups_ontree_never_of_young_people",
        table="groups_ontree",
        app="groups",
        when=f"exists ({_OF_GROUP} and g.age_band <> 'adult')",
        says="Groups of young people have no phone tree.",
        columns=("group_id",),
    )
)
never(
    Never(
        name="groups_waiting_never_where_none",
        table="groups_waiting",
        app="groups",
        when=f"exists ({_OF_GROUP} and not {_HAS_QUEUE})",
        says="Here nobody waits for a place.",
        columns=("group_id",),
    )
)
for _table in ("proposal", "poll"):
    never(
        Never(
            name=f"groups_{_table}_by_nobody",
            table=f"groups_{_table}",
            app="groups",
            when=f"NEW.by_id is not null and exists ({_OF_GROUP} and not p.keeps_register)",
            says="Here nobody keeps who belongs to a group.",
            columns=("group_id", "by_id"),
        )
    )
# Where nobody keeps who belongs, only somebody who is in the space, or whose words stand there, is known at all.
never(
    Never(
        name="groups_leftout_only_whom_the_space_knows",
        table="groups_leftout",
        app="groups",
        when=f"exists ({_OF_GROUP} and not p.keeps_register) and not exists (select 1 from groups_group g"
        " join conversations_participant c on c.conversation_id = g.space_id"
        " where g.id = NEW.group_id and c.person_id = NEW.person_id)",
        says="Here nobody keeps who belongs to a group.",
        columns=("group_id", "person_id"),
    )
)
never(
    Never(
        name="groups_leftout_by_whom_the_tradition_says",
        table="groups_leftout",
        app="groups",
        when=f"NEW.is_by_group <> exists ({_OF_GROUP} and {_LEAVES_OUT_ITSELF})",
        says="In this tradition somebody else decides who stays away.",
        columns=("group_id", "is_by_group"),
    )
)
_PROGRAMME = "select 1 from people_programme p where p.id = NEW.programme_id"
never(
    Never(
        name="groups_never_where_none",
        table="groups_group",
        app="groups",
        when=f"exists ({_PROGRAMME} and not {_HAS_GROUPS})",
        says="This tradition has no groups.",
        columns=("programme_id",),
    )
)
never(
    Never(
        name="groups_space_never_where_none",
        table="groups_group",
        app="groups",
        when=f"NEW.space_id is not null and exists ({_PROGRAMME} and not {_HAS_SPACE})",
        says="In this tradition groups have no space to write in.",
        columns=("space_id", "programme_id"),
    )
)
# Nobody of another age is in a group's space, except whoever holds it and was found fit for that by the code above.
never(
    Never(
        name="groups_space_one_age",
        table="conversations_participant",
        app="groups",
        when="NEW.left_at is null and exists (select 1 from groups_group g where g.space_id = NEW.conversation_id"
        " and g.age_band <> (select y.age_band from people_person y where y.id = NEW.person_id)"
        f" and not exists ({_HOLDS}))",
        says="This group is for people of another age.",
        columns=("person_id", "conversation_id", "left_at"),
    )
)
never(
    Never(
        name="groups_meets_in_its_programme",
        table="groups_meets",
        app="groups",
        when="(select g.programme_id from groups_group g where g.id = NEW.group_id)"
        " <> (select s.programme_id from meetings_series s where s.id = NEW.series_id)",
        says="A group meets in its own programme.",
    )
)
# What a group agreed stands as it was agreed, until the group has ended.
unchanging(
    Unchanging(
        name="groups_agreement_stays",
        table="groups_agreementversion",
        app="groups",
        goes_when="exists (select 1 from groups_group g where g.id = OLD.group_id and g.ended_at is not null)",
        says="What was agreed stays as it was. Other words are another version.",
    )
)
_GROUP = ("groups_group", "group_id")
for _table in ("membership", "waiting", "kept", "agreed", "ontree"):
    within_one_organisation(f"groups_{_table}", of_person("person_id"), of_row(*_GROUP))
within_one_organisation("groups_pin", of_person("pinned_by_id"), of_row(*_GROUP))
within_one_organisation("groups_proposal", of_person("by_id"), of_row(*_GROUP))
within_one_organisation("groups_poll", of_person("by_id"), of_row(*_GROUP))
within_one_organisation("groups_spacepause", of_person("person_id"), of_person("by_id"), of_row(*_GROUP))
within_one_organisation(
    "groups_talkofthree", of_person("third_id"), of_person("one_id"), of_person("other_id"), of_row(*_GROUP)
)
within_one_organisation(
    "groups_leftout", of_person("person_id"), of_person("by_id"), of_person("second_id"), of_row(*_GROUP)
)
within_one_organisation("groups_talkwish", of_person("person_id"), of_person("to_id"), of_row(*_GROUP))
within_one_organisation("groups_group", of_programme(), of_row("conversations_conversation", "space_id"))
