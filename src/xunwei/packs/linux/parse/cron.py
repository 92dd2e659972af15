"""Cron: files with their modes, and of each job its schedule, account and program (its arguments stay on the host).

== files
644 root:root /etc/crontab
== crontab /etc/crontab
17 * * * *<TAB>root<TAB>run-parts
== scripts
/etc/cron.daily/logrotate
== user_files
600 ops:crontab /var/spool/cron/crontabs/ops
== crontab /var/spool/cron/crontabs/ops
@daily<TAB>ops<TAB>/opt/report/bin/nightly
== end
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts, stat_line
from xunwei.parse import Unparsed

_JOB = re.compile(r"((?:@[a-z]+|\S+ \S+ \S+ \S+ \S+))\t(\S+)\t(\S+)")


def parse(text: str) -> dict[str, Any]:
    """Facts: `files`, `jobs`, `scripts` (paths of the cron.daily … folders). Raises Unparsed."""
    parts = Parts(text)
    files, jobs = [], []
    for part in (parts.one("files"), parts.one("user_files")):
        files += [stat_line(n, line) for n, line in part.whole().lines]
    for part in parts.every("crontab"):
        for n, line in part.lines:
            match = _JOB.fullmatch(line)
            if match is None:
                raise Unparsed(f"line {n} is not a job: {line[:60]!r}")
            jobs.append(
                {"file": part.argument, "schedule": match[1], "account": match[2], "program": match[3], "_line": n}
            )
    scripts = [line for _, line in parts.one("scripts").lines]
    return {"files": files, "jobs": jobs, "job_count": len(jobs), "scripts": scripts}
