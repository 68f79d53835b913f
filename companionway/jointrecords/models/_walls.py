"""What the database itself refuses: a record where none are kept, words nobody agreed to, a changed signature."""

from __future__ import annotations

from companionway.foundation.constraints import Never, Unchanging, never, unchanging
from companionway.people.models import Side, of_person, of_programme, within_one_organisation

_BEFORE = (
    "exists (select 1 from jointrecords_jointrecord g where g.id = NEW.id and g.state = 'signed' and {also})"
)
_OF_RECORD = (
    "(select w.organisation_id from jointrecords_jointrecord r join people_programme w on w.id = r.programme_id"
    " where r.id = NEW.record_id)"
)


never(
    Never(
        name="jointrecords_records_kept_here",
        table="jointrecords_jointrecord",
        app="jointrecords",
        when="not exists (select 1 from people_programme p where p.id = NEW.programme_id and p.keeps_notes)",
        says="This programme never keeps notes.",
        columns=("programme_id",),
    )
)
never(
    Never(
        name="jointrecords_signed_stays",
        table="jointrecords_jointrecord",
        app="jointrecords",
        when=_BEFORE.format(
            also="(NEW.state <> 'signed' or NEW.version <> g.version or NEW.member_id <> g.member_id"
            " or NEW.other_id <> g.other_id or NEW.programme_id <> g.programme_id or NEW.kind <> g.kind"
            " or NEW.signed_at <> g.signed_at)"
        ),
        says="What both signed is not changed any more.",
    )
)
never(
    Never(
        name="jointrecords_signed_takes_no_words",
        table="jointrecords_recordversion",
        app="jointrecords",
        when="exists (select 1 from jointrecords_jointrecord g where g.id = NEW.record_id and"
        " (g.state = 'asked' or (g.state = 'signed' and NEW.number > g.version)))",
        says="Words are written after both said yes, and before both signed.",
    )
)
never(
    Never(
        name="jointrecords_written_by_the_two",
        table="jointrecords_recordversion",
        app="jointrecords",
        when="exists (select 1 from jointrecords_jointrecord g where g.id = NEW.record_id"
        " and g.member_id <> NEW.author_id and g.other_id <> NEW.author_id)",
        says="Only the two write here.",
    )
)
unchanging(
    Unchanging(
        name="jointrecords_version_stands",
        table="jointrecords_recordversion",
        app="jointrecords",
        goes_when="not exists (select 1 from jointrecords_jointrecord g where g.id = OLD.record_id"
        " and g.state = 'signed' and g.cleared_at is null)",
        says="What was written stays as it was written, and what both signed stays.",
    )
)

within_one_organisation(
    "jointrecords_jointrecord",
    of_programme(),
    *(of_person(each) for each in ("member_id", "other_id", "asked_by_id")),
)
within_one_organisation("jointrecords_recordversion", of_person("author_id"), Side("record_id", _OF_RECORD))
within_one_organisation("jointrecords_recordlook", of_person("reader_id"), Side("record_id", _OF_RECORD))
