"""Where things are kept. One setting, XUNWEI_STATE, moves all of it out of the checkout."""

from __future__ import annotations

import os
from pathlib import Path

from xunwei.errors import InputError


def state_dir(create: bool = True) -> Path:
    """The state directory: $XUNWEI_STATE, else $XDG_STATE_HOME/xunwei, else ~/.local/state/xunwei. Mode 0700.

    Raises InputError when it cannot be made or written.
    """
    named = os.environ.get("XUNWEI_STATE", "")
    base = Path(named) if named else Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "xunwei"
    base = base.expanduser().absolute()
    if create:
        try:
            base.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as exc:
            raise InputError(
                f"state directory cannot be made: {exc.strerror}", where=str(base), hint="set XUNWEI_STATE"
            ) from None
        if not os.access(base, os.W_OK | os.X_OK):
            raise InputError("state directory cannot be written", where=str(base), hint="set XUNWEI_STATE")
    return base


def runs_dir(state: Path) -> Path:
    """Where run folders lie."""
    return state / "runs"


def ledger_url(state: Path) -> str:
    """SQLAlchemy URL of the ledger: $XUNWEI_LEDGER, else SQLite in the state directory."""
    return os.environ.get("XUNWEI_LEDGER") or f"sqlite:///{state / 'ledger.db'}"
