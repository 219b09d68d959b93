"""People: who may act, and in which roles."""
