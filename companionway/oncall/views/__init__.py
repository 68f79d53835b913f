"""The pages of this room."""

from companionway.oncall.views._keeping import every_week, phone, phones, remove_phone, remove_slot, stop
from companionway.oncall.views._turns import answer, cannot, rota, take, turn, withdraw

__all__ = [
    "answer",
    "cannot",
    "every_week",
    "phone",
    "phones",
    "remove_phone",
    "remove_slot",
    "rota",
    "stop",
    "take",
    "turn",
    "withdraw",
]
