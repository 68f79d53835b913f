"""Plans in a person's own words (kinds are data): sealed, theirs, shared part by part, there without a connection."""
