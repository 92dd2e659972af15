"""Evaluate: facts against rules. Does no I/O."""

from xunwei.evaluate.compiler import Compiled, compile_rules
from xunwei.evaluate.judge import SectionView, judge

__all__ = ["Compiled", "SectionView", "compile_rules", "judge"]
