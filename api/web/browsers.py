"""Which kind of browser somebody uses: enough to know one's own again, and no more."""

from __future__ import annotations

KINDS = (
    ("edg/", "Edge"),
    ("micromessenger", "微信"),
    ("opr/", "Opera"),
    ("firefox", "Firefox"),
    ("chromium", "Chromium"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
SYSTEMS = (
    ("android", "Android"),
    ("harmony", "HarmonyOS"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


def kind_of(user_agent: str) -> str:
    """Such as “Firefox · Linux”; empty where nothing is known."""
    said = user_agent.lower()
    found = (next((name for mark, name in table if mark in said), "") for table in (KINDS, SYSTEMS))
    return " · ".join(name for name in found if name)
