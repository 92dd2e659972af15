"""report.html: one file that works offline. Device text is hostile: all is escaped, and only our own script may run."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from xunwei.errors import InputError
from xunwei.render.files import template
from xunwei.render.shapes import CHAPTERS, SEVERITIES, View


def render(view: View, templates: Path | None = None) -> bytes:
    """The page as UTF-8. Raises InputError when a template is missing or does not compile."""
    css, js = _asset("report.css", templates), _asset("report.js", templates)
    page = template("report.html.j2", templates)
    environment = SandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # Markup is our own files, what charts.py escaped, and what in_script left no markup in.
    trusted = {"css": Markup(css), "js": Markup(js), "data": Markup(in_script(unfolded(view)))}  # noqa: S704
    charts = {name: Markup(svg) for name, svg in view.charts.items()}  # noqa: S704
    values = {"v": view, "t": view.words, "policy": policy(css, js), "chapters": CHAPTERS, "options": options(view)}
    try:
        body = environment.from_string(page.read_text(encoding="utf-8")).render(values, charts=charts, **trusted)
    except jinja2.TemplateError as error:
        raise InputError(f"report template: {error}", where=str(page)) from error
    return body.encode()


def _asset(name: str, templates: Path | None) -> str:
    """Style or script to put inside the page. Raises InputError when it would end its own element."""
    text = template(name, templates).read_text(encoding="utf-8")
    if "</s" in text.lower() or "<!--" in text:
        raise InputError("holds </s… or <!--, which would end the element it is put in", where=name)
    return text


def policy(css: str, js: str) -> str:
    """A content security policy that lets nothing be loaded and nothing run but this style and this script."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; style-src 'sha256-{digest(css)}'; script-src 'sha256-{digest(js)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def in_script(data: Any) -> str:
    """JSON that is safe between script tags: no <, >, & and no line separators of JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def unfolded(view: View) -> dict[str, Any]:
    """The normal and not applicable verdicts, for the tables that unfold on demand: strings once, rows as numbers.

    `assets`: for each asset rows of [title, rule, severity, verdict, measured, expected, where, text, time], each an
    index into `strings`.
    """
    strings: dict[str, int] = {}

    def index(text: str) -> int:
        return strings.setdefault(text, len(strings))

    assets = []
    for asset in view.assets:
        rows = []
        for row in asset.plain_rows:
            rule, proof = row.rule, row.proof
            evidence = (proof.where, proof.text, proof.time) if proof.seen else (proof.where, "", "")
            cells = (rule.title, rule.id, rule.severity_word, row.word, row.shown, row.expected, *evidence)
            rows.append([index(cell) for cell in cells])
        assets.append(rows)
    return {"strings": list(strings), "assets": assets}


def options(view: View) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: value and word."""
    sites = sorted({a.site for a in view.assets})
    classes = {c.asset_class: c.title for c in view.classes}
    verdicts = ("fail", "warn", "not_collected", "manual", "waived", "pass")
    return {
        "site": [(s, s) for s in sites],
        "class": list(classes.items()),
        "severity": [(s, view.t(f"severity.{s}")) for s in SEVERITIES],
        "verdict": [(name, view.t(f"verdict.{name}")) for name in verdicts],
    }
