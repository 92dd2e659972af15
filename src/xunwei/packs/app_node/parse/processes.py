"""Processes of each declared pattern: pid, ppid, user, cpu, KiB, threads, seconds of age, command, descriptors, their limit.

== clock
now=1795600000
since=1795000000
from=1795000000
uid=0
== group portal
812 1 app 3.2 812340 96 864000 java 215 65535
== end
"""

from xunwei.packs.app_node.common import processes as parse

__all__ = ["parse"]
