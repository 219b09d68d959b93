"""Rounds: one call, one set of rules, one budget."""
