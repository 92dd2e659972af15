"""Permissions of cookie and configuration.

== files
400 rabbitmq:rabbitmq /var/lib/rabbitmq/.erlang.cookie
== end
"""

from xunwei.packs.app_node.common import files as parse

__all__ = ["parse"]
