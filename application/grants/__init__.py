"""What may be told to grants: the commands, and what carries each of them out."""

from application.grants.handlers import HANDLERS

__all__ = ["HANDLERS"]
