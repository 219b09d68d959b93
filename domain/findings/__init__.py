"""Findings and tips: what was wrong, who answers for it, and how it was put right."""
