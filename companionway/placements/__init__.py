"""Work outside the house: transitional, supported and independent places, and who goes when somebody cannot."""
