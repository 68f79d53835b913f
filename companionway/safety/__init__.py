"""Help now, blocks, never-with, reports: what keeps people safe with every detection switched off."""
