"""Contributions over HTTP: what funds received; told to the funds."""

from __future__ import annotations

from api.v1.kit import parts_router

router = parts_router("contributions")
