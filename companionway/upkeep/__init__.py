"""Upkeep keeps the installation itself: backups, restoring, moving to another database, upgrades that survive a kill.

Rows travel as lines of text that are the same for SQLite and PostgreSQL, so that a hash of them proves what arrived.
"""
