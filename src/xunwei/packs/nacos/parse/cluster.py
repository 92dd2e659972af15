"""Members of the cluster, `/v1/core/cluster/nodes`.

{"code": 200, "message": null, "data": [{"ip": "192.0.2.21", "port": 8848, "state": "UP", "address": "192.0.2.21:8848",
 "failAccessCnt": 0, "extendInfo": {"raftMetaData": {"metaDataMap":
 {"naming_instance_metadata": {"leader": "192.0.2.21:7848", "term": 3}}}}}]}
== http 200
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.nacos.answers import body, whole
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"nodes": […]}; `leaderless`: Raft groups that some member knows no leader of (null when none tells)."""
    found = body(text)
    if not isinstance(found, list) or not found:
        raise Unparsed("no member in the cluster")
    nodes, groups, without = [], 0, set()
    for node in found:
        if (
            not isinstance(node, dict)
            or not isinstance(node.get("address"), str)
            or not isinstance(node.get("state"), str)
        ):
            raise Unparsed("a member without address or state")
        nodes.append({"name": node["address"], "state": node["state"], "failures": whole(node.get("failAccessCnt"))})
        extended = node.get("extendInfo")
        raft = extended.get("raftMetaData") if isinstance(extended, dict) else None
        known = raft.get("metaDataMap") if isinstance(raft, dict) else None
        for name, group in (known if isinstance(known, dict) else {}).items():
            groups += 1
            if not (isinstance(group, dict) and group.get("leader")):
                without.add(str(name))
    return {"nodes": nodes, "leaderless": sorted(without) if groups else None}
