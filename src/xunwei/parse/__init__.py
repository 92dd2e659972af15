"""Parse: raw text in, typed facts out. Knows nothing of rules, hosts or files."""

from xunwei.parse.text import Unparsed

__all__ = ["Unparsed"]
