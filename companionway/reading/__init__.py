"""Pages of a shared note that a practice supervisor reads when both say yes: remarks on practice, and a signature."""
