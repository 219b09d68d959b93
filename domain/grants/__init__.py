"""Grants: proposals after their award, from the agreement to the close."""
