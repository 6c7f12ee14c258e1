"""Document → Features."""
