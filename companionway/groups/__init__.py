"""Groups: finding one, the waiting list, the agreement a group writes itself, its space between meetings."""
