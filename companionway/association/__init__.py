"""A self-help association: its members' register, its officers and their terms, minutes that two of them sign."""
