"""Permissions of configuration, keys and password files.

== files
644 root:root /etc/nginx/nginx.conf
== end
"""

from xunwei.packs.app_node.common import files as parse

__all__ = ["parse"]
