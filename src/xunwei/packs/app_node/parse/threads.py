"""Threads by state and name (15 characters, numbers as N).

== threads
     20 S http-nio-N-exec
      1 R java
== end
"""

from xunwei.packs.app_node.common import threads as parse

__all__ = ["parse"]
