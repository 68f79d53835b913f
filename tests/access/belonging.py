"""By which ways the rows of each table reach an organisation. A table that is not here fails the test.

Each way is a chain of fields that ends at `people.Organisation`. Where several are given, all of them must lead to
the same one: that is what the walls in the database (people/models/_boundaries.py) promise.
"""

from __future__ import annotations

# "" is the organisation itself.
WAYS: dict[str, tuple[str, ...]] = {
    "people.Organisation": ("",),
    "people.Programme": ("organisation",),
    "people.Person": ("organisation",),
    "people.RoleHeld": ("person__organisation", "programme__organisation"),
    "people.ProfileItem": ("person__organisation",),
    "people.Consent": ("person__organisation", "programme__organisation"),
    "people.Device": ("person__organisation",),
    "people.Passkey": ("person__organisation",),
    "people.Authenticator": ("person__organisation",),
    "people.OneTimeCode": ("person__organisation", "made_by__organisation"),
    "safety.HelpLine": ("organisation", "verified_by__organisation", "also_verified_by__organisation"),
    "safety.LineTrouble": ("line__organisation",),
    "safety.Block": ("blocker__organisation", "blocked__organisation"),
    "safety.KeptApart": ("programme__organisation", "one__organisation", "other__organisation"),
    "safety.KeepApartWish": ("programme__organisation", "person__organisation"),
    "safety.Report": ("programme__organisation", "reporter__organisation", "about__organisation"),
    "conversations.Conversation": ("programme__organisation",),
    "conversations.Participant": ("conversation__programme__organisation", "person__organisation"),
    "conversations.Message": ("conversation__programme__organisation", "author__organisation"),
    "conversations.Draft": ("conversation__programme__organisation", "person__organisation"),
    "conversations.LookInside": ("conversation__programme__organisation", "person__organisation"),
    "practice.SupporterPractice": ("programme__organisation", "person__organisation"),
    "practice.Cover": ("practice__programme__organisation", "person__organisation"),
    "practice.TimeAway": ("practice__programme__organisation",),
    "support.Relationship": (
        "programme__organisation",
        "member__organisation",
        "supporter__organisation",
    ),
    "support.Agreement": ("relationship__programme__organisation", "drafted_by__organisation"),
    "support.SharedNote": ("relationship__programme__organisation", "begun_by__organisation"),
    "support.NoteVoice": ("note__relationship__programme__organisation", "author__organisation"),
    "support.NoteLook": ("relationship__programme__organisation", "reader__organisation"),
    "support.Goodbye": ("relationship__programme__organisation", "writer__organisation"),
    "support.CheckIn": ("relationship__programme__organisation", "person__organisation"),
    "introductions.Request": ("programme__organisation", "member__organisation"),
    "introductions.Introduction": ("request__programme__organisation", "supporter__organisation"),
    "introductions.PassedOver": ("request__programme__organisation", "by__organisation"),
    "introductions.PoolVersion": ("programme__organisation",),
    "notices.Notice": ("person__organisation",),
    "notices.PushDevice": ("person__organisation",),
}
# What belongs to the installation, not to anybody's organisation, and why nothing of theirs is told by it.
OF_THE_INSTALLATION: dict[str, str] = {
    "foundation.Record": "ids only; a page reads it by the person or the subject it is about",
    "foundation.RecordBlock": "digests over stretches of the record",
    "foundation.KeptFor": "how long each class of data is kept on this server",
    "foundation.ExportAgreement": "that somebody agreed to export the master key of this server; found by its code",
    "foundation.DataKey": "wrapped keys, found by the row they belong to, which is found first",
    "foundation.DutyRun": "when each duty last ran",
    "conversations.Clock": "one number for the order of all messages; no address shows it as a count",
    "sessions.Session": "random names; whose it is says the device, and the door it is shown at",
    "auth.Group": "not used",
    "auth.Permission": "not used",
    "contenttypes.ContentType": "names of tables",
}
