"""The peer supporter's side: what they offer, their hours and limits, not being well, and who covers."""
