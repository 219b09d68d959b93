"""Imports over HTTP: what files of past grants were read; they are made at the command line."""

from __future__ import annotations

from api.v1.kit import noun_router

router = noun_router("imports", {})
