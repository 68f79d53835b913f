"""Reasoning is tested alone: no Django, no database."""
