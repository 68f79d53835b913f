"""Calendars: feeds, invitations and lists of meetings for the programs people already use."""
