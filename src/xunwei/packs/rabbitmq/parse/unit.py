"""The unit of RabbitMQ; see app_node for a sample."""

from xunwei.packs.app_node.common import unit as parse

__all__ = ["parse"]
