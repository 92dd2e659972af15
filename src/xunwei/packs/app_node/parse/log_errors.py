"""New errors and warnings of each log since the last run, as the host has picked and masked them.

== clock
now=1795600000
since=1795000000
from=1795000000
uid=0
== log /var/log/app/portal.log
exists=yes
size=18321
modified=1795599990
| ERROR 2026-11-25 10:00:00.123 ERROR [exec-3] c.e.Service - save failed
lines=120
errors=1
warnings=0
fatal=0
complete=yes
== end
"""

from xunwei.packs.app_node.common import logs as parse

__all__ = ["parse"]
