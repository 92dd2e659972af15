"""Options of a cluster may hold secrets; they do not reach a record, and the answer can still be read."""

from __future__ import annotations

import json

import pytest

from xunwei import pack as packs
from xunwei.collect.redact import Redactor
from xunwei.parse.engine import parse
from xunwei.words import Status

SECRET = "Invented-Word-1"
PACK = packs.load("ceph")


@pytest.mark.parametrize(
    "name",
    [
        "mgr/dashboard/GRAFANA_API_PASSWORD",
        "rgw_keystone_admin_password",
        "rgw_crypt_vault_token",
        "mgr/dashboard/jwt_secret",
    ],
)
@pytest.mark.parametrize("indent", [None, 4])
def test_a_secret_option_is_replaced(name: str, indent: int | None) -> None:
    rows = [
        {"section": "mgr", "name": name, "value": f'{SECRET}"quoted', "level": "advanced", "mask": ""},
        {"section": "osd", "name": "osd_memory_target", "value": "6442450944", "level": "basic", "mask": ""},
    ]
    cleaned = Redactor(b"key", PACK.redact).clean(json.dumps(rows, indent=indent))
    assert SECRET not in cleaned
    assert "quoted" not in cleaned
    parsed = parse(PACK, "config", cleaned)
    assert parsed.status is Status.COLLECTED
    assert parsed.facts is not None
    assert [o["value"] for o in parsed.facts["options"]][1] == "6442450944"


@pytest.mark.parametrize("section", sorted(PACK.sections))
def test_answers_without_secrets_stay_as_they_are(section: str, request: pytest.FixtureRequest) -> None:
    folder = request.config.rootpath / "tests" / "recordings" / "ceph" / section
    redactor = Redactor(b"key", PACK.redact)
    for case in folder.glob("*/in.txt"):
        text = case.read_text(encoding="utf-8")
        assert redactor.clean(text) == text
