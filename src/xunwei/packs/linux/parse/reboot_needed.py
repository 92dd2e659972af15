"""Is a restart due: the flag of Debian's hooks, the kernel that runs against those installed, core packages since boot.

    == state
    running=5.10.0-60.18.0.50.oe2203.x86_64
    boot=1790000000
    started=12
    == packages
    == kernels
    5.10.0-60.18.0.50.oe2203.x86_64
    5.10.0-60.139.0.166.oe2203.x86_64
    == core
    1795000000 glibc
    == end

`started` is when process 1 was, in hundredths of a second since boot (/proc/1/stat): in a container much
later than the kernel. `== kernels` are the names of /boot/vmlinuz-*; `?` when /boot may not be read.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `needed` and why (`reasons`). `newest` is null when no kernel lies in /boot. Raises Unparsed."""
    parts = Parts(text)
    state = parts.one("state").pairs()
    if "running" not in state or "boot" not in state:
        raise Unparsed("kernel or time of boot is missing")
    running, boot = state["running"][0], number(state["boot"][0], "boot")
    started = boot + number(state.get("started", ("0", 0))[0], "started") // 100
    words = [line for _, line in parts.one("kernels").lines]
    unseen = "?" in words
    kernels = [w for w in words if w != "?" and "rescue" not in w and "recovery" not in w]
    newest = max(kernels, key=_key) if kernels and not unseen else None
    updated = []
    for n, line in parts.one("core").lines:
        match = re.fullmatch(r"([0-9]{1,12}) (\S+)", line, re.ASCII)
        if match is None:
            raise Unparsed(f"line {n} is not TIME PACKAGE: {line[:60]!r}")
        if int(match[1]) > started:
            updated.append(match[2])
    flag = "flag" in state
    # A kernel that runs but is not in /boot was booted from elsewhere (containers, network): nothing to compare.
    older = newest is not None and running in kernels and _key(running) < _key(newest)
    reasons = ["flag"] * flag + ["kernel"] * older + ["packages"] * bool(updated)
    return {
        "needed": None if unseen and not reasons else bool(reasons),
        "reasons": reasons,
        "running": running,
        "newest": newest,
        "boot": boot,
        "updated": sorted(set(updated)),
        "packages": sorted({line.strip() for _, line in parts.one("packages").lines}),
        "_lines": {"needed": state["running"][1]},
    }


def _key(release: str) -> list[tuple[int, int, str]]:
    """Kernel releases in their order: numbers as numbers, before text."""
    words = re.findall(r"[0-9]+|[a-z]+", release.lower(), re.ASCII)
    return [(1, int(w), "") if w.isdigit() else (0, 0, w) for w in words]
