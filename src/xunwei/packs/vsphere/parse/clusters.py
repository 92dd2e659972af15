"""`ClusterComputeResource`: what protects and balances the cluster.

{"objects": {"domain-c8": {"name": "cluster-1", "overallStatus": "green", "summary": {"numHosts": 4,
  "numEffectiveHosts": 4, …}, "configurationEx": {"@type": "ClusterConfigInfoEx", "dasConfig": {"enabled": true,
  "admissionControlEnabled": true, "hostMonitoring": "enabled", …}, "drsConfig": {"enabled": true,
  "defaultVmBehavior": "fullyAutomated", …}}}}, "type": "ClusterComputeResource"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects


def parse(text: str) -> dict[str, Any]:
    """{clusters}."""
    return {"clusters": [_cluster(thing) for _, thing in objects(text, "ClusterComputeResource")]}


def _cluster(thing: Thing) -> dict[str, Any]:
    summary = thing.inner("summary", asked=True)
    config = thing.inner("configurationEx", asked=True)
    das, drs = config.inner("dasConfig"), config.inner("drsConfig")
    return {
        "_line": thing.line,
        "name": thing.name(),
        "status": thing.text("overallStatus", asked=True),
        "hosts": summary.whole("numHosts"),
        "effective_hosts": summary.whole("numEffectiveHosts"),
        "ha": das.flag("enabled"),
        "ha_monitoring": das.text("hostMonitoring"),
        "admission": das.flag("admissionControlEnabled"),
        "drs": drs.flag("enabled"),
        "drs_mode": drs.text("defaultVmBehavior"),
        "evc": summary.text("currentEVCModeKey"),
    }
