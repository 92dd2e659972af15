"""`GET /api/v1/job_monitoring`: runs of the last day, those that are under way and those to come.

Sample: {"hasMore": false, "jobMonitoringInfoList": [{"jobMonitoringState": "Success", "jobStatus": "Success", "jobType":
"Backup", "objectId": "VirtualMachine:::0c1", "objectName": "vm-app-1", "slaDomainName": "gold", "startTime":
"2026-11-24T18:00:00.000Z", "endTime": "2026-11-24T18:21:00.000Z", "lastSuccessfulJobTime": "2026-11-24T18:00:00.000Z",
"retryCount": 0}]}

A state nobody knows comes out as `unknown`: it is no success.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, count, distinct, epoch, told, word

STATES = {
    "success": "success", "succeeded": "success", "successwithwarnings": "warning", "partialsuccess": "warning",
    "failure": "failed", "failed": "failed", "canceled": "canceled", "canceling": "active", "active": "active",
    "running": "active", "queued": "active", "scheduled": "scheduled", "onhold": "scheduled",
}  # fmt: skip


def parse(raw: str) -> dict[str, Any]:
    """Runs, the last backup of each object, and the objects of each SLA domain. Raises Unparsed."""
    items = Book(raw).items("/api/v1/job_monitoring", "jobMonitoringInfoList")
    jobs = [_job(item) for item in items]
    objects = _objects(jobs)
    slas: list[Json] = []
    for name in sorted({o["sla"] for o in objects if o["sla"]}):
        own = [o for o in objects if o["sla"] == name]
        latest = max((o["succeeded"] for o in own if o["succeeded"]), default=None)
        failed = sum(o["state"] in ("failed", "canceled", "unknown") for o in own)
        slas.append({"name": name, "objects": len(own), "failed": failed, "succeeded": latest})
    return {"jobs": distinct(jobs), "objects": distinct(objects), "slas": slas, "count": len(jobs)}


def _job(item: Item) -> Json:
    body = item.body
    state = STATES.get(told(body, "jobMonitoringState").lower(), "unknown")
    name, place = told(body, "objectName"), word(body, "locationName")
    facts = {
        "name": f"{place}/{name}" if place else name,
        "object": word(body, "objectId") or name,
        "type": word(body, "jobType"),
        "sla": word(body, "slaDomainName"),
        "state": state,
        "started": epoch(word(body, "startTime")),
        "ended": epoch(word(body, "endTime")),
        "succeeded": epoch(word(body, "lastSuccessfulJobTime")),
        "retries": count(body, "retryCount"),
    }
    return at(facts, item.line("jobMonitoringState"))


def _objects(jobs: list[Json]) -> list[Json]:
    """The last backup that has ended of each object, and its last success."""
    found: dict[str, Json] = {}
    for job in sorted(jobs, key=lambda j: (j["started"] or 0, j["name"])):
        if "backup" not in (job["type"] or "").lower() or job["state"] in ("active", "scheduled"):
            continue
        good = job["ended"] if job["state"] in ("success", "warning") else None
        before = found.get(job["object"], {}).get("succeeded")
        found[job["object"]] = {
            "name": job["name"],
            "sla": job["sla"],
            "state": job["state"],
            "ended": job["ended"],
            "succeeded": max((t for t in (good, job["succeeded"], before) if t), default=None),
        }
        if "_line" in job:
            found[job["object"]]["_line"] = job["_line"]
    return list(found.values())
