"""Cluster log lines into patterns: masked, deterministic, without anything personal in them.

Masking comes first: quoted text, addresses, ids, paths and numbers become words in angle brackets, so nothing of a person or
of a business record stays in a template. Then Drain (He et al., ICWS 2017; drain3) joins lines that differ in a few words. The lines go
in sorted and without doubles, so the result does not depend on their order. A pattern's id is the digest of level and template.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from drain3.drain import Drain  # type: ignore[import-untyped, unused-ignore]

WILDCARD = "<*>"
LONGEST = 240  # characters of a masked message
SIMILARITY = (
    0.7  # share of equal words from which two lines are one pattern; high, so that templates stay what they were
)
MOST = 400  # patterns of one answer

_STAMPS = re.compile(
    r"""^\s*(?:
      \d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?
    | \d\d[- ][A-Z][a-z]{2}[- ]\d{4}\ \d\d:\d\d:\d\d(?:[.,]\d+)?
    | (?:[A-Z][a-z]{2}\ +)?[A-Z][a-z]{2}\ +\d+\ \d\d:\d\d:\d\d(?:\ \d{4})?
    | \d+:[XCSM]\ \d+\ [A-Z][a-z]{2}\ \d{4}\ \d\d:\d\d:\d\d(?:\.\d+)?
    )\s*[|:,\-]*\s*""",
    re.VERBOSE,
)
# A Chinese name that stands alone in a message: a common surname and one or two more characters.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), mask)
    for pattern, mask in (
        (r"<secret:[0-9a-f]+>", "<secret>"),
        (r"\"[^\"]*\"|“[^”]*”|「[^」]*」", "<text>"),
        (r"(?<![A-Za-z])'[^']*'", "<text>"),
        (r"\b[a-z][a-z0-9+.-]*://[^\s,;)\]]+", "<url>"),
        (r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b", "<mail>"),
        (r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b", "<id>"),
        (r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?![\w.])", "<ip>"),
        (r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])", "<ip>"),
        (r"(?<![\w/])(?:/[\w.@%+~=-]+){2,}/?", "<path>"),
        (r"(?:姓名|名字|联系人|申请人|办理人|用户名|地址|住址)\s*[:：=]\s*[^\s,，;；。)）]+", "<person>"),
        (rf"(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])", "<person>"),
        (r"\b0x[0-9a-fA-F]+\b|@[0-9a-f]{5,}\b", "<hex>"),
        (r"\b(?=[0-9a-fA-F]*\d)(?=\d*[a-fA-F])[0-9a-fA-F]{8,}\b", "<hex>"),
        (r"#+[Xx]?", "<num>"),
        (r"[-+]?\d+(?:[.,:]\d+)*[Xx]?", "<num>"),
        (r"(?:<num>[\s,:/.-]*){2,}", "<num> "),
    )
)


@dataclass(frozen=True)
class Line:
    """One log line: its level (FATAL, ERROR, WARN), the message, and its 1-based line in the answer."""

    level: str
    message: str
    line: int = 0


@dataclass(frozen=True)
class Pattern:
    """Lines that say the same: `id` is stable for level and template; `line` is that of the first of them."""

    id: str
    level: str
    template: str
    count: int
    line: int


def mask(message: str) -> str:
    """The message without time stamp, and with everything variable or personal replaced by its kind."""
    text = _STAMPS.sub("", message[:2000])
    for pattern, word in _MASKS:
        text = pattern.sub(word, text)
    return " ".join(text.split())[:LONGEST] or "<empty>"


def cluster(lines: Iterable[Line]) -> list[Pattern]:
    """Patterns of these lines, worst level first, then the most frequent; at most MOST, the rest summed up in none."""
    found: list[Pattern] = []
    by_level: dict[str, list[Line]] = {}
    for line in lines:
        by_level.setdefault(line.level, []).append(line)
    for level, members in by_level.items():
        found += _patterns(level, members)
    rank = {"FATAL": 0, "ERROR": 1, "WARN": 2}
    found.sort(key=lambda p: (rank.get(p.level, 3), -p.count, p.template))
    return found[:MOST]


def _patterns(level: str, lines: list[Line]) -> list[Pattern]:
    """Drain over the masked lines of one level."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for line in lines:
        masked = mask(line.message)
        counts[masked] += 1
        first[masked] = min(first.get(masked, line.line), line.line)
    drain = Drain(depth=5, sim_th=SIMILARITY, max_children=200, param_str=WILDCARD, parametrize_numeric_tokens=False)
    members: dict[int, list[str]] = {}
    clusters = {}
    for masked in sorted(counts):
        joined, _ = drain.add_log_message(masked)
        clusters[joined.cluster_id] = joined
        members.setdefault(joined.cluster_id, []).append(masked)
    return [
        Pattern(
            id=_digest(level, joined.get_template()),
            level=level,
            template=joined.get_template(),
            count=sum(counts[m] for m in members[number]),
            line=min(first[m] for m in members[number]),
        )
        for number, joined in clusters.items()
    ]


def _digest(level: str, template: str) -> str:
    return hashlib.sha256(f"{level}\0{template}".encode("utf-8", "replace")).hexdigest()[:12]
