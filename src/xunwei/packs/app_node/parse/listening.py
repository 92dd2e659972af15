"""Listening sockets of the host, `ss -lntp`.

== clock
now=1795600000
since=0
from=1795513600
uid=0
== ss
State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
LISTEN 0      100          0.0.0.0:8080       0.0.0.0:*     users:(("java",pid=812,fd=45))
== end
"""

from xunwei.packs.app_node.common import listening as parse

__all__ = ["parse"]
