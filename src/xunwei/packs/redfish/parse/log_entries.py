"""Event logs: the services and their newest entries, `Systems|Managers/*/LogServices/*/Entries/*`.

Sample (iBMC, form by the vendor's Redfish API manual; DSP0268 LogEntry): {"@odata.type": "#LogEntry.v1_0_0.LogEntry",
"Id": "4", "EntryType": "Event", "Severity": "Critical", "Created": "2026-03-02T08:11:40+08:00",
"MessageId": "0x03000009", "Message": "The input of PS2 is lost."}

A list that was cut short has a record `"<path>?clipped": {"kept": 200, "read": 900, "complete": true, …}` beside it:
the collector keeps Critical and Warning before OK, and newer before older.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.redfish.resources import (
    HEALTH,
    Book,
    Json,
    Resource,
    at,
    distinct,
    epoch,
    flag,
    health,
    label,
    state,
    text,
)
from xunwei.parse import Unparsed

_UNSET = 86400 * 365  # a time in 1970 is a clock that was never set


def parse(raw: str) -> dict[str, Any]:
    """Services, and what is not OK in their logs, entries of one kind together. Raises Unparsed."""
    book = Book(raw, clips=True).only("LogService", "LogEntry")
    for lost in book.unread():
        raise Unparsed(f"{lost.path}: {lost.failed}")
    entries = [(r, _severity(r), _created(r.body)) for r in book.of("LogEntry")]
    return {
        "services": distinct([_service(r) for r in book.of("LogService")]),
        "events": _events(entries),
        "entries": len(entries),
        "complete_since": _complete_since(book.clips, entries),
    }


def _service(resource: Resource) -> Json:
    body, steps = resource.body, resource.path.strip("/").split("/")
    name = label(body, resource.last)
    facts = {
        "name": f"{steps[2]}/{name}" if len(steps) > 2 else name,
        "enabled": flag(body, "ServiceEnabled"),
        "state": state(body),
        "health": health(body),
    }
    return at(facts, resource.line)


def _severity(resource: Resource) -> str:
    severity = text(resource.body, "Severity")
    if severity is None:
        severity = health({"Status": {"Health": resource.body.get("Severity")}})
    if severity not in HEALTH:
        raise Unparsed(f"{resource.path}: unknown severity {severity!r}")
    return severity


def _created(body: Json) -> int | None:
    seconds = epoch(text(body, "Created"))
    return seconds if seconds is not None and seconds > _UNSET else None


def _events(entries: list[tuple[Resource, str, int | None]]) -> list[Json]:
    kinds: dict[tuple[str, str | None, str], list[tuple[Resource, int | None]]] = {}
    over = _recoveries(entries)
    for resource, severity, created in entries:
        if severity == "OK":
            continue
        code = text(resource.body, "MessageId") or text(resource.body, "EntryCode")
        message = text(resource.body, "Message") or code or resource.last
        kinds.setdefault((severity, code, message), []).append((resource, created))
    return [_event(*kind, found, over) for kind, found in sorted(kinds.items(), key=lambda k: str(k[0]))]


def _recoveries(entries: list[tuple[Resource, str, int | None]]) -> dict[tuple[str, frozenset[str]], int]:
    """When an event code was last said to be over for a part: iBMC writes an OK entry of the same code."""
    over: dict[tuple[str, frozenset[str]], int] = {}
    for resource, severity, created in entries:
        code = text(resource.body, "MessageId") or text(resource.body, "EntryCode")
        part = _part(text(resource.body, "Message") or "")
        if severity == "OK" and code and part and created is not None:
            over[code, part] = max(created, over.get((code, part), 0))
    return over


def _part(message: str) -> frozenset[str]:
    """What of a message names a part: the words with a number in them (`Fan1`, `DIMM030`), else its subject."""
    numbered = re.findall(r"[A-Za-z]+[\w-]*\d\w*|\d+[A-Za-z]\w*", message)
    subject = re.match(r"(.+?) (?:is|are|was|were|has|have)\b", message)
    return frozenset(numbered or ([subject[1]] if subject else []))


def _event(
    severity: str,
    code: str | None,
    message: str,
    found: list[tuple[Resource, int | None]],
    over: dict[tuple[str, frozenset[str]], int],
) -> Json:
    times = [created for _, created in found if created is not None]
    newest = max(found, key=lambda entry: entry[1] or 0)[0]
    whole = len(times) == len(found)  # one entry without a time may be the newest
    facts = {
        "severity": severity,
        "code": code,
        "message": message[:300],
        "count": len(found),
        "first": min(times) if whole else None,
        "latest": max(times) if whole else None,
        "recovered": whole and over.get((code or "", _part(message)), 0) >= max(times),
    }
    return at(facts, newest.line)


def _complete_since(clips: dict[str, Json], entries: list[tuple[Resource, str, int | None]]) -> int | None:
    """0 when no entry that matters is missing; else the time after which none is, None when that is not known."""
    bounds: list[int | None] = [0]
    for path, clip in clips.items():
        kept = [(severity, created) for r, severity, created in entries if r.path.startswith(f"{path.rstrip('/')}/")]
        complete = flag(clip, "complete") is True
        if complete and any(severity == "OK" for severity, _ in kept):
            continue  # OK entries are dropped first: where one was kept, none of the others was dropped
        times = [created for _, created in kept]
        known = (complete or flag(clip, "newest_first") is True) and None not in times
        bounds.append(min((t for t in times if t is not None), default=None) if known else None)
    return None if None in bounds else max(b for b in bounds if b is not None)
