"""No secret of a configuration is kept; what is no secret stays readable; the parsers read redacted text."""

from __future__ import annotations

import pytest

from xunwei import pack as packs
from xunwei.collect.redact import Redactor

PACK = packs.load("huawei_vrp")
REDACTOR = Redactor(b"a key for this test", PACK.redact)

SECRETS = [
    (" local-user netops password irreversible-cipher $1a$Lab.Salt,1$lab)hash;of!nothing$", "lab)hash"),
    (" local-user netops password irreversible-cipher %^%#Lab<not\\a[secret]%^%#", "Lab<not"),
    (" local-user netops password cipher %@%@LabReversible\"x%@%@", "LabReversible"),
    (" local-user netops password cipher %$%$LabOld'(x%$%$", "LabOld"),
    (" local-user netops password cipher %#%#LabOlder%#%#", "LabOlder"),
    (" local-user netops password cipher LABHEX0123456789ABCDEF", "LABHEX0123"),
    (" local-user netops password simple Lab-Plain-1", "Lab-Plain-1"),
    ("  password cipher @%@%LabUsgCipher!@%@%", "LabUsgCipher"),
    (" set authentication password cipher %^%#LabVtyPass%^%#", "LabVtyPass"),
    (" set authentication password simple Lab-Vty-2", "Lab-Vty-2"),
    ("super password level 3 cipher LabSuperCipher99", "LabSuperCipher99"),
    ("super password level 15 simple Lab-Super-3", "Lab-Super-3"),
    ("snmp-agent community read cipher %^%#LabCommunity%^%# mib-view iso acl 2000", "LabCommunity"),
    ("snmp-agent community read LabReadable acl 2000", "LabReadable"),
    ("snmp-agent community write LabWritable", "LabWritable"),
    ("   Community name: LabListed ", "LabListed"),
    ("snmp-agent target-host trap address udp-domain 192.0.2.9 params securityname LabTrapName v2c", "LabTrapName"),
    ("snmp-agent target-host trap address udp-domain 192.0.2.9 params securityname cipher %^%#LabTr2%^%#", "LabTr2"),
    ("snmp-agent usm-user v3 mon g authentication-mode sha LabUsmAuth privacy-mode aes128 LabUsmPriv", "LabUsmAuth"),
    ("snmp-agent usm-user v3 mon g authentication-mode sha LabUsmAuth privacy-mode aes128 LabUsmPriv", "LabUsmPriv"),
    (" radius-server shared-key cipher %^%#LabRadius%^%#", "LabRadius"),
    (" radius-server shared-key simple LabRadiusPlain", "LabRadiusPlain"),
    ("hwtacacs-server shared-key LabTacacsPlain", "LabTacacsPlain"),
    (" pre-shared-key LabPskPlain", "LabPskPlain"),
    (" pre-shared-key cipher %^%#LabPsk%^%#", "LabPsk"),
    ("  key-string plain LabKeyString", "LabKeyString"),
    (" ospf authentication-mode md5 1 plain LabOspfKey", "LabOspfKey"),
    (" ospf authentication-mode hmac-sha256 1 cipher %^%#LabOspf2%^%#", "LabOspf2"),
    (" vrrp vrid 1 authentication-mode md5 LabVrrpKey", "LabVrrpKey"),
    (" peer 192.0.2.9 password cipher %^%#LabBgp%^%#", "LabBgp"),
    (" peer 192.0.2.9 password simple LabBgpPlain", "LabBgpPlain"),
    ("ntp-service authentication-keyid 1 authentication-mode md5 LabNtpKey", "LabNtpKey"),
    ("ntp authentication-keyid 1 authentication-mode hmac-sha256 cipher %^%#LabNtp2%^%#", "LabNtp2"),
    (" ppp chap password cipher %^%#LabChap%^%#", "LabChap"),
    (" wlan security wpa2 psk pass-phrase %^%#LabWifi%^%# aes", "LabWifi"),
]  # fmt: skip

KEPT = [
    "snmp-agent community read public",
    "   Community name: private",
    " local-aaa-user password policy administrator",
    " local-aaa-user wrong-password retry-interval 5 retry-time 5 block-time 10",
    " set password min-length 10",
    " authentication-mode aaa",
    " authentication-mode password",
    " undo user-password complexity-check",
    "acl number 2001",
    " rule 5 permit source 192.0.2.0 0.0.0.255",
    "sysname sw-lab-1",
    " description TO-simple-minds",
    "stelnet server enable",
    "ssh user netops authentication-type password",
    "info-center loghost 192.0.2.200",
    "ssh server cipher aes256_ctr aes128_ctr",
]


@pytest.mark.parametrize(("line", "secret"), SECRETS)
def test_secret_is_replaced(line: str, secret: str) -> None:
    cleaned = REDACTOR.clean(f"#\n{line}\n#\nreturn\n")
    assert secret not in cleaned
    assert "<secret:" in cleaned
    assert cleaned.count("\n") == 4, "line numbers must stay"
    assert REDACTOR.clean(cleaned) == cleaned, "redacting twice changes nothing"


@pytest.mark.parametrize("line", KEPT)
def test_what_is_no_secret_stays(line: str) -> None:
    assert REDACTOR.clean(f"#\n{line}\n#\n") == f"#\n{line}\n#\n"


def test_same_secret_same_mark() -> None:
    first = REDACTOR.clean(" local-user a password irreversible-cipher $1a$Lab$one$\n")
    again = REDACTOR.clean(" local-user a password irreversible-cipher $1a$Lab$one$\n")
    other = REDACTOR.clean(" local-user a password irreversible-cipher $1a$Lab$two$\n")
    assert first == again != other


def test_parser_reads_redacted_configuration() -> None:
    text = "\n".join(
        [
            "#", "sysname sw-lab-1", "#", "aaa",
            " local-user netops password irreversible-cipher $1a$Lab$hash$",
            " local-user netops privilege level 15",
            " local-user guest1 password simple Lab-Plain-9",
            "#",
            "snmp-agent community read cipher %^%#LabCommunity%^%# acl 2001",
            "snmp-agent community read public",
            "#", "return", "",
        ]
    )  # fmt: skip
    facts = PACK.parser("configuration")(REDACTOR.clean(text))
    assert [(u["name"], u["storage"], u["level"]) for u in facts["users"]] == [
        ("netops", "irreversible", 15),
        ("guest1", "simple", None),
    ]
    assert facts["snmp_communities"] == 2
    assert facts["snmp_communities_known"] == 1
    assert facts["snmp_communities_open"] == 1
