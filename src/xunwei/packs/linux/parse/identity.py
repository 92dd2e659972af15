"""Who the host is: kernel names, boot id, machine id (its hash) and os-release(5).

/proc/sys/kernel/hostname:db-1
/proc/sys/kernel/osrelease:3.10.0-1160.el7.x86_64
/proc/sys/kernel/random/boot_id:0a0b0c0d-1111-4222-8333-444455556666
architecture=x86_64
machine_id_sha256=…64 hex digits…
release_file=CentOS Linux release 7.9.2009 (Core)
ID="centos"
VERSION_ID="7"
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import fields, lines_of, must, text_of
from xunwei.parse.text import Unparsed

_HASH = re.compile(r"[0-9a-f]{64}")


def parse(text: str) -> Facts:
    """Facts of `identity`. `release` is `<os id> <version>`, lower case; `release_major` ends at the first dot."""
    found = fields(text)
    hashed = text_of(found, "machine_id_sha256")
    if hashed is not None and not _HASH.fullmatch(hashed):
        raise Unparsed("machine_id_sha256 is not a sha256")
    release, major = _release(_unquoted(text_of(found, "ID")), _version(found))
    return {
        "hostname": must(text_of(found, "hostname"), "hostname"),
        "kernel": must(text_of(found, "osrelease"), "kernel release"),
        "architecture": must(text_of(found, "architecture"), "architecture"),
        "boot_id": text_of(found, "boot_id"),
        "machine_id_sha256": hashed,
        "os_id": _unquoted(text_of(found, "ID")),
        "os_version": _unquoted(text_of(found, "VERSION_ID")),
        "os_name": _unquoted(text_of(found, "PRETTY_NAME")) or text_of(found, "release_file"),
        "release": release,
        "release_major": major,
        "_lines": lines_of(
            found, kernel="osrelease", os_name="PRETTY_NAME", release="VERSION_ID", release_major="VERSION_ID"
        ),
    }


def _version(found: dict[str, tuple[str, int]]) -> str | None:
    """VERSION_ID, with the service pack that openEuler and Kylin write only in VERSION."""
    number = _unquoted(text_of(found, "VERSION_ID"))
    pack = re.search(r"\((?:[A-Za-z]+-)?(SP\d+)\)", _unquoted(text_of(found, "VERSION")) or "")
    if number is None or pack is None or "SP" in number:
        return number
    return f"{number}-{pack.group(1)}"


def _release(os_id: str | None, version: str | None) -> tuple[str | None, str | None]:
    if os_id is None:
        return None, None
    if version is None:  # rolling distributions have none
        return os_id.lower(), os_id.lower()
    name = f"{os_id} {version}".lower()
    return name, f"{os_id} {version.split('.')[0]}".lower()


def _unquoted(value: str | None) -> str | None:
    """os-release(5): values may be in single or double quotes; backslash escapes $ " \\ and back-tick."""
    if value is None:
        return None
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return re.sub(r"\\([$\"\\`])", r"\1", value) or None
