"""Whether the kernel can keep a crash dump (kexec, kernel docs admin-guide/kdump).

crash_loaded=1
crash_size=268435456
cmdline=256M
dumps=0              vmcore files under /var/crash
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.lines import fields, int_of, lines_of, text_of
from xunwei.parse.text import Unparsed


def parse(text: str) -> Facts:
    """Facts of `kdump`."""
    found = fields(text)
    loaded = int_of(found, "crash_loaded")
    if loaded not in (0, 1, None):
        raise Unparsed("crash_loaded is neither 0 nor 1")
    if not found.keys() & {"crash_loaded", "crash_size"}:
        raise Unparsed("nothing about kexec found")
    dumps = int_of(found, "dumps")
    return {
        "loaded": None if loaded is None else loaded == 1,
        "reserved_bytes": int_of(found, "crash_size"),
        "crashkernel": text_of(found, "cmdline"),
        "dumps": 0 if "dumps" not in found else dumps,
        "_lines": lines_of(found, loaded="crash_loaded", dumps="dumps"),
    }
