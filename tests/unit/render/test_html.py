"""The page: offline, hostile text stays text, every link leads somewhere, the script does what it is for."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from golden import estate
from unit.render.reading import Page, page
from xunwei.errors import InputError
from xunwei.render import render, templates_dir
from xunwei.render.shapes import View
from xunwei.render.text import clean
from xunwei.render.to_html import in_script, unfolded


@pytest.fixture(scope="module")
def html(reports: dict[str, Path]) -> Page:
    return page(reports["html"])


def test_nothing_is_loaded_from_anywhere(html: Page, reports: dict[str, Path]) -> None:
    for tag, attributes in html.elements:
        assert tag not in ("link", "iframe", "object", "embed", "base", "img", "audio", "video", "form action"), tag
        for name in ("src", "srcset", "data", "action", "poster", "background"):
            assert name not in attributes, (tag, attributes)
        assert not attributes.get("href", "#").strip().lower().startswith(("http", "//", "javascript", "data"))
    styles = "".join(html.styles)
    assert "@import" not in styles
    assert "url(" not in styles
    outside = re.sub(r'xmlns="http://www\.w3\.org/2000/svg"', "", reports["html"].read_text(encoding="utf-8"))
    hosts = set(re.findall(r"https?://([^/\"\s&<]+)", outside))
    assert hosts <= {"203.0.113.9"}  # what a device said, shown as text


def test_hostile_text_is_text(html: Page, reports: dict[str, Path]) -> None:
    assert [attributes.get("type", "") for attributes, _ in html.scripts] == ["application/json", ""]
    for tag, attributes in html.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
    data = json.loads(html.scripts[0][1])
    everything = html.text + "".join(data["strings"])
    for line in estate.HOSTILE:
        assert clean(line) in everything, line
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", reports["html"].read_text(encoding="utf-8"))


def test_policy_allows_exactly_our_style_and_script(html: Page) -> None:
    meta = next(a for tag, a in html.elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    rules = dict(part.strip().split(" ", 1) for part in meta["content"].split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name, body in (("style-src", "".join(html.styles)), ("script-src", html.scripts[1][1])):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"


def test_json_in_the_page_cannot_end_its_element() -> None:
    nasty = ["</script><img onerror>", "<!--", "]]>", "\u2028\u2029 &amp;"]
    text = in_script(nasty)
    assert json.loads(text) == nasty
    assert not set("<>&\u2028\u2029") & set(text)


def test_anchors_lead_somewhere(html: Page) -> None:
    ids = [a["id"] for _, a in html.elements if "id" in a]
    assert len(ids) == len(set(ids))
    links = {a["href"][1:] for tag, a in html.elements if tag == "a" and "href" in a}
    assert links - set(ids) == set()
    assert len(links) > 30


def test_every_object_and_finding_is_a_row_that_filters_know(html: Page, view: View) -> None:
    facets = [a for _, a in html.elements if "data-f" in a]
    listed = len(view.findings) + len(view.fixed) + len(view.waived) + 2 * len(view.assets) + len(view.missing)
    assert len(facets) == listed
    options = {a["value"] for tag, a in html.elements if tag == "option"}
    for attributes in facets:
        assert {attributes["data-site"], attributes["data-class"], attributes["data-severity"]} <= options
        assert attributes["data-verdict"] in options


def test_unfolded_holds_every_normal_verdict(view: View) -> None:
    data = unfolded(view)
    plain = view.verdicts["pass"] + view.verdicts["not_applicable"]
    assert sum(len(rows) for rows in data["assets"]) == plain
    row = data["assets"][0][0]
    assert [data["strings"][i] for i in row][:2] == [
        view.assets[0].plain_rows[0].rule.title,
        view.assets[0].plain_rows[0].rule.id,
    ]


def test_style_that_would_end_its_element_is_refused(run_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "report.css").write_text("a{} </style><script>alert(1)</script>", encoding="utf-8")
    with pytest.raises(InputError, match="would end the element"):
        render(run_dir, ["html"], "zh", tmp_path / "out", templates=tmp_path)


def test_broken_template_is_named(run_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text("{{ v.nothing_like_it }}", encoding="utf-8")
    with pytest.raises(InputError, match=r"nothing_like_it"):
        render(run_dir, ["html"], "zh", tmp_path / "out", templates=tmp_path)
    (tmp_path / "report.html.j2").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(InputError, match="unsafe"):
        render(run_dir, ["html"], "zh", tmp_path / "out", templates=tmp_path)


PROBE = """
var form = document.getElementById("filters"), said = [], box = document.querySelector("details.plain");
box.open = true;
form.elements.verdict.value = "fail";
form.dispatchEvent(new Event("input"));
setTimeout(function () {
  said.push(form.hidden, document.querySelectorAll("[data-f]:not(.off)").length);
  said.push(box.querySelectorAll("tbody tr").length);
  form.elements.text.value = "no such words anywhere";
  form.dispatchEvent(new Event("input"));
  setTimeout(function () {
    said.push(document.querySelectorAll("[data-f]:not(.off)").length);
    said.push(document.querySelectorAll(".group:not(.off)").length);
    document.title = "said " + JSON.stringify(said);
  }, 400);
}, 400);
"""


def test_filters_and_unfolding_in_a_browser(
    run_dir: Path, view: View, tmp_path: Path, which: Callable[[str], bool]
) -> None:
    if not which("chromium"):
        pytest.skip("no chromium")
    script = (templates_dir() / "report.js").read_text(encoding="utf-8")
    (tmp_path / "report.js").write_text(script + PROBE, encoding="utf-8")
    (made,) = render(run_dir, ["html"], "zh", tmp_path / "out", templates=tmp_path)
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
        "--no-first-run",
    ]
    command = [
        "chromium",
        *options,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=5000",
        "--dump-dom",
    ]
    done = subprocess.run([*command, made.as_uri()], capture_output=True, timeout=120, check=True, text=True)
    title = re.search(r"<title>said (.*?)</title>", done.stdout)
    assert title, done.stdout[:300]
    failing = sum(f.verdict == "fail" for f in view.findings) + 2 * sum(a.bucket == "fail" for a in view.assets)
    plain = len(next(a for a in view.assets if a.plain_rows).plain_rows)
    assert json.loads(title.group(1)) == [False, failing, plain, 0, 0]
