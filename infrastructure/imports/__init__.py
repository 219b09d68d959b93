"""Readers of files that funders already have."""
