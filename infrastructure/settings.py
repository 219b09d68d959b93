"""Settings, from the environment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What FUNDTRAIL_… variables set; each has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="FUNDTRAIL_", extra="ignore")

    database_url: str = "sqlite:///var/fundtrail.db"
    owner_database_url: str = ""
    files: Path = Path("var/files")
    clock: Literal["system", "simulated"] = "system"
    simulated_start: datetime = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
    timezone: str = "Asia/Shanghai"
    place: str = "220102"
    seed: str = ""
    demonstration: bool = False
    secure_cookies: bool = False
    secret_key: str = Field(default="", repr=False)
    key_file: Path | None = None
    erasures: Path | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The system's time zone, in which local days begin and end."""
        return ZoneInfo(self.timezone)
