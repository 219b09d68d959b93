"""Scores put together: exact arithmetic, whatever the order of reviewers, proposals and rows."""
