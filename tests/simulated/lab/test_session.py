"""The command line without a network: views, configuration, errors, dialogs."""

from __future__ import annotations

import time
from typing import Any

import pytest

from xunwei.lab.device import Device
from xunwei.lab.shell import Session


def test_views_and_prompts_of_vrp5(talk: Any) -> None:
    t = talk("sw-5")
    assert t("") == "<sw-5>"
    assert t("system-view") == "Enter system view, return user view with Ctrl+Z.\n[sw-5]"
    assert t("interface GigabitEthernet 0/0/1") == "[sw-5-GigabitEthernet0/0/1]"
    assert t("int g0/0/2") == "[sw-5-GigabitEthernet0/0/2]"
    assert t("acl 3000") == "[sw-5-acl-adv-3000]"
    assert t("aaa") == "[sw-5-aaa]"
    assert t("user-interface vty 0 4") == "[sw-5-ui-vty0-4]"
    assert t("quit") == "[sw-5]"
    assert t("vlan 20", "return") == "<sw-5>"


@pytest.mark.parametrize(
    ("device", "line", "column", "error"),
    [
        ("sw-5", "display bogus", 8, "Error: Unrecognized command found at '^' position."),
        ("sw-5", "display v", 8, "Error: Ambiguous command found at '^' position."),
        ("sw-5", "display", 7, "Error: Incomplete command found at '^' position."),
        ("sw-5", "display version now", 16, "Error: Too many parameters found at '^' position."),
        ("sw-5", "display interface GigabitEthernet9/0/1", 18, "Error: Wrong parameter found at '^' position."),
        ("sw-5", "xyzzy", 0, "Error: Unrecognized command found at '^' position."),
        ("sw-5", "sysname x", 0, "Error: Unrecognized command found at '^' position."),
        ("sw-cw", "display bogus", 8, " % Unrecognized command found at '^' position."),
        ("sw-cw", "screen-length 0 temporary", 14, " % Unrecognized command found at '^' position."),
    ],
)
def test_refusals_point_at_the_word(talk: Any, device: str, line: str, column: int, error: str) -> None:
    caret, message, prompt = talk(device)(line).split("\n")
    assert caret == " " * (len(prompt) + column) + "^"
    assert message == error


def test_a_refused_line_changes_nothing(talk: Any) -> None:
    t = talk("sw-5")
    before = t("display current-configuration")
    t(
        "system-view",
        "acl 3000",
        "rule 7 permit tcp source 300.1.1.1 0",
        "rule 7 permit bogus",
        "undo rule 10 deny ip",
        "return",
    )
    assert t("display current-configuration") == before


def test_rules_number_themselves_and_undo_takes_the_number_only(talk: Any) -> None:
    t = talk("sw-5")
    t(
        "system-view",
        "acl 3000",
        "rule 7 permit ip source any",
        "rule permit icmp",
        "rule permit icmp",
        "rule 10 deny udp",
    )
    assert t("display this").splitlines()[1:-2] == [
        "acl number 3000",
        " rule 5 permit tcp source 192.0.2.0 0.0.0.255 destination-port eq 22",
        " rule 7 permit ip source any",
        " rule 10 deny udp",
        " rule 15 permit icmp",
        "#",
    ]
    assert "Error" in t("undo rule 7 permit ip source any")
    assert "Error" not in t("undo rule 7")
    assert "Error: The rule does not exist." in t("undo rule 7")
    assert "rule 7 " not in t("display this")


def test_comware_rules_begin_at_zero(talk: Any) -> None:
    t = talk("sw-cw")
    t("system-view", "acl basic 2000", "rule permit source 192.0.2.0 0.0.0.255", "rule deny")
    assert " rule 0 permit source 192.0.2.0 0.0.0.255\n rule 5 deny\n" in t("display this")
    assert t("").endswith("[sw-cw-acl-ipv4-basic-2000]")


def test_interface_changes_reach_the_state(talk: Any) -> None:
    t = talk("sw-5")
    t("system-view", "interface g0/0/1", "shutdown", "description  new  text", "interface g0/0/3", "undo shutdown")
    state = t.session.device.state()["interfaces"]
    assert (state["GigabitEthernet0/0/1"]["phy"], state["GigabitEthernet0/0/1"]["protocol"]) == ("*down", "down")
    assert state["GigabitEthernet0/0/1"]["description"] == "new  text"
    assert (state["GigabitEthernet0/0/3"]["phy"], state["GigabitEthernet0/0/3"]["protocol"]) == ("up", "up")
    assert "GigabitEthernet0/0/1        *down down" in t("display interface brief")
    t("interface g0/0/1", "undo shutdown", "undo description")
    after = t.session.device.state()["interfaces"]["GigabitEthernet0/0/1"]
    assert (after["phy"], after["protocol"], after["description"]) == ("up", "up", "")
    assert t.session.device.state()["interfaces"]["GigabitEthernet0/0/2"]["phy"] == "down"


def test_looking_into_a_view_is_no_change(talk: Any) -> None:
    t = talk("sw-5")
    t("system-view", "interface g0/0/2", "quit", "aaa", "quit", "user-interface vty 0 4", "return")
    assert t.session.device.state()["unsaved"] is False
    assert "is the same as" in t("compare configuration")


def test_duplicate_lines_change_nothing_twice(talk: Any) -> None:
    t = talk("sw-5")
    t(
        "system-view",
        "ip route-static 203.0.113.0 24 192.0.2.254",
        "ip route-static 203.0.113.0 24 192.0.2.254",
        "sysname one",
        "sysname two",
    )
    text = t("display current-configuration")
    assert text.count("ip route-static 203.0.113.0") == 1
    assert text.count("sysname") == 1
    assert text.endswith("[two]")
    assert "Error" in t("undo ip route-static 198.51.100.0 24 192.0.2.254")


def test_masks_are_printed_the_device_s_way(talk: Any) -> None:
    t = talk("sw-5")
    t(
        "system-view",
        "interface Vlanif 10",
        "ip address 192.0.2.9 24",
        "quit",
        "ip route-static 203.0.113.0 25 192.0.2.254",
    )
    text = t("display current-configuration")
    assert " ip address 192.0.2.9 255.255.255.0\n" in text
    assert "\nip route-static 203.0.113.0 255.255.255.128 192.0.2.254\n" in text
    assert "Wrong parameter" in t("ip route-static 203.0.113.0 255.0.255.0 192.0.2.254")
    c = talk("sw-cw")
    c("system-view", "ip route-static 203.0.113.0 255.255.255.128 192.0.2.254")
    assert "\n ip route-static 203.0.113.0 25 192.0.2.254\n" in c("display current-configuration")


def test_vlan_lists_merge_and_shrink(talk: Any) -> None:
    t = talk("sw-5")
    t("system-view", "vlan batch 11 12 30 to 32", "undo vlan batch 31", "vlan 21", "quit")
    assert "\nvlan batch 10 to 12 20 to 21 30 32\n" in t("display current-configuration")
    t("interface g0/0/1", "port trunk allow-pass vlan 12", "undo port trunk allow-pass vlan 20")
    assert " port trunk allow-pass vlan 10 12\n" in t("display this")
    assert "Error" in t("port trunk allow-pass vlan 5000")


def test_default_on_switches_are_shown_when_off(talk: Any) -> None:
    t = talk("sw-5")
    t("system-view", "undo stp enable")
    assert "\nundo stp enable\n" in t("display current-configuration")
    t("stp enable", "http server enable")
    text = t("display current-configuration")
    assert "stp enable" not in text
    assert "http server enable" not in text


def test_what_the_device_has_is_always_accepted_back(talk: Any) -> None:
    t = talk("sw-5")
    t("system-view")
    assert "Error" not in t("undo odd-vendor feature alpha")
    assert "odd-vendor" not in t("display current-configuration")
    assert "Error" not in t("odd-vendor feature alpha")
    assert "odd-vendor" in t("display current-configuration")
    assert "Error" in t("odd-vendor feature beta")


def test_passwords_are_never_shown_and_work_at_login(talk: Any) -> None:
    t = talk("sw-5")
    device = t.session.device
    assert device.login("inspector", "lab-inspector-1")
    t("system-view", "aaa", "local-user inspector password irreversible-cipher Other-Invented-9")
    assert "Other-Invented-9" not in t("display current-configuration")
    assert device.login("inspector", "Other-Invented-9")
    assert not device.login("inspector", "lab-inspector-1")
    t("local-user new password cipher Third-Invented-9", "local-user new privilege level 1")
    assert device.login("new", "Third-Invented-9")
    assert device.level("new") == 1
    t("undo local-user new")
    assert "local-user new" not in t("display this")
    assert not device.login("new", "Third-Invented-9")


def test_comware_passwords(talk: Any) -> None:
    t = talk("sw-cw")
    t("system-view", "local-user audit", "password simple Invented-Pass-3", "service-type ssh")
    assert "Invented-Pass-3" not in t("display current-configuration")
    assert t.session.device.login("audit", "Invented-Pass-3")


def test_filters(talk: Any) -> None:
    t = talk("sw-5")
    assert t("dis cu | inc ^ rule 1") == " rule 10 deny ip\n<sw-5>"
    assert t("display current-configuration | count").startswith("Total number of lines: ")
    assert t("display current-configuration | begin user-int").startswith(
        "user-interface vty 0 4\n authentication-mode aaa\n"
    )
    assert "rule" not in t("display current-configuration | exclude rule")
    assert t("display current-configuration | section include acl").count("\n") == 3
    assert t("display current-configuration interface g0/0/1").startswith("#\ninterface GigabitEthernet0/0/1\n")
    assert t("display current-configuration configuration aaa").splitlines()[1] == "aaa"
    assert "Invalid regular expression" in t("display current-configuration | include (")
    started = time.monotonic()
    assert "Invalid regular expression" in t("display current-configuration | include (a+)+$")
    assert time.monotonic() - started < 5
    assert "Error" in t("save | include x")


def test_a_bar_in_a_description_is_text(talk: Any) -> None:
    t = talk("sw-5")
    assert " description a | b\n" in t("system-view", "interface g0/0/1", "description a | b", "display this")


def test_save_asks_and_writes(talk: Any) -> None:
    t = talk("sw-5")
    t("system-view", "sysname changed", "return")
    assert t("save").endswith("Are you sure to continue?[Y/N]")
    assert "Please choose 'YES' or 'NO'" in t("maybe")
    assert t("n") == "<changed>"
    assert "sysname sw-5" in t("display saved-configuration")
    assert "Save the configuration successfully" in t("save", "y")
    assert "sysname changed" in t("display saved-configuration")
    assert "[Y/N]" in t("save backup.cfg")
    t("y")
    assert "backup.cfg" in t("dir")
    assert "exists, overwrite?" in t("save backup.cfg", "y")
    t("n")
    assert "Error" in t("save backup.doc")


def test_comware_save_has_two_steps(talk: Any) -> None:
    t = talk("sw-cw")
    t("system-view", "sysname changed")
    assert t("save").endswith("Are you sure? [Y/N]:")
    assert "Please input the file name(*.cfg)[flash:/startup.cfg]" in t("y")
    assert t("") == "flash:/startup.cfg exists, overwrite? [Y/N]:"
    assert "successfully" in t("y")
    assert t("display current-configuration diff").endswith("[changed]")
    t("sysname again")
    assert "- sysname changed\n+ sysname again" in t("display current-configuration diff")
    assert "successfully" in t("save force")
    t("save", "y", "other.cfg")
    assert "flash:/other.cfg" in t("display startup")


def test_disk_full(talk: Any) -> None:
    for name in ("sw-5", "sw-8"):
        t = talk(name)
        t.session.device.set_fault("disk_full_on_save", True)
        t("system-view", "sysname changed", "commit" if name == "sw-8" else "", "return")
        assert "not enough space" in t("save", "y")
        assert t.session.device.unsaved()
    t = talk("sw-cw")
    t.session.device.set_fault("disk_full_on_save", True)
    assert "Not enough storage space" in t("save force")


def test_startup_file_and_reset(talk: Any) -> None:
    t = talk("sw-5")
    device: Device = t.session.device
    t("save first.cfg", "y", "system-view", "sysname changed", "return", "save", "y")
    assert "Error" in t("startup saved-configuration none.cfg")
    assert "Succeeded" in t("startup saved-configuration first.cfg")
    assert "flash:/first.cfg" in t("display startup")
    assert device.unsaved()
    device.reboot()
    assert device.hostname() == "sw-5"
    assert "Succeeded" in t("reset saved-configuration", "y")
    assert "does not exist" in t("display saved-configuration")
    device.reboot()
    assert device.hostname() == "HUAWEI"


def test_reboot_dialogs(talk: Any) -> None:
    t = talk("sw-5")
    assert t("reboot").endswith("System will reboot! Continue?[Y/N]:")
    assert t("n") == "<sw-5>"
    t("system-view", "sysname changed", "return")
    assert "All the configuration will be saved" in t("reboot")
    assert t("n") == "System will reboot! Continue?[Y/N]:"
    t.session.feed("y")
    assert t.session.end == "reboot"
    c = talk("sw-cw")
    c("system-view", "sysname changed", "return")
    assert c("reboot").endswith("save current configuration? [Y/N]:")
    assert c("y").endswith("This command will reboot the device. Continue? [Y/N]:")
    assert "sysname changed" in c.session.device.saved.text()


def test_guest_may_look_but_not_at_configurations(talk: Any) -> None:
    t = talk("sw-5", "guest")
    assert "uptime" in t("display version")
    for line in ("display current-configuration", "display saved-configuration", "system-view", "save", "reboot"):
        assert "No permission" in t(line)
    assert "Permission denied" in talk("sw-cw", "guest")("save force")


def test_password_change_at_login(talk: Any, specs: Any) -> None:
    device = Device(specs["sw-5"])
    device.base = device.base | {"password_expired": True}
    t = talk("sw-5", device=device)
    assert t("N").endswith("<sw-5>")
    t = talk("sw-5", device=device)
    t("Y", "lab-inspector-1", "Invented-New-1")
    assert "changed successfully" in t("Invented-New-1")
    assert device.login("inspector", "Invented-New-1")


def test_risk_prompt_at_login(specs: Any) -> None:
    device = Device(specs["sw-5"])
    device.base = device.base | {"risk_prompt": True}
    session = Session(device, "inspector")
    assert "security risks in the configuration file" in session.open().prompt
    assert session.feed("Y").prompt.endswith("continue?[Y/N]")
    reply = session.feed("Y")
    assert "saved successfully" in reply.text
    assert reply.prompt == "<sw-5>"


def test_uptime_counts_and_restarts(talk: Any) -> None:
    t = talk("sw-5")
    assert 90000 <= t.session.device.state()["uptime"] < 90060
    assert "uptime is 0 week, 1 day, 1 hour, 0 minute" in t("display version")
    t.session.device.reboot()
    assert t.session.device.state()["uptime"] < 60


def test_timestamps_and_help(talk: Any, specs: Any) -> None:
    device = Device(specs["sw-5"])
    device.base = device.base | {"timestamps": True}
    first = talk("sw-5", device=device)("display clock").splitlines()[0]
    assert first.startswith(device.now().strftime("%Y-"))
    t = talk("sw-5")
    assert t.session.expected("display ") == sorted(t.session.expected("display "))
    assert {"version", "interface", "current-configuration"} <= set(t.session.expected("display "))
    assert t.session.expected("sys") == ["system-view"]
    assert "<cr>" in t.session.expected("display version ")
