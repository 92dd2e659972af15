"""Commands around the embedded lab."""

from __future__ import annotations

from typing import Any

from xunwei.catalogue import catalogue, user_language
from xunwei.cli import show
from xunwei.lab import content, control
from xunwei.settings import state_dir


def start(base: int, estate: bool, as_json: bool) -> int:
    """Start it and list its devices; `estate`: all classes of devices, instead of the small one."""
    found = control.start(state_dir(), base, definition=content.ESTATE if estate else None)
    if not as_json:
        t = catalogue(user_language(), "cli")
        for name, reason in (found.get("left_out") or {}).items():
            show.note(t("lab.left_out", device=name, reason=reason))
    return _show(found, "lab.started", as_json)


def stop(as_json: bool) -> int:
    """Stop it; RefusedError when it does not run."""
    return _show(control.stop(state_dir()), "lab.stopped", as_json)


def status(as_json: bool) -> int:
    """Show it; exit code 0 when it runs, 1 when not."""
    found = control.status(state_dir())
    running = bool(found.get("running"))
    _show(found, "lab.started" if running else "lab.not_running", as_json)
    return 0 if running else 1


def fault(device: str, name: str, value: str, as_json: bool) -> int:
    """Switch a fault."""
    plain: Any = {"on": True, "off": False}.get(value, value)
    control.fault(state_dir(), device, name, plain)
    if as_json:
        show.as_json({"device": device, "fault": name, "value": plain})
    else:
        show.out(catalogue(user_language(), "cli")("lab.fault_set", device=device, fault=name, value=value))
    return 0


def _show(found: dict[str, Any], message: str, as_json: bool) -> int:
    t = catalogue(user_language(), "cli")
    if as_json:
        show.as_json(found)
        return 0
    show.out(t(message))
    ports = found.get("ports") or {n: d["port"] for n, d in (found.get("devices") or {}).items()}
    if ports:
        show.table([t("head.device"), t("head.port")], sorted(ports.items()))
    return 0
