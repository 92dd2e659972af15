"""Permissions of configuration, applications and program; see app_node for a sample."""

from xunwei.packs.app_node.common import files as parse

__all__ = ["parse"]
