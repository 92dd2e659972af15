"""`virsh list --all --name`, with `--autostart`, with `--persistent`; `domstats --state`.

== all
vm-1
== autostart
vm-1
== persistent
vm-1
== states
Domain: 'vm-1'
  state.state=5
  state.reason=3
-- end
Numbers: virDomainState and vir…Reason of libvirt-domain.h (5 is shut off, its reason 3 crashed).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.libvirt.answers import domstats, parts, whole
from xunwei.parse.text import Unparsed

STATES = ("no state", "running", "blocked", "paused", "shutdown", "shut off", "crashed", "pmsuspended")
_REASONS = {
    "running": ("unknown", "booted", "migrated", "restored", "from snapshot", "unpaused", "migration cancelled",
                "save cancelled", "wakeup", "crashed", "postcopy", "postcopy failed"),
    "paused": ("unknown", "user", "migration", "save", "dump", "ioerror", "watchdog", "from snapshot", "shutting down",
               "snapshot", "crashed", "starting up", "postcopy", "postcopy failed", "api error"),
    "shut off": ("unknown", "shutdown", "destroyed", "crashed", "migrated", "saved", "failed", "from snapshot", "daemon"),
    "crashed": ("unknown", "panicked"),
}  # fmt: skip


def parse(text: str) -> dict[str, Any]:
    """{domains}; a machine that came or went between the commands is left out of none: the answer is refused."""
    answer = parts(text)
    found = {name: rows for name, _, rows in answer}
    if [name for name, _, _ in answer] != ["all", "autostart", "persistent", "states"]:
        raise Unparsed("not the four parts expected")
    names, autostart, persistent = ([line.strip() for _, line in found[n]] for n in ("all", "autostart", "persistent"))
    domains: list[dict[str, Any]] = []
    for name, number, stats in domstats(found["states"]):
        state, reason = whole(stats, "state.state"), whole(stats, "state.reason")
        if state is None or state >= len(STATES):
            raise Unparsed(f"{name}: state {state}")
        reasons = _REASONS.get(STATES[state], ())
        domains.append({
            "_line": number, "name": name, "state": STATES[state],
            "reason": reasons[reason] if reason is not None and reason < len(reasons) else "unknown",
            "autostart": name in autostart, "persistent": name in persistent,
        })  # fmt: skip
    if sorted(d["name"] for d in domains) != sorted(names):
        raise Unparsed("the list of machines and their states do not match")
    return {"domains": domains}
