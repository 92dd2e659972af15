"""Groups: /etc/group without passwords; the last field lists accounts whose primary group it is.

== groups
wheel:10:ops,audit:
ops:1000::ops
== end
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed

# Members of these can become root: by sudo, by a container that mounts /, by writing a disk.
PRIVILEGED = ("root", "wheel", "sudo", "admin", "docker", "podman", "lxd", "libvirt", "disk", "shadow")


def parse(text: str) -> dict[str, Any]:
    """Facts: `privileged` with members (root itself left out), `count`, duplicate names and ids. Raises Unparsed."""
    names: Counter[str] = Counter()
    ids: Counter[int] = Counter()
    privileged = []
    for n, line in Parts(text).one("groups").whole().lines:
        words = line.split(":")
        if len(words) != 4 or not words[0]:
            raise Unparsed(f"line {n} is not a group: {line[:60]!r}")
        names[words[0]] += 1
        gid = number(words[1], "gid")
        ids[gid] += 1
        if words[0] in PRIVILEGED or gid == 0:
            members = {m for w in words[2:] for m in w.split(",") if m and m != "root"}
            privileged.append({"group": words[0], "members": sorted(members), "count": len(members), "_line": n})
    if not names:
        raise Unparsed("no group at all")
    return {
        "privileged": privileged,
        "count": sum(names.values()),
        "duplicate_names": sorted(x for x, c in names.items() if c > 1),
        "duplicate_ids": sorted(x for x, c in ids.items() if c > 1),
    }
