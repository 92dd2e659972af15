"""New warnings of the server's log, of level `#`.

| WARN 812:M 25 Nov 2026 10:00:00.123 # Can't save in background: fork: Cannot allocate memory
"""

from xunwei.packs.app_node.common import logs as parse

__all__ = ["parse"]
