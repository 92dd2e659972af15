"""Size and time of the logs, and the file systems they lie on.

== files
18321 1795599990 /var/log/app/portal.log
== folders
/dev/vda1 ext4 41152736 9000000 30000000 24% /
== end
"""

from xunwei.packs.app_node.common import sizes as parse

__all__ = ["parse"]
