"""The faults a simulated device can be given, at start (lab.yml) or while it runs. This list is all there is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from xunwei.errors import InputError


@dataclass(frozen=True)
class FaultKind:
    """`value`: what the switch takes: flag, number (seconds, milliseconds, a count) or name; on, a flag's default
    is `default`.
    """

    name: str
    value: str
    zh: str
    en: str
    default: Any = True


def kinds() -> tuple[FaultKind, ...]:
    """Every fault, in the order shown to people."""
    return (
        FaultKind("login_refused", "flag", "拒绝任何口令和密钥登录", "every password and key is refused"),
        FaultKind("slow", "number", "每条命令延迟的秒数", "seconds every command takes", 5.0),
        FaultKind(
            "think_ms",
            "number",
            "每条命令的正常处理时间（毫秒），不算故障",
            "milliseconds a command takes; not an error",
            20,
        ),
        FaultKind(
            "dropped_mid_command",
            "number",
            "每次登录的第 N 个显示应答只发送一半即断开连接",
            "the connection is closed in the middle of the Nth display answer of each login",
            1,
        ),
        FaultKind(
            "truncated_output",
            "flag",
            "显示应答在中途截断，随后直接出现提示符",
            "display answers stop half way, the prompt follows",
        ),
        FaultKind(
            "unknown_firmware_text",
            "flag",
            "显示应答换成另一版本的措辞",
            "display answers come in another firmware's wording",
        ),
        FaultKind("garbage_banner", "flag", "端口应答的不是 SSH 协议", "the port answers, but not with SSH"),
        FaultKind("hang", "flag", "接受连接但不发送任何数据", "connections are accepted and nothing is ever said"),
        FaultKind(
            "fan_failed", "name", "风扇故障（第一个，或指定名称）", "a fan has failed: the first, or the named one"
        ),
        FaultKind(
            "power_failed",
            "name",
            "电源故障（第一个，或指定名称）",
            "a power supply has failed: the first, or the named one",
        ),
        FaultKind("port_down", "name", "指定接口物理断开", "the named interface has lost its link"),
        FaultKind(
            "config_unsaved",
            "flag",
            "运行配置多出一行未保存的内容",
            "the running configuration has a line that is not saved",
        ),
        FaultKind("disk_full_on_save", "flag", "保存配置时存储空间不足", "saving fails for want of space"),
        *_network_kinds(),
    )


def _network_kinds() -> tuple[FaultKind, ...]:
    """Faults of what a network device does; what each changes is in `effects`."""
    return (
        FaultKind("ha_split", "flag", "双机心跳中断，看不到对端", "the pair is split: the peer is not seen"),
        FaultKind("licence_days", "number", "许可证剩余天数", "days that the licence is still good for", 20),
        FaultKind("signature_days", "number", "特征库已发布的天数", "days since the signatures were issued", 40),
        FaultKind(
            "errors_growing",
            "name",
            "接口错包持续增长（流量最大的接口，或指定名称）",
            "an interface counts more errors at every look: the busiest, or the named one",
        ),
        FaultKind("counters_reset", "flag", "接口计数器被清零", "the interface counters were reset"),
        FaultKind(
            "optics_low",
            "name",
            "光模块收光过低（流量最大的接口，或指定名称）",
            "an optical module receives too little light: the busiest interface's, or the named one's",
        ),
        FaultKind("ospf_down", "flag", "一个 OSPF 邻居未达 Full", "an OSPF neighbour does not reach Full"),
        FaultKind("bgp_down", "flag", "一个 BGP 会话未建立", "a BGP session is not established"),
        FaultKind(
            "lag_member_down",
            "name",
            "聚合成员未选中（链路仍为 up）",
            "a member of a link aggregation is not selected although its link is up",
        ),
        FaultKind("ntp_unsynced", "flag", "时钟未同步", "the clock is not synchronised"),
        FaultKind("cpu_high", "number", "CPU 使用率（%）", "CPU load in percent", 95),
        FaultKind("memory_high", "number", "内存使用率（%）", "memory used in percent", 95),
        FaultKind(
            "temperature_high", "number", "第一个温度传感器的读数（°C）", "reading of the first sensor in °C", 99
        ),
        FaultKind("alarm", "flag", "出现一条严重告警", "a severe alarm stands"),
        FaultKind(
            "reboot", "flag", "设备刚刚重启（计数器归零）", "the device has just restarted; its counters are new"
        ),
    )


def check(name: str, value: Any) -> Any:
    """The value as kept: None when off. InputError for an unknown fault or a value it does not take."""
    kind = next((k for k in kinds() if k.name == name), None)
    if kind is None:
        raise InputError(f"unknown fault {name!r}", hint="known: " + ", ".join(k.name for k in kinds()))
    if value is None or value is False or value in ("off", "no", "false", ""):
        return None
    if value is True or value in ("on", "yes", "true"):
        if kind.name == "port_down":
            raise InputError("port_down needs the name of an interface")
        return kind.default
    if kind.value == "flag":
        raise InputError(f"fault {name} is on or off, not {value!r}")
    if kind.value == "name":
        return str(value)
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise InputError(f"fault {name} takes a number, not {value!r}") from None
    if not 0 <= number <= 86400:
        raise InputError(f"fault {name} takes a number from 0 to 86400, not {value!r}")
    return number if number else None


def reword(text: str) -> str:
    """An answer as a firmware nobody has met might word it: other column marks, other words for the same things."""
    words = {
        "version": "release",
        "state": "condition",
        "status": "condition",
        "normal": "fine",
        "present": "inserted",
        "up": "active",
        "down": "inactive",
        "usage": "load",
        "temperature": "thermal",
        "uptime": "running since",
        "is": "equals",
        "total": "sum",
    }

    def other(found: re.Match[str]) -> str:
        word = found[0]
        new = words.get(word.lower())
        return word if new is None else new.capitalize() if word[0].isupper() else new

    lines = [re.sub(r"(?<=\S) {2,}(?=\S)", " | ", line) for line in text.splitlines()]
    return "".join(re.sub(r"[A-Za-z]+", other, line.replace(":", " =")) + "\n" for line in lines)
