"""The clubhouse: units, the task board, the house meeting, records signed by both, reach-out, work placements."""
