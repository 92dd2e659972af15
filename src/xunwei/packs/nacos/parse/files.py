"""Permissions of configuration and data; see app_node for a sample."""

from xunwei.packs.app_node.common import files as parse

__all__ = ["parse"]
