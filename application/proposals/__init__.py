"""What may be told to proposals: the commands, and what carries each of them out."""

from application.proposals.handlers import HANDLERS

__all__ = ["HANDLERS"]
