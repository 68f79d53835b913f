"""By which ways the rows of the rooms where people come together reach an organisation (see belonging.py)."""

from __future__ import annotations

TOGETHER: dict[str, tuple[str, ...]] = {
    "gatherings.Counting": ("series__programme__organisation",),
    "gatherings.Gathering": (
        "meeting__series__programme__organisation",
        "turn__meeting__series__programme__organisation",
    ),
    "gatherings.CheckIn": ("meeting__series__programme__organisation",),
    "gatherings.HandOver": (
        "series__programme__organisation",
        "meeting__series__programme__organisation",
    ),
    "gatherings.Outside": ("series__programme__organisation",),
    "gatherings.Seat": (
        "meeting__series__programme__organisation",
        "person__organisation",
    ),
    "gatherings.Asking": ("seat__meeting__series__programme__organisation",),
    "gatherings.Share": (
        "meeting__series__programme__organisation",
        "seat__meeting__series__programme__organisation",
    ),
    "gatherings.Reaction": (
        "share__meeting__series__programme__organisation",
        "seat__meeting__series__programme__organisation",
    ),
    "groups.Group": (
        "programme__organisation",
        "space__programme__organisation",
    ),
    "groups.Meets": (
        "group__programme__organisation",
        "series__programme__organisation",
    ),
    "groups.Membership": (
        "group__programme__organisation",
        "person__organisation",
    ),
    "groups.Waiting": (
        "group__programme__organisation",
        "person__organisation",
    ),
    "groups.Kept": (
        "group__programme__organisation",
        "person__organisation",
    ),
    "groups.AgreementVersion": ("group__programme__organisation",),
    "groups.Agreed": (
        "group__programme__organisation",
        "person__organisation",
    ),
    "groups.Proposal": (
        "group__programme__organisation",
        "by__organisation",
    ),
    "groups.Poll": (
        "group__programme__organisation",
        "by__organisation",
    ),
    "groups.PollOption": ("poll__group__programme__organisation",),
    "groups.Pin": (
        "group__programme__organisation",
        "pinned_by__organisation",
    ),
    "groups.SpacePause": (
        "group__programme__organisation",
        "person__organisation",
        "by__organisation",
    ),
    "groups.LeftOut": (
        "group__programme__organisation",
        "person__organisation",
        "by__organisation",
        "second__organisation",
    ),
    "groups.TalkOfThree": (
        "group__programme__organisation",
        "third__organisation",
        "one__organisation",
        "other__organisation",
        "conversation__programme__organisation",
    ),
    "groups.OnTree": (
        "group__programme__organisation",
        "person__organisation",
    ),
    "groups.TalkWish": (
        "group__programme__organisation",
        "person__organisation",
        "to__organisation",
    ),
    "association.Minutes": ("group__programme__organisation",),
    "association.Version": (
        "minutes__group__programme__organisation",
        "written_by__organisation",
    ),
    "association.Decided": ("minutes__group__programme__organisation",),
    "association.Chosen": (
        "minutes__group__programme__organisation",
        "person__organisation",
    ),
    "association.Signature": (
        "version__minutes__group__programme__organisation",
        "person__organisation",
    ),
    "sponsors.Offer": (
        "group__programme__organisation",
        "person__organisation",
    ),
    "sponsors.Ask": (
        "group__programme__organisation",
        "asker__organisation",
        "sponsor__organisation",
    ),
    "sponsors.Temporary": ("relationship__programme__organisation",),
    "clubhouse.Here": (
        "programme__organisation",
        "person__organisation",
    ),
    "reachout.ReachWish": (
        "programme__organisation",
        "person__organisation",
        "unit__programme__organisation",
    ),
    "reachout.ReachBy": (
        "wish__programme__organisation",
        "person__organisation",
    ),
    "reachout.Missed": (
        "wish__programme__organisation",
        "taken_by__organisation",
    ),
    "clubhouse.House": ("programme__organisation",),
    "clubhouse.Unit": (
        "programme__organisation",
        "carer__organisation",
        "closed_by__meeting__programme__organisation",
    ),
    "clubhouse.InUnit": (
        "unit__programme__organisation",
        "person__organisation",
    ),
    "clubhouse.Recurring": ("unit__programme__organisation",),
    "clubhouse.Task": (
        "unit__programme__organisation",
        "recurring__unit__programme__organisation",
        "begun_by__organisation",
    ),
    "clubhouse.Hand": (
        "task__unit__programme__organisation",
        "person__organisation",
    ),
    "clubhouse.Thanks": (
        "task__unit__programme__organisation",
        "person__organisation",
    ),
    "clubhouse.HouseMeeting": (
        "programme__organisation",
        "agreed_in__programme__organisation",
    ),
    "clubhouse.AgendaItem": (
        "meeting__programme__organisation",
        "author__organisation",
    ),
    "clubhouse.HouseDecision": (
        "meeting__programme__organisation",
        "written_by__organisation",
    ),
    "clubhouse.HouseAction": (
        "meeting__programme__organisation",
        "carer__organisation",
    ),
    "clubhouse.Minutes": (
        "meeting__programme__organisation",
        "written_by__organisation",
    ),
    "jointrecords.JointRecord": (
        "programme__organisation",
        "member__organisation",
        "other__organisation",
        "asked_by__organisation",
    ),
    "jointrecords.RecordVersion": (
        "record__programme__organisation",
        "author__organisation",
    ),
    "jointrecords.RecordLook": (
        "record__programme__organisation",
        "reader__organisation",
    ),
    "placements.Employer": ("programme__organisation",),
    "placements.Placement": (
        "programme__organisation",
        "employer__programme__organisation",
    ),
    "placements.Interest": (
        "placement__programme__organisation",
        "person__organisation",
    ),
    "placements.Holding": (
        "placement__programme__organisation",
        "person__organisation",
        "decision__meeting__programme__organisation",
    ),
    "placements.CanCover": (
        "placement__programme__organisation",
        "person__organisation",
    ),
    "placements.WorkDay": (
        "placement__programme__organisation",
        "person__organisation",
    ),
}
