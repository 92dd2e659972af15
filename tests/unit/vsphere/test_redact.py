"""Redaction spoils no answer: what the parsers read is what the server said."""

from __future__ import annotations

import pytest

from xunwei.collect.redact import Redactor

from .conftest import PACK


@pytest.mark.parametrize("section", sorted(PACK.sections))
def test_answers_without_secrets_stay_as_they_are(section: str, request: pytest.FixtureRequest) -> None:
    redactor = Redactor(b"key", PACK.redact)
    for case in (request.config.rootpath / "tests" / "recordings" / "vsphere" / section).glob("*/in.txt"):
        text = case.read_text(encoding="utf-8")
        assert redactor.clean(text) == text


def test_a_password_in_a_message_is_replaced() -> None:
    cleaned = Redactor(b"key", PACK.redact).clean('"message": "Login failed: password=Invented-Word-1 for root"')
    assert "Invented-Word-1" not in cleaned
