"""Panels and reviews: who judges a round, and what each reviewer says of a proposal."""
