"""What may be told to rounds: the commands, and what carries each of them out."""

from application.rounds.handlers import HANDLERS

__all__ = ["HANDLERS"]
