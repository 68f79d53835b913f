"""Everything that can be measured. Names are what `ONLY=` takes."""

from __future__ import annotations

from bench.systems.base import System
from bench.systems.companionway import Companionway, OnPostgres, OnPostgresTwice
from bench.systems.ejabberd import Ejabberd, EjabberdOnSqlite
from bench.systems.floor import Floor

# In the order in which they take turns.
SYSTEMS: tuple[type[System], ...] = (
    Floor,
    Companionway,
    Ejabberd,
    OnPostgres,
    OnPostgresTwice,
    EjabberdOnSqlite,
)
