"""Threads of Tomcat; see app_node for a sample."""

from xunwei.packs.app_node.common import threads as parse

__all__ = ["parse"]
