"""New errors of the error logs; see app_node for a sample.

| ERROR 2026/11/25 10:00:01 [error] 77#77: *12 connect() failed (111: Connection refused) while connecting to upstream, …
"""

from xunwei.packs.app_node.common import logs as parse

__all__ = ["parse"]
