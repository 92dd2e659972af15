"""What the faults of a network device do to the state its answers are rendered from.

Every effect works on the state's own parts (see the personalities): a device without the part does not know the fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from xunwei.errors import InputError

State = dict[str, Any]
Effect = Callable[[State, Any, datetime], None]

GROWTH = 150  # errors that errors_growing adds each time the interfaces are shown
DIM = -15.5  # dBm: below what any of the simulated modules allows
_COUNTS = ("in_packets", "out_packets", "in_errors", "out_errors", "crc", "in_discards", "out_discards")


def ports(state: State) -> list[State]:
    """The interfaces of a state, whether kept as a list or by name."""
    found = state.get("interfaces")
    if isinstance(found, dict):
        for name, item in found.items():
            item.setdefault("name", name)
        return list(found.values())
    return [i for i in found if isinstance(i, dict)] if isinstance(found, list) else []


def apply(name: str, state: State, value: Any, now: datetime) -> None:
    """Change the state as the fault does. Raises InputError when the device has no such part."""
    effects()[name](state, value, now)


def effects() -> Mapping[str, Effect]:
    """Every fault that is an effect on the state."""
    return {
        "ha_split": _ha_split,
        "licence_days": _licence_days,
        "signature_days": _signature_days,
        "errors_growing": _errors_growing,
        "counters_reset": _counters_reset,
        "optics_low": _optics_low,
        "ospf_down": _ospf_down,
        "bgp_down": _bgp_down,
        "lag_member_down": _lag_member_down,
        "ntp_unsynced": _ntp_unsynced,
        "cpu_high": _cpu_high,
        "memory_high": _memory_high,
        "temperature_high": _temperature_high,
        "alarm": _alarm,
        "reboot": _reboot,
    }


def _part(state: State, *names: str) -> Any:
    """The first of these parts that the device has and that is not empty."""
    for name in names:
        if state.get(name):
            return state[name]
    raise InputError(f"the device has no {' or '.join(names)}")


def _port(state: State, value: Any, fits: Callable[[State], bool], what: str) -> State:
    """The interface that is meant: the named one, or of those that are up and fit the one with the most traffic."""
    fit = [p for p in ports(state) if fits(p)]
    if isinstance(value, str):
        fit = [p for p in fit if str(p["name"]).lower() == value.lower() or str(p.get("short", "")) == value]
        if not fit:
            raise InputError(f"no interface {value!r} {what}")
    fit = [p for p in fit if str(p.get("phy", "up")).startswith("up")] or fit
    if not fit:
        raise InputError(f"the device has no interface {what}")
    return max(fit, key=lambda p: int(p.get("in_packets") or 0))


def _ha_split(state: State, _value: Any, _now: datetime) -> None:
    """The peer is not seen any more: each half believes itself alone."""
    pair = _part(state, "hrp", "rbm")
    pair.update({"peer": "unknown", "channel": "Disconnected", "split": True})


def _licence_days(state: State, value: Any, now: datetime) -> None:
    days = int(value)
    end = (now + timedelta(days=days)).strftime("%Y-%m-%d")
    found = _part(state, "license", "licences")
    if isinstance(found, dict):
        found.update({"days": days} if "days" in found else {"expires": end})
    else:
        found[0].update({"days": days, "type": "Trial (days restricted)"})


def _signature_days(state: State, value: Any, _now: datetime) -> None:
    for item in _part(state, "signatures"):
        item.update({"issued": int(value), "updated": int(value)})


def _errors_growing(state: State, value: Any, _now: datetime) -> None:
    """`looks`: how often the interfaces were shown since the fault was switched on."""
    port = _port(state, value, lambda p: "in_errors" in p, "that counts errors")
    looks = int(state.get("looks") or 0)
    for name in ("in_errors", "crc"):
        if name in port:
            port[name] += GROWTH * looks
    port["in_packets"] += 100_000 * looks


def _counters_reset(state: State, _value: Any, _now: datetime) -> None:
    counting = [p for p in ports(state) if "in_packets" in p]
    if not counting:
        raise InputError("the device has no interface counters")
    clear(counting)


def clear(found: Iterable[State]) -> None:
    """Counters that have just been reset: a few packets since, no errors."""
    for port in found:
        for name in _COUNTS:
            if port.get(name):
                port[name] = 1200 if "packets" in name else 0


def _optics_low(state: State, value: Any, _now: datetime) -> None:
    port = _port(state, value, lambda p: bool(p.get("optic") or p.get("optics")), "with an optical module")
    (port.get("optic") or port["optics"])["rx"] = DIM


def _ospf_down(state: State, _value: Any, _now: datetime) -> None:
    peer = _part(state, "ospf")[0]
    peer["state"] = str(peer["state"]).replace("Full", "ExStart")


def _bgp_down(state: State, _value: Any, _now: datetime) -> None:
    found = _part(state, "bgp")
    peers = found.get("peers") if isinstance(found, dict) else found
    if not peers:
        raise InputError("the device has no BGP peers")
    peers[0].update({"state": "Active", "prefixes": 0})


def _lag_member_down(state: State, value: Any, _now: datetime) -> None:
    """One member of an aggregation is not selected although its link is up; a group of one alone is not taken."""
    groups = [p.get("trunk") or p.get("group") for p in ports(state) if p.get("kind", "port") in ("port", "routed")]
    member = _port(
        state,
        value,
        lambda p: p.get("kind") != "aggregate" and groups.count(p.get("trunk") or p.get("group") or "") > 1,
        "that is one of several members of an aggregation",
    )
    member["unselected"] = True


def _ntp_unsynced(state: State, _value: Any, _now: datetime) -> None:
    found = _part(state, "ntp")
    found.update({"synchronized": False} if "synchronized" in found else {"status": "unsynchronized"})


def _cpu_high(state: State, value: Any, _now: datetime) -> None:
    percent = min(int(value), 100)
    found = _part(state, "cpu", "boards")
    if isinstance(found, dict):
        found.update(dict.fromkeys(("usage", "peak", "five_seconds", "one_minute", "five_minutes"), percent))
    elif "cpu" in found[0]:
        found[0]["cpu"] = [percent] * 3
    else:
        raise InputError("the device has no CPU load")


def _memory_high(state: State, value: Any, _now: datetime) -> None:
    percent = min(int(value), 100)
    found = _part(state, "memory", "boards")
    if isinstance(found, dict):
        found["percent"] = percent
        return
    memory = found[0].get("memory")
    if not memory:
        raise InputError("the device has no memory usage")
    used = int(memory["total"] * percent / 100)
    memory.update({"used": used, "free": memory["total"] - used, "cached": 0})


def _temperature_high(state: State, value: Any, _now: datetime) -> None:
    sensor = _part(state, "temperatures")[0]
    sensor["celsius" if "celsius" in sensor else "current"] = int(value)
    if "status" in sensor:
        sensor["status"] = "Abnormal"


def _alarm(state: State, _value: Any, _now: datetime) -> None:
    if "alarms" not in state:
        raise InputError("the device has no alarm list")
    state["alarms"].append(
        {
            "sequence": 900,
            "ago": 120,
            "id": "0x41a84000",
            "name": "hwEntityInvalid",
            "level": "Critical",
            "text": "OID 1.3.6.1.4.1.2011.5.25.219.2.2.5 A part of the device is invalid.",
            "slot": 1,
            "info": "The board in slot 1 is faulty.",
        }
    )


def _reboot(state: State, value: Any, now: datetime) -> None:
    """The counters start again; the uptime and the configuration are the device's own affair."""
    _counters_reset(state, value, now)
