"""Size of the logs and space of their file systems; see app_node for a sample."""

from xunwei.packs.app_node.common import sizes as parse

__all__ = ["parse"]
