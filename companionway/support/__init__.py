"""Walking together one-to-one: agreement, shared note, pause, ending well, the door back."""
