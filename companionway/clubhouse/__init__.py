"""The clubhouse: being here and coming back at once, units, the board of the day, the house meeting."""
