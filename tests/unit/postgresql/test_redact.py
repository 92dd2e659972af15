"""Settings of the server may hold passwords; whatever form they have, they do not reach a record."""

from __future__ import annotations

import json
import re

import pytest

from xunwei import pack as packs
from xunwei.collect.redact import Redactor

SECRET = "Invented-Word-1"


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("primary_conninfo", f"host=192.0.2.9 user=replicator password={SECRET} sslmode=require"),
        ("primary_conninfo", f"host=192.0.2.9 password = '{SECRET} with blanks' user=replicator"),
        ("primary_conninfo", f"postgresql://replicator:{SECRET}@192.0.2.9:5432/"),
        ("archive_command", f"/usr/bin/copy --password={SECRET} %p"),
        ("archive_command", f'PGPASSWORD="{SECRET}" /usr/bin/copy %p'),
        ("restore_command", f"curl -s ftp://ops:{SECRET}@192.0.2.9/%f -o %p"),
        ("ssl_passphrase_command", f"echo {SECRET}"),
    ],
)
def test_a_secret_in_a_setting_is_replaced_and_the_rest_stays(name: str, setting: str) -> None:
    redactor = Redactor(b"key", packs.load("postgresql").redact)
    row = {"name": name, "setting": setting, "unit": None}
    cleaned = redactor.clean(json.dumps(row, separators=(",", ":")))
    assert SECRET not in cleaned
    assert "with blanks" not in cleaned
    found = json.loads(cleaned)
    assert found["name"] == name
    assert re.search(r"<secret:[0-9a-f]{10}>", found["setting"])


@pytest.mark.parametrize("stored", ["md5" + "0f" * 16, "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"])
def test_a_stored_password_is_replaced(stored: str) -> None:
    cleaned = Redactor(b"key", packs.load("postgresql").redact).clean(f'{{"password":"{stored}"}}')
    assert stored not in cleaned
    assert stored[8:20] not in cleaned


def test_harmless_settings_stay() -> None:
    text = '{"name":"password_encryption","setting":"scram-sha-256","unit":null}\n{"name":"a","stored_as":"md5"}'
    assert Redactor(b"key", packs.load("postgresql").redact).clean(text) == text
