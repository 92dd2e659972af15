"""Kernel messages of priority warning and worse since the last run, from the journal or from dmesg.

    == window
    since=1795000000
    boot=1794000000
    limit=400
    == journal
    2026-11-25T02:11:09+0000 web-1 kernel: blk_update_request: I/O error, dev sdb, sector 2048
    == end

Counted by kind; the kinds and their texts are those of Linux 3.10 to 6.12 (block layer, SCSI, ext4, XFS, hung task,
x86 MCE, EDAC, NIC drivers).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.logs import entries, window
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "io_error",
            (
                r"I/O error|Unrecovered read error|critical (medium|target) error|rejecting I/O to|UNC at LBA"
                r"|failed command: (READ|WRITE)|(Hardware|Medium) Error \[|Sense Key : (Hardware|Medium) Error"
            ),
        ),
        (
            "filesystem_error",
            (
                r"EXT[234]-fs( \(.*\))?:? error|Aborting journal|Remounting filesystem read-only|JBD2: .*error"
                r"|XFS( \(.*\))?:.*(corruption|shut(ting)? ?down|Internal error)|BTRFS.*(error|corrupt)"
            ),
        ),
        ("hung_task", r"blocked for more than [0-9]+ seconds|soft lockup|hard LOCKUP|rcu.*(self-)?detected stall"),
        ("out_of_memory", r"Out of memory|oom-kill|Killed process|invoked oom-killer|page allocation failure"),
        ("machine_check", r"Machine check|mce: .*(error|event)|Hardware Error|EDAC .*(CE|UE) |\[Hardware Error\]"),
        ("segfault", r"segfault at|general protection fault|traps: .* trap"),
        ("kernel_bug", r"kernel BUG at|Oops:|Call Trace|BUG: unable to handle|WARNING: CPU"),
        ("link_down", r"(NIC )?Link is Down|link down|Reset adapter|Detected Tx Unit Hang"),
        ("thermal", r"temperature above threshold|Core temperature.*throttled|CPU clock throttled"),
    )
)


def parse(text: str) -> dict[str, Any]:
    """Facts: number of messages, `counts` by kind (0 when none), `events` per kind with a sample. Raises Unparsed."""
    parts = Parts(text)
    bounds = window(parts)
    if "since" not in bounds or "limit" not in bounds:
        raise Unparsed("the window is not stated")
    found, read = entries(parts, bounds["since"], bounds.get("boot"))
    counts = dict.fromkeys((kind for kind, _ in KINDS), 0)
    events: dict[str, dict[str, Any]] = {}
    for entry in found:
        for kind, pattern in KINDS:
            if pattern.search(entry.message):
                counts[kind] += 1
                events[kind] = {"kind": kind, "last": entry.time, "sample": entry.message[:200], "_line": entry.line}
                break
    for kind, event in events.items():
        event["count"] = counts[kind]
    return {
        "since": bounds["since"],
        "total": len(found),
        "clipped": read >= bounds["limit"],
        "counts": {**counts, "_lines": {kind: event["_line"] for kind, event in events.items()}},
        "events": list(events.values()),
    }
