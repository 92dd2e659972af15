"""Listening sockets of the host; see app_node for a sample."""

from xunwei.packs.app_node.common import listening as parse

__all__ = ["parse"]
