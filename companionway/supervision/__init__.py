"""Holding those who hold: practice supervision, one's own weeks, and circles of supporters across organisations."""
