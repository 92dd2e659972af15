"""Kernel settings from /proc/sys as `path=value`.

    == values
    net/ipv4/ip_forward=0
    kernel/randomize_va_space=2
    == unseen
    fs/protected_hardlinks
    == end

A fact's name is the path with `_` for `/`, `-` and `.`; null when the kernel does not have it or it may not be read.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

KEYS = (
    "net/ipv4/ip_forward",
    "net/ipv4/conf/all/rp_filter",
    "net/ipv4/conf/default/rp_filter",
    "net/ipv4/conf/all/accept_redirects",
    "net/ipv4/conf/default/accept_redirects",
    "net/ipv4/conf/all/secure_redirects",
    "net/ipv4/conf/all/send_redirects",
    "net/ipv4/conf/default/send_redirects",
    "net/ipv4/conf/all/accept_source_route",
    "net/ipv4/conf/default/accept_source_route",
    "net/ipv4/conf/all/log_martians",
    "net/ipv4/tcp_syncookies",
    "net/ipv4/icmp_echo_ignore_broadcasts",
    "net/ipv4/icmp_ignore_bogus_error_responses",
    "net/ipv4/tcp_max_syn_backlog",
    "net/core/somaxconn",
    "net/ipv6/conf/all/forwarding",
    "net/ipv6/conf/all/accept_redirects",
    "net/ipv6/conf/all/accept_ra",
    "kernel/randomize_va_space",
    "kernel/kptr_restrict",
    "kernel/dmesg_restrict",
    "kernel/sysrq",
    "kernel/panic",
    "kernel/yama/ptrace_scope",
    "kernel/unprivileged_bpf_disabled",
    "kernel/pid_max",
    "fs/suid_dumpable",
    "fs/protected_hardlinks",
    "fs/protected_symlinks",
    "fs/file-max",
    "vm/swappiness",
    "vm/overcommit_memory",
    "vm/panic_on_oom",
)


def parse(text: str) -> dict[str, Any]:
    """Facts: one per key of KEYS. Raises Unparsed for an unknown key or a value that is not a number."""
    parts = Parts(text)
    unseen = {line for _, line in parts.one("unseen").lines}
    if not unseen <= set(KEYS):
        raise Unparsed("unseen keys that were not asked for")
    facts: dict[str, Any] = {_name(k): None for k in KEYS}
    lines: dict[str, int] = {}
    for key, (value, n) in parts.one("values").whole().pairs().items():
        if key not in KEYS:
            raise Unparsed(f"line {n}: a key that was not asked for: {key[:60]!r}")
        if not re.fullmatch(r"-?[0-9]{1,20}", value):
            raise Unparsed(f"line {n}: {key} is not a number: {value[:40]!r}")
        facts[_name(key)] = int(value)
        lines[_name(key)] = n
    if not lines:
        raise Unparsed("no value at all")
    return {**facts, "_lines": lines}


def _name(key: str) -> str:
    return re.sub(r"[/.-]", "_", key)
