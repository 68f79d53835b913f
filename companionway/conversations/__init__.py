"""Two people writing to each other, live and delayed: sealed, in order, never lost, never twice."""
