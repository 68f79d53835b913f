"""Who is here this minute: opening hours, the rota of those on call, and the telephone list when nobody answers."""
