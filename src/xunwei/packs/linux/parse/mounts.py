"""What is mounted and how, /proc/self/mounts, beside what fstab(5) wants.

== mounted
/dev/vda1 / ext4 rw,relatime,errors=remount-ro 0 0
== fstab
/dev/vda1 / ext4 defaults,errors=remount-ro 0 1
"""

from __future__ import annotations

from typing import Any

from xunwei.model import Facts
from xunwei.packs.linux.lines import Part, named_parts, unescape
from xunwei.parse.text import Unparsed

REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "lustre", "gpfs", "beegfs"}
    | {"fuse.glusterfs", "fuse.ceph", "fuse.sshfs"}
)
DISKS = frozenset({"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "vfat", "jfs", "reiserfs", "f2fs", "gfs2", "ocfs2"})


def parse(text: str) -> Facts:
    """Facts of `mounts`. `wanted_rw`: a file system on a disk that fstab does not declare read-only."""
    found = named_parts(text, "mounted", "fstab")
    wanted = {e["mount"]: e for e in _entries(found["fstab"], strict=False)}
    last: dict[str, Facts] = {}
    for entry in _entries(found["mounted"], strict=True):
        declared = wanted.get(entry["mount"])
        read_only = "ro" in entry["options"]
        last[entry["mount"]] = {  # a later mount on the same point hides the earlier one
            **entry,
            "read_only": read_only,
            "remote": entry["type"] in REMOTE,
            "on_disk": entry["type"] in DISKS,
            "in_fstab": declared is not None,
            "wanted_rw": declared is not None and "ro" not in declared["options"],
        }
    if not last:
        raise Unparsed("nothing is mounted")
    missing = [
        {"mount": e["mount"], "type": e["type"], "_line": e["_line"]}
        for e in wanted.values()
        if e["mount"].startswith("/") and e["mount"] not in last and not {"noauto", "nofail"} & set(e["options"])
    ]
    return {"mounts": list(last.values()), "missing": missing}


def _entries(part: Part, *, strict: bool) -> list[dict[str, Any]]:
    entries = []
    for number, line in part.lines:
        words = line.split()
        if len(words) < (6 if strict else 3) or len(words) > 6 or not words[1].startswith(("/", "none", "swap")):
            raise Unparsed(f"line {number} is not a line of fstab(5): {line[:60]!r}")
        entries.append(
            {
                "mount": unescape(words[1]).rstrip("/") or "/",
                "device": unescape(words[0]),
                "type": words[2],
                "options": words[3].split(",") if len(words) > 3 else ["defaults"],
                "_line": number,
            }
        )
    return entries
