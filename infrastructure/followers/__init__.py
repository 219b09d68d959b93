"""Followers: whoever does something with every record, once, and remembers how far it has come."""
