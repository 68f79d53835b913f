"""What the service works out, and nothing else: who may meet whom and why, how long a wait is likely to be.

Pure. No Django, no database, no clock, no network, no chance: the same question always has the same
answer, so every number can be explained later and tested alone.
"""
