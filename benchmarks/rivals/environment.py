"""The environment of the rival that cannot stand in ours: eventsourcing-sqlalchemy.

It asks for an older SQLAlchemy, so it is installed into a folder of its own on the first use.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".rivals"
RIVAL = "eventsourcing-sqlalchemy==1.0.1"


class Missing(Exception):
    """The environment could not be made."""


def rival_python() -> str:
    """The interpreter of the rival's environment, made where there is none yet.

    Raises Missing with the reason where it cannot be made.
    """
    python, stamp = FOLDER / "bin" / "python", FOLDER / "installed"
    wanted = [
        RIVAL,
        f"eventsourcing=={version('eventsourcing')}",
        f"psycopg[binary]=={version('psycopg')}",
    ]
    if not stamp.exists() or stamp.read_text() != "\n".join(wanted):
        sys.stderr.write(f"Installing {RIVAL} into {FOLDER.name}.\n")
        run(sys.executable, "-m", "venv", str(FOLDER))
        run(str(python), "-m", "pip", "install", "--quiet", *wanted)
        stamp.write_text("\n".join(wanted))
    return str(python)


def rival_versions(python: str) -> str:
    """What is installed there that figures depend on."""
    asking = (
        "from importlib.metadata import version as v;"
        "print(*(f'{n} {v(n)}' for n in ('eventsourcing-sqlalchemy', 'sqlalchemy')), sep=', ')"
    )
    return run(python, "-c", asking).strip()


def run(*command: str) -> str:
    """Runs a command; `Missing` with its last words where it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        words = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise Missing(words[-1] if words else f"{command[0]} failed")
    return done.stdout
