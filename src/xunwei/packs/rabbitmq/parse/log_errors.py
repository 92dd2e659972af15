"""New errors of the node's log.

| ERROR 2026-11-25 10:00:00.123456+00:00 [error] <0.812.0> closing AMQP connection
"""

from xunwei.packs.app_node.common import logs as parse

__all__ = ["parse"]
