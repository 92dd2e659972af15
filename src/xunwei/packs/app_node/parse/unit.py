"""The service's unit, `systemctl show`.

== unit
Id=portal.service
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
NRestarts=0
== end
"""

from xunwei.packs.app_node.common import unit as parse

__all__ = ["parse"]
