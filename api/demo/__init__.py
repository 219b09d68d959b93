"""The demonstration: a small district whose every fact was a command, served on this machine."""

from api.demo.starting import run, settings_of_demonstration

__all__ = ["run", "settings_of_demonstration"]
