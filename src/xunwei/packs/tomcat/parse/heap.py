"""Heap and collections of Tomcat; see app_node for a sample."""

from xunwei.packs.app_node.common import heap as parse

__all__ = ["parse"]
