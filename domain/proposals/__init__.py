"""Proposals: what organisations ask of a round, until the award."""
