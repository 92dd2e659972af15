"""The catalogue of services of each namespace: names and counts.

== namespace public
{"count": 1, "serviceList": [{"name": "portal", "groupName": "DEFAULT_GROUP", "clusterCount": 1, "ipCount": 2,
 "healthyInstanceCount": 2, "triggerFlag": "false"}]}
http=200
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Part, Parts
from xunwei.packs.nacos.answers import data, whole
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"services": […]} with how many instances are healthy; `complete`: not more than were read."""
    services: list[Facts] = []
    complete = True
    parts = Parts(text).every("namespace")
    if not parts:
        raise Unparsed("no namespace in the answer")
    for part in parts:
        rows, whole_list = _namespace(part)
        services += rows
        complete = complete and whole_list
    return {"services": services, "complete": complete}


def _namespace(part: Part) -> tuple[list[Facts], bool]:
    lines = part.whole().lines
    if not lines or lines[-1][1] != "http=200":
        raise Unparsed(f"namespace {part.argument[:40]}: {lines[-1][1][:40] if lines else 'no answer'}")
    found = data("\n".join(line for _, line in lines[:-1]))
    listed = found.get("serviceList") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise Unparsed(f"namespace {part.argument[:40]}: no serviceList")
    rows = []
    for one in listed:
        if not isinstance(one, dict) or not isinstance(one.get("name"), str):
            raise Unparsed("a service without a name")
        total, healthy = whole(one.get("ipCount")), whole(one.get("healthyInstanceCount"))
        if total is None or healthy is None or not 0 <= healthy <= total:
            raise Unparsed(f"the instances of {one['name'][:40]} are not counted")
        group = str(one.get("groupName") or "")
        key = f"{part.argument} {group} {one['name']}"
        rows.append({"key": key, "name": one["name"], "instances": total, "healthy": healthy, "_line": part.line + 1})
    count = whole(found.get("count"))
    return rows, count is None or count <= len(rows)
