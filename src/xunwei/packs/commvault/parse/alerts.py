"""`GET V4/TriggeredAlerts`.

Sample: {"totalCount": 1, "alertsTriggered": [{"id": 7, "severity": "CRITICAL", "type": "Job Management", "detectedCriterion":
"Backup failed", "detectedTime": 1795533600, "client": {"id": 11, "name": "db-1"}, "readStatus": false}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, distinct, flag, moment, record, told, word


def parse(raw: str) -> dict[str, Any]:
    """Alerts that were raised. Raises Unparsed."""
    items = Book(raw).items("/webconsole/api/V4/TriggeredAlerts", "alertsTriggered", may_lack=True)
    return {"alerts": distinct([_alert(item) for item in items])}


def _alert(item: Item) -> Json:
    body = item.body
    client, what = word(record(body, "client"), "name"), word(body, "detectedCriterion") or told(body, "type")
    facts = {
        "name": f"{client}: {what}" if client else what,
        "severity": told(body, "severity").lower(),
        "client": client,
        "detected": moment(body, "detectedTime"),
        "read": flag(body, "readStatus"),
    }
    return at(facts, item.line("severity"))
