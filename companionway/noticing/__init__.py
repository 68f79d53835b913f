"""Words a human should see soon: labels on messages, a gentle card for the writer, a place in a queue of people."""
