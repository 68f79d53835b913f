"""What is true of records that two write together."""

from companionway.jointrecords.models import _walls  # noqa: F401
from companionway.jointrecords.models._records import (
    JointRecord,
    RecordLook,
    RecordVersion,
)

__all__ = [
    "JointRecord",
    "RecordLook",
    "RecordVersion",
]
