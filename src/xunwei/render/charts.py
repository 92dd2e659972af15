"""Three charts as plain SVG. Everything is an attribute: no style, no script, the same picture in HTML and PDF."""

from __future__ import annotations

from html import escape
from math import cos, pi, sin

from xunwei.render.shapes import SEVERITIES, View

COLOURS = {
    "pass": "#2f7d4f", "warn": "#d08a1d", "fail": "#b3261e", "not_collected": "#7b8794",
    "critical": "#b3261e", "major": "#d08a1d", "minor": "#5b7fa6",
}  # fmt: skip
FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, sans-serif"
INK, RULE = "#26323f", "#d5dbe1"


def every(view: View) -> dict[str, str]:
    return {"classes": class_bars(view), "severity": severity_donut(view), "trend": trend(view)}


def _svg(width: int, height: int, body: list[str], label: str) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"'
    return (
        f'{head} aria-label="{escape(label)}" font-family="{FONTS}" font-size="12" fill="{INK}">{"".join(body)}</svg>'
    )


def _text(x: float, y: float, text: object, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(str(text))}</text>'


def _key(x: float, y: float, colour: str, text: str) -> str:
    return f'<rect x="{x:.1f}" y="{y - 9:.1f}" width="10" height="10" fill="{colour}"/>' + _text(x + 15, y, text)


def class_bars(view: View) -> str:
    """One bar per asset class: how many objects are normal, to watch, abnormal, not inspected."""
    left, wide, body = 128, 320, []
    most = max((row.assets for row in view.classes), default=1)
    for index, bucket in enumerate(("pass", "warn", "fail", "not_collected")):
        body.append(_key(left + index * 84, 14, COLOURS[bucket], view.t(f"verdict.{bucket}")))
    for index, row in enumerate(view.classes):
        y, x = 28 + index * 26, float(left)
        body.append(_text(left - 8, y + 13, _short(row.title), "end"))
        for bucket in ("pass", "warn", "fail", "not_collected"):
            span = wide * row.buckets[bucket] / most
            if span:
                body.append(f'<rect x="{x:.1f}" y="{y}" width="{span:.1f}" height="18" fill="{COLOURS[bucket]}"/>')
            if span > 14:
                body.append(_text(x + span / 2, y + 13, row.buckets[bucket], "middle", ' fill="#ffffff"'))
            x += span
        body.append(_text(x + 6, y + 13, row.assets))
    return _svg(left + wide + 44, 34 + 26 * len(view.classes), body, view.t("chart.classes"))


def severity_donut(view: View) -> str:
    """Present findings by severity as a ring, the total in the middle."""
    counts = view.severities
    total, angle, body = sum(n for _, _, n in counts), -pi / 2, []
    body.append(f'<circle cx="80" cy="80" r="52" fill="none" stroke="{RULE}" stroke-width="24"/>')
    for index, (severity, word, count) in enumerate(counts):
        body.append(_key(160, 56 + index * 24, COLOURS[severity], f"{word} {count}"))
        if count == total and total:
            body.append(f'<circle cx="80" cy="80" r="52" fill="none" stroke="{COLOURS[severity]}" stroke-width="24"/>')
        elif count:
            end = angle + 2 * pi * count / total
            arc = f"M{80 + 52 * cos(angle):.2f} {80 + 52 * sin(angle):.2f}A52 52 0 {int(count * 2 > total)} 1"
            path = f"{arc} {80 + 52 * cos(end):.2f} {80 + 52 * sin(end):.2f}"
            body.append(f'<path d="{path}" fill="none" stroke="{COLOURS[severity]}" stroke-width="24"/>')
            angle = end
    body.append(
        _text(80, 84, total, "middle", ' font-size="24"') + _text(80, 101, view.t("chart.findings_unit"), "middle")
    )
    return _svg(260, 160, body, view.t("chart.severity"))


def trend(view: View) -> str:
    """Findings of each run by severity as stacked columns, oldest left, this run last."""
    points = view.history[-12:]
    top = max((sum(p.findings[s] for s in SEVERITIES) for p in points), default=0) or 2
    top += top % 2
    step, left, base, high, body = 46, 40, 150, 112, []
    wide = max(len(points), 6)
    for index, severity in enumerate(SEVERITIES):
        body.append(_key(left + index * 84, 14, COLOURS[severity], view.t(f"severity.{severity}")))
    for share in (0.0, 0.5, 1.0):
        y = base - high * share
        body.append(f'<path d="M{left} {y:.1f}H{left + step * wide}" stroke="{RULE}" fill="none"/>')
        body.append(_text(left - 6, y + 4, f"{top * share:g}", "end"))
    for index, point in enumerate(points):
        x, y = left + index * step + 10, float(base)
        for severity in reversed(SEVERITIES):
            tall = high * point.findings[severity] / top
            y -= tall
            if tall:
                body.append(f'<rect x="{x}" y="{y:.1f}" width="26" height="{tall:.1f}" fill="{COLOURS[severity]}"/>')
        weight = ' font-weight="bold"' if point.current else ""
        body.append(_text(x + 13, base + 16, point.time.strftime("%m-%d"), "middle", weight))
        body.append(_text(x + 13, y - 4, sum(point.findings[s] for s in SEVERITIES), "middle", weight))
    return _svg(left + step * wide + 10, 176, body, view.t("chart.trend"))


def _short(text: str, limit: int = 16) -> str:
    """`text` cut to about `limit` Latin letters' width, a Chinese character counting as two."""
    width = 0
    for index, char in enumerate(text):
        width += 2 if ord(char) > 0x2E7F else 1
        if width > limit and index + 1 < len(text):
            return text[:index] + "…"
    return text
