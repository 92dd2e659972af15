"""Options of the running Java that hold no secret.

== options
-Xms1g
-Xmx2g
== memory
MemTotal:       16379836 kB
== end
"""

from xunwei.packs.app_node.common import jvm as parse

__all__ = ["parse"]
