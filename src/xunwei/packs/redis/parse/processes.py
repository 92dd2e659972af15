"""The server's process; see app_node for a sample."""

from xunwei.packs.app_node.common import processes as parse

__all__ = ["parse"]
