"""Organisations: the bodies that may be funded."""

from domain.organisations.lifecycle import Stage
from domain.organisations.organisation import Organisation

__all__ = ["Organisation", "Stage"]
