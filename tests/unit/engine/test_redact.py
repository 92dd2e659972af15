"""No planted secret survives; harmless text does; the same secret leaves the same mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunwei.collect.redact import Redactor, load_key

REDACTOR = Redactor(b"test key")
SECRETS = {
    "shadow": "root:$6$saltsalt$Hh9XyzHh9Xyz.abcdef/ghij:19000:0:99999:7:::",
    "yescrypt": "u:$y$j9T$abcdefgh$ijklmnopqrstuvwxyz0123456789:19000:::",
    "bcrypt": "admin $2y$10$abcdefghijklmnopqrstuv",
    "key block": "a\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAAB3Nz\n-----END OPENSSH PRIVATE KEY-----\nz",
    "key block cut off": "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQ",
    "redis": "requirepass Sup3rS3cret",
    "snmpd": "rocommunity Sup3rS3cret default",
    "com2sec": "com2sec readonly default Sup3rS3cret",
    "argument with blank": "/usr/bin/app --password Sup3rS3cret --port 1",
    "argument with =": "java -Dspring.datasource.password=Sup3rS3cret -jar a.jar",
    "mysql": "mysqldump -uroot -pSup3rS3cret db",
    "sshpass": "sshpass -p Sup3rS3cret ssh host",
    "redis-cli": "redis-cli -a Sup3rS3cret ping",
    "curl": "curl -s -u monitor:Sup3rS3cret https://host/",
    "url": "jdbc:postgresql://app:Sup3rS3cret@db/x",
    "json": '{"user": "a", "Password": "Sup3rS3cret"}',
    "ini": "db_password = Sup3rS3cret",
    "env": "AWS_SECRET_ACCESS_KEY=Sup3rS3cret",
    "header": "Authorization: Bearer Sup3rS3cret",
    "log message": "app[1]: login failed, password: Sup3rS3cret for bob",
    "token": "token=Sup3rS3cret&x=1",
}


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_are_replaced(name: str) -> None:
    cleaned = REDACTOR.clean(SECRETS[name])
    for part in ("Sup3rS3cret", "saltsalt", "j9T", "10$abc", "b3BlbnNz", "MIIEow"):
        assert part not in cleaned, cleaned
    assert "<secret:" in cleaned
    assert cleaned.count("\n") == SECRETS[name].count("\n"), "line numbers are evidence"
    assert REDACTOR.clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "passwordauthentication yes",
        "PASS_MAX_DAYS   90",
        "password    requisite     pam_pwquality.so retry=3 minlen=12",
        "passwd:         files systemd",
        "/etc/passwd:644",
        '"Password": null',
        "permitemptypasswords no",
        "  inet 192.0.2.1/24 brd 192.0.2.255",
        "minlen = 8",
        "common-password:password [success=1 default=ignore] pam_unix.so",
        "system-auth:auth required pam_faillock.so",
        "passwordExpirationDays=90",
        "https://host:8443/path@x",
        "password=true",
    ],
)
def test_harmless_text_stays(text: str) -> None:
    assert REDACTOR.clean(text) == text


def test_the_mark_is_keyed_and_stable() -> None:
    text = "requirepass Sup3rS3cret"
    assert REDACTOR.clean(text) == REDACTOR.clean(text)
    assert REDACTOR.clean(text) != Redactor(b"other key").clean(text)
    assert REDACTOR.clean(text) != REDACTOR.clean("requirepass Sup3rS3cret2")


def test_the_key_is_made_once(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    assert load_key(tmp_path) == load_key(tmp_path)
    assert (tmp_path / "keys" / "redaction.key").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("XUNWEI_REDACTION_KEY", "given")
    assert load_key(tmp_path) == b"given"


@given(st.text())
def test_any_text_keeps_its_lines_and_stays_stable(text: str) -> None:
    cleaned = REDACTOR.clean(text)
    assert cleaned.count("\n") == text.count("\n")
    assert REDACTOR.clean(cleaned) == cleaned
