"""Roles over HTTP: what people hold; told to the people."""

from __future__ import annotations

from api.v1.kit import parts_router

router = parts_router("roles")
