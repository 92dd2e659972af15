"""Nothing secret of a Comware configuration is left after redaction; what is no secret stays."""

from __future__ import annotations

import pytest

from xunwei import pack as packs
from xunwei.collect.redact import Redactor

SECRET = "Invented-Secret-77"
LINES = [
    " password hash $h$6$c2FsdHNhbHQ$aW52ZW50ZWQvaGFzaA==",
    f" password cipher {SECRET}",
    f" password simple {SECRET}",
    " super password role network-admin hash $h$6$c2FsdA$aW52ZW50ZWQ=",
    f" super password level 3 cipher {SECRET}",
    f" super password level 3 {SECRET}",
    f" set authentication password simple {SECRET}",
    " set authentication password hash $h$6$c2FsdA$aW52ZW50ZWQ=",
    f" snmp-agent community read {SECRET}",
    f" snmp-agent community write {SECRET} acl 2000",
    f" snmp-agent community read cipher {SECRET}",
    f" snmp-agent community read simple {SECRET} mib-view all",
    f" snmp-agent community simple {SECRET} user-role network-operator",
    " snmp-agent community read cipher $c$3$aW52ZW50ZWRjb21tdW5pdHk=",
    (
        f" snmp-agent usm-user v3 ops opsgroup cipher authentication-mode sha"
        f" {SECRET} privacy-mode aes128 Invented-Privacy-88"
    ),
    f" snmp-agent usm-user v3 ops opsgroup simple authentication-mode md5 {SECRET}",
    f" snmp-agent target-host trap address udp-domain 192.0.2.5 params securityname {SECRET} v2c",
    f" key authentication cipher {SECRET}",
    f" key authentication {SECRET}",
    f" key accounting simple {SECRET}",
    f" key authorization {SECRET}",
    f" primary authentication 192.0.2.8 key cipher {SECRET}",
    f" pre-shared-key simple {SECRET}",
    f" pre-shared-key {SECRET}",
    f" pre-shared-key address 192.0.2.9 255.255.255.255 key cipher {SECRET}",
    f" pre-shared-key address 192.0.2.9 key {SECRET}",
    f" peer 192.0.2.1 password cipher {SECRET}",
    f" peer 192.0.2.1 password {SECRET}",
    f" ospf authentication-mode md5 1 cipher {SECRET}",
    f" ospf authentication-mode simple plain {SECRET}",
    f" ospf authentication-mode md5 1 {SECRET}",
    f" vrrp vrid 1 authentication-mode simple cipher {SECRET}",
    f" vrrp vrid 1 authentication-mode md5 {SECRET}",
    f" ntp-service authentication-keyid 1 authentication-mode md5 cipher {SECRET}",
    f" ntp-service authentication-keyid 1 authentication-mode md5 simple {SECRET}",
    f" wlan preshared-key pass-phrase cipher {SECRET}",
]
HARMLESS = [
    " snmp-agent community read public",
    " snmp-agent community write simple private",
    " ssh2 algorithm cipher aes128-ctr aes256-ctr",
    " authentication-mode scheme",
    " password-control length 10",
    " password-control composition type-number 3 type-length 1",
    " snmp-agent sys-info version v2c v3",
    " snmp-agent group v3 ops privacy",
    " rule 0 permit source 192.0.2.0 0.0.0.255",
    " user-role network-admin",
    " local-user netops class manage",
]


@pytest.fixture
def redactor() -> Redactor:
    return Redactor(b"key of this test", packs.load("hp_comware").redact)


@pytest.mark.parametrize("line", LINES)
def test_secrets_are_replaced(redactor: Redactor, line: str) -> None:
    clean = redactor.clean(line)
    assert "<secret:" in clean
    for secret in (SECRET, "Invented-Privacy-88", "aW52ZW50ZWQ", "$h$", "$c$"):
        assert secret not in clean, clean
    assert clean.split("<secret:")[0].rstrip() != "", "what the secret was for stays readable"
    assert redactor.clean(clean) == clean


@pytest.mark.parametrize("line", HARMLESS)
def test_other_lines_stay(redactor: Redactor, line: str) -> None:
    assert redactor.clean(line) == line


def test_a_changed_secret_is_a_visible_change(redactor: Redactor) -> None:
    one, other = redactor.clean(f" password cipher {SECRET}"), redactor.clean(f" password cipher {SECRET}8")
    assert one != other
    assert one == redactor.clean(f" password cipher {SECRET}")


def test_the_parser_reads_redacted_configurations(redactor: Redactor) -> None:
    text = (
        f"#\n version 7.1.070, Release 1\n#\n sysname sw-1\n#\nlocal-user a class manage\n password simple"
        f" {SECRET}\n#\n snmp-agent\n snmp-agent community read public\n#\nreturn\n"
    )
    facts = packs.load("hp_comware").parser("configuration")(redactor.clean(text))
    assert [(u["name"], u["password"]) for u in facts["users"]] == [("a", "simple")]
    assert facts["snmp_default_communities"] == 1
