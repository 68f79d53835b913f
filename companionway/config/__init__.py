"""Wiring only: settings, addresses, the two doors of the process, the console program."""
