"""The page each person sees first, and the public pages; composes the rooms below, owns no data."""
