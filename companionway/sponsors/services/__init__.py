"""What people do about temporary sponsors. One call, one transaction: check, change, announce."""

from companionway.sponsors.services._asking import answer, ask, read_answer
from companionway.sponsors.services._lasting import end_due, go_on, over
from companionway.sponsors.services._offering import let_go, offer, withdraw

__all__ = ["answer", "ask", "end_due", "go_on", "let_go", "offer", "over", "read_answer", "withdraw"]
