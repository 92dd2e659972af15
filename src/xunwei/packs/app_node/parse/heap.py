"""Heap and collections, `jstat -gc PID` (JDK 8 to 21).

== clock
…
== age
  86400
== gc
     S0C S1C S0U S1U EC EU OC OU MC MU CCSC CCSU YGC YGCT FGC FGCT CGC CGCT GCT
     0.0 1024.0 0.0 1024.0 24576.0 1024.0 40960.0 20480.0 8000.0 7500.0 1000.0 900.0 9 0.050 0 0.000 2 0.003 0.053
== end
"""

from xunwei.packs.app_node.common import heap as parse

__all__ = ["parse"]
