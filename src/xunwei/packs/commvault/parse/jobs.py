"""`GET Job`: jobs of the last days and those that run, in pages.

Sample: {"totalRecordsWithoutPaging": 1, "jobs": [{"jobSummary": {"jobId": 4101, "jobType": "Backup", "localizedOperationName":
"Backup", "backupLevelName": "Incremental", "status": "Completed", "jobStartTime": 1795530000, "jobEndTime": 1795533600,
"totalFailedFiles": 0, "pendingReason": "", "subclient": {"clientName": "db-1", "subclientName": "default"}}}]}

A status nobody knows comes out as state `unknown`: it is no success.
"""

from __future__ import annotations

import html
from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, count, distinct, moment, record, told, word
from xunwei.parse import Unparsed

STATES = {
    "completed": "success", "committed": "success", "completed w/ one or more warnings": "success",
    "completed w/ one or more errors": "partial", "partial success": "partial",
    "failed": "failed", "failed to start": "failed", "killed": "killed", "system kill pending": "killed",
    "kill pending": "killed", "no run": "failed",
    "running": "active", "waiting": "active", "pending": "active", "suspended": "active", "suspend pending": "active",
    "queued": "active", "interrupt pending": "active", "dangling cleanup": "active", "skipped": "skipped",
}  # fmt: skip


def parse(raw: str) -> dict[str, Any]:
    """Jobs, and the last backup of each subclient. Raises Unparsed."""
    book = Book(raw)
    items = book.items("/webconsole/api/Job", "jobs", may_lack=True)
    jobs = [_job(item) for item in items]
    return {
        "jobs": distinct(jobs),
        "subclients": distinct(_subclients(jobs)),
        "clients": sorted({job["client"] for job in jobs}),
        "count": len(jobs),
    }


def _job(item: Item) -> Json:
    body = record(item.body, "jobSummary")
    sub = record(body, "subclient")
    number = count(body, "jobId")
    client = word(sub, "clientName") or word(body, "destClientName")
    if number is None or client is None:
        raise Unparsed("a job without number or client")
    status, subclient = told(body, "status"), word(sub, "subclientName") or word(body, "subclientName")
    reason = word(body, "pendingReason")
    facts = {
        "name": f"{client}/{subclient or '-'} #{number}",
        "id": number,
        "client": client,
        "subclient": subclient,
        "operation": word(body, "jobType") or word(body, "localizedOperationName"),
        "level": word(body, "backupLevelName"),
        "status": status,
        "state": STATES.get(status.lower(), "unknown"),
        "started": moment(body, "jobStartTime"),
        "ended": moment(body, "jobEndTime"),
        "failed_files": count(body, "totalFailedFiles"),
        "reason": html.unescape(reason)[:200] if reason else None,
    }
    line = item.book.line(*item.place, "jobSummary", "status")
    return at(facts, line or item.line())


def _subclients(jobs: list[Json]) -> list[Json]:
    """The last backup that has ended, and the last success, of each subclient."""
    found: dict[str, Json] = {}
    for job in sorted(jobs, key=lambda j: (j["started"] or 0, j["id"])):
        if "backup" not in (job["operation"] or "").lower() or job["state"] in ("active", "skipped"):
            continue
        name = f"{job['client']}/{job['subclient'] or '-'}"
        before = found.get(name, {}).get("succeeded")
        good = job["state"] in ("success", "partial")
        found[name] = {
            "name": name,
            "client": job["client"],
            "state": job["state"],
            "status": job["status"],
            "ended": job["ended"],
            "succeeded": (job["ended"] if good else None) or before,
        }
        if "_line" in job:
            found[name]["_line"] = job["_line"]
    return list(found.values())
