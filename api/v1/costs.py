"""Costs over HTTP: the lines that grantees report; told to their grants."""

from __future__ import annotations

from api.v1.kit import parts_router

router = parts_router("costs")
