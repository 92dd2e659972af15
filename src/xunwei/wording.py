"""Words and figures for people: verdicts, severities, sizes, rates, times. Used by filters and templates alike."""

from __future__ import annotations

from collections.abc import Iterable

from xunwei.catalogue import catalogue
from xunwei.words import WORST_FIRST, Verdict

_BINARY = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
_BITS = ("bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s")


def verdict(name: str, lang: str = "zh") -> str:
    """正常, 关注, 异常, 未检 … for a verdict; the name itself when it is none."""
    return catalogue(lang).word("verdict", str(name))


def severity(name: str, lang: str = "zh") -> str:
    """严重, 重要, 一般 for a severity."""
    return catalogue(lang).word("severity", str(name))


def status(name: str, lang: str = "zh") -> str:
    """The word for what became of a section."""
    return catalogue(lang).word("status", str(name))


def worst(verdicts: Iterable[str]) -> str:
    """The worst of several verdicts, not_applicable for none. Raises ValueError for a word that is no verdict."""
    found = {Verdict(str(v)) for v in verdicts}
    return next((v.value for v in WORST_FIRST if v in found), Verdict.NOT_APPLICABLE.value)


def size(count: float, digits: int = 1) -> str:
    """Bytes with a binary prefix (IEC 80000-13): 1536 → 1.5 KiB."""
    return _scaled(float(count), 1024.0, _BINARY, digits)


def rate(bits: float, digits: int = 1) -> str:
    """bit/s with a decimal prefix: 1e9 → 1 Gbit/s."""
    return _scaled(float(bits), 1000.0, _BITS, digits)


def duration(seconds: float) -> str:
    """Seconds as the two largest units: 93784 → 1 d 2 h."""
    left = int(seconds)
    parts: list[str] = []
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        if left >= length or (unit == "s" and not parts):
            parts.append(f"{left // length} {unit}")
        left %= length
    return " ".join(parts[:2])


def percent(part: float, whole: float, digits: int = 1) -> str:
    """`part` of `whole` in per cent, `?` when there is no whole: never a made-up 0 or 100."""
    return f"{100.0 * part / whole:.{digits}f} %" if whole else "?"


def _scaled(value: float, step: float, units: tuple[str, ...], digits: int) -> str:
    index = 0
    while abs(value) >= step and index < len(units) - 1:
        value /= step
        index += 1
    return (
        f"{value:.{digits}f}".rstrip("0").rstrip(".") + f" {units[index]}" if digits else f"{value:.0f} {units[index]}"
    )
