"""Records about a member that two people write together and both sign (collaborative documentation)."""
