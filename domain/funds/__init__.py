"""Funds: pots of one owner, purpose, year and currency."""
