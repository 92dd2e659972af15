"""Options of Nacos's Java; see app_node for a sample."""

from xunwei.packs.app_node.common import jvm as parse

__all__ = ["parse"]
