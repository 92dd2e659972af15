"""Both languages say the same things, and every word of the closed vocabularies has a translation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xunwei import pack as packs
from xunwei import words
from xunwei.catalogue import catalogue
from xunwei.inventory import CLASSES

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = sorted({p.name.split(".")[0] for p in (ROOT / "src/xunwei/locale").glob("*.yml")})
CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.mark.parametrize("family", FAMILIES)
def test_catalogues_have_the_same_keys_and_fields(family: str) -> None:
    zh, en = catalogue("zh", family).messages, catalogue("en", family).messages
    assert set(zh) == set(en)
    for key, text in en.items():
        assert not CJK.search(text), f"{family}.en {key}: {text}"
        assert set(re.findall(r"{(\w+)", text)) == set(re.findall(r"{(\w+)", zh[key])), key


@pytest.mark.parametrize(
    ("family", "names"),
    [
        ("verdict", [v.value for v in words.Verdict]),
        ("severity", [v.value for v in words.Severity]),
        ("status", [v.value for v in words.Status]),
        ("class", list(CLASSES)),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_is_in_the_report_catalogue(family: str, names: list[str], lang: str) -> None:
    messages = catalogue(lang).messages
    missing = [n for n in names if f"{family}.{n}" not in messages]
    assert not missing


@pytest.mark.parametrize("platform", packs.platforms())
def test_packs_speak_both_languages(platform: str) -> None:
    pack = packs.load(platform)
    for section in pack.sections.values():
        assert not CJK.search(section.title["en"]), section.name
    for rule in pack.rules():
        for field in (rule.title, rule.expected, rule.why, rule.remedy):
            assert not CJK.search(field["en"]), f"{rule.id}: {field['en']}"
        assert CJK.search(rule.title["zh"]), rule.id
