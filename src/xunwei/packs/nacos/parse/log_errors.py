"""New errors of the logs; see app_node for a sample."""

from xunwei.packs.app_node.common import logs as parse

__all__ = ["parse"]
