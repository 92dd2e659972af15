"""Kernel-wide limits and their use (proc(5)): threads, open files, inodes.

/proc/sys/kernel/pid_max:32768
/proc/sys/kernel/threads-max:192730
/proc/sys/fs/file-nr:1030	0	9223372036854775807
/proc/sys/fs/inode-nr:127626	0
/proc/loadavg:0.10 0.15 0.17 2/139 3292
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import fields, lines_of, must, percent, text_of
from xunwei.parse.text import Unparsed, integer


def parse(text: str) -> Facts:
    """Facts of `limits`; `threads_percent` is of the smaller of pid_max and threads-max."""
    found = fields(text)
    pid_max = integer(must(text_of(found, "pid_max"), "pid_max"), "pid_max")
    threads_max = integer(must(text_of(found, "threads-max"), "threads-max"), "threads-max")
    files = [integer(w, "file-nr") for w in must(text_of(found, "file-nr"), "file-nr").split()]
    threads = re.fullmatch(r"(?:\S+ ){3}\d+/(\d+) \d+", must(text_of(found, "loadavg"), "loadavg"))
    if threads is None or len(files) != 3:
        raise Unparsed("loadavg or file-nr is not as in proc(5)")
    if min(pid_max, threads_max, files[2]) <= 0:
        raise Unparsed("a limit is not above 0")
    return {
        "pid_max": pid_max,
        "threads_max": threads_max,
        "threads": int(threads.group(1)),
        "threads_percent": percent(int(threads.group(1)), min(pid_max, threads_max)),
        "files_open": files[0],
        "files_max": files[2],
        "files_percent": percent(files[0], files[2]),
        "_lines": lines_of(found, threads_percent="loadavg", files_percent="file-nr"),
    }
