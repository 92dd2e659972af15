"""What ipmi_sim is told: sensor data records, FRU data and settings, made from a personality (IPMI 2.0, sections 42, 43).

`analog`: {name, type, entity: id.instance, step (unit per raw count), value, upper/lower: [non-critical, critical,
non-recoverable] or null}. `discrete`: {name, type: sensor type code, reading: event/reading type code, bits: states
asserted}. Sensors are numbered in order, analog ones first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

State = dict[str, Any]
BMC = "0x20"
ADMIN = ("ops-wei", "lab-operations-3")  # the lab's own account, for settings an operator may not change
# kind of sensor: (sensor type code, base unit code)
KINDS = {"temperature": (0x01, 1), "voltage": (0x02, 4), "current": (0x03, 5), "fan": (0x04, 18), "power": (0x0B, 6)}
SENSOR_SPECIFIC = 0x6F
_NAME_BYTES = 16


def hexes(values: Iterable[int]) -> str:
    """Bytes as ipmi_sim reads them."""
    return " ".join(f"0x{v & 255:02x}" for v in values)


def numbered(state: State) -> dict[str, tuple[int, State]]:
    """Every sensor by name, with its number."""
    return {s["name"]: (i, s) for i, s in enumerate([*state["analog"], *state["discrete"]], start=1)}


def raw(sensor: State, value: float | None) -> int:
    """`value` as raw byte of an analog sensor; 0 for none."""
    return 0 if value is None else max(0, min(255, round(value / sensor["step"])))


def _thresholds(sensor: State) -> list[float | None]:
    """lnc, lcr, lnr, unc, ucr, unr."""
    blank = [None, None, None]
    return [*sensor.get("lower", blank), *sensor.get("upper", blank)]


def _entity(sensor: State) -> tuple[int, int]:
    entity, _, instance = str(sensor["entity"]).partition(".")
    return int(entity), int(instance)


def _identity(name: str) -> list[int]:
    text = name.encode("ascii")[:_NAME_BYTES]
    return [0xC0 | len(text), *text]


def _factor(step: float) -> tuple[int, int]:
    """(M, decimal exponent) with M whole."""
    exponent = 0
    while not math.isclose(step, round(step), abs_tol=1e-9):
        step, exponent = step * 10, exponent - 1
    return round(step), exponent


def full_record(number: int, sensor: State) -> list[int]:
    """A full sensor record (type 01h) of an analog sensor."""
    kind, unit = KINDS[sensor["type"]]
    limits = _thresholds(sensor)
    mask = sum(1 << i for i, v in enumerate(limits) if v is not None)
    factor, exponent = _factor(float(sensor["step"]))
    lnc, lcr, lnr, unc, ucr, unr = (raw(sensor, v) for v in limits)
    body = [0x20, 0, number, *_entity(sensor), 0x7F, 0x68 if mask else 0x40, kind, 0x01]
    body += [0, (mask & 7) << 4, 0, (mask >> 3 & 7) << 4, mask, mask]
    body += [0, unit, 0, 0, factor & 255, factor >> 8 << 6, 0, 0, 0, (exponent & 15) << 4, 0, 0, 0, 0, 255, 0]
    body += [unr, ucr, unc, lnr, lcr, lnc, 0, 0, 0, 0, 0, *_identity(sensor["name"])]
    return [number, 0, 0x51, 0x01, len(body), *body]


def compact_record(number: int, sensor: State) -> list[int]:
    """A compact sensor record (type 02h) of a discrete sensor."""
    body = [0x20, 0, number, *_entity(sensor), 0x67, 0x40, sensor["type"], sensor.get("reading", SENSOR_SPECIFIC)]
    body += [0xFF, 0x7F, 0xFF, 0x7F, 0xFF, 0x7F, 0xC0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, *_identity(sensor["name"])]
    return [number, 0, 0x51, 0x02, len(body), *body]


def set_value(number: int, sensor: State, value: float) -> str:
    """The console command that gives an analog sensor a value; a threshold passed is written to the SEL."""
    return f"sensor_set_value {BMC} 0 {number} 0x{raw(sensor, value):02x} 1"


def set_bits(number: int, bits: Sequence[int], before: Sequence[int]) -> list[str]:
    """Console commands that assert exactly these states of a discrete sensor; new ones are written to the SEL."""
    off = [f"sensor_set_bit {BMC} 0 {number} {b} 0 0" for b in before if b not in bits]
    return off + [f"sensor_set_bit {BMC} 0 {number} {b} 1 1" for b in bits if b not in before]


def _area(fields: Sequence[str], head: Sequence[int]) -> list[int]:
    """A FRU info area: head, type/length fields, end mark, padding and checksum."""
    data = [1, 0, *head]
    for text in fields:
        data += [0xC0 | len(text), *text.encode("ascii")] if text else [0xC0]
    data.append(0xC1)
    data += [0] * (-(len(data) + 1) % 8)
    data[1] = (len(data) + 1) // 8
    return [*data, -sum(data) & 255]


def fru(state: State) -> list[int]:
    """FRU data of the builtin device: board and product area (Platform Management FRU Information Storage 1.0)."""
    board, product = state["board"], state["product"]
    date = [0x00, 0x5E, 0xB2]  # minutes since 1996
    one = _area([board["manufacturer"], board["name"], board["serial"], board["part"], ""], [25, *date])
    words = [product[k] for k in ("manufacturer", "name", "part", "version", "serial", "asset_tag")]
    two = _area([*words, ""], [25])
    head = [1, 0, 0, 1, 1 + len(one) // 8, 0, 0]
    return [*head, -sum(head) & 255, *one, *two]


def emulation(state: State) -> str:
    """The command file: controller, event log, sensors, FRU data."""
    major, minor = state["firmware"]
    lines = [
        f"mc_setbmc {BMC}",
        (
            f"mc_add {BMC} 0 no-device-sdrs 0x01 {major} 0x{int(str(minor), 16):02x} 0x9f "
            f"0x{state['manufacturer_id']:06x} 0x{state['product_id']:04x}"
        ),
        f"sel_enable {BMC} {state['sel_size']} 0x0a",
    ]
    for name, (number, sensor) in numbered(state).items():
        lines += _analog(number, sensor) if "step" in sensor else _discrete(number, sensor)
        assert name
    data = fru(state)
    lines += [f"mc_add_fru_data {BMC} 0 0x{len(data) + 64:x} data {hexes(data)}", f"mc_enable {BMC}"]
    return "\n".join(lines) + "\n"


def _analog(number: int, sensor: State) -> list[str]:
    limits = _thresholds(sensor)
    lines = [
        f"main_sdr_add {BMC} {hexes(full_record(number, sensor))}",
        f"sensor_add {BMC} 0 {number} 0x{KINDS[sensor['type']][0]:02x} 0x01",
        f"sensor_set_value {BMC} 0 {number} 0x{raw(sensor, sensor['value']):02x} 0",
    ]
    if any(v is not None for v in limits):
        enabled = "".join("0" if v is None else "1" for v in reversed(limits))
        values = hexes(raw(sensor, v) for v in reversed(limits))
        # lower ones going low, upper ones going high
        events = "".join(("1" + "0" if i > 2 else "0" + "1") if v is not None else "00" for i, v in _backwards(limits))
        lines.append(f"sensor_set_threshold {BMC} 0 {number} settable {enabled} {values}")
        lines.append(_events(number, "000" + events))
    return lines


def _backwards(limits: Sequence[float | None]) -> list[tuple[int, float | None]]:
    return list(reversed(list(enumerate(limits))))


def _events(number: int, mask: str) -> str:
    return f"sensor_set_event_support {BMC} 0 {number} enable scanning per-state {mask} {'0' * 15} {mask} {'0' * 15}"


def _discrete(number: int, sensor: State) -> list[str]:
    reading = sensor.get("reading", SENSOR_SPECIFIC)
    lines = [
        f"main_sdr_add {BMC} {hexes(compact_record(number, sensor))}",
        f"sensor_add {BMC} 0 {number} 0x{sensor['type']:02x} 0x{reading:02x}",
        _events(number, "1" * 15),
    ]
    return lines + [f"sensor_set_bit {BMC} 0 {number} {bit} 1 0" for bit in sensor["bits"]]


def lan(name: str, address: str, port: int, console: int, user: str, password: str, *, power: str) -> str:
    """The LAN configuration: one channel, the inspector as operator (no more is needed), no anonymous user."""
    return (
        f'name "{name}"\nconsole {address} {console}\nset_working_mc {BMC}\n{power}\n  startlan 1\n    addr {address} {port}\n'
        "    priv_limit admin\n"
        "    allowed_auths_user md5\n    allowed_auths_operator md5\n    allowed_auths_admin md5\n"
        '    guid a123456789abcdefa123456789abcdef\n  endlan\n  user 1 false "" "" user 10 md5\n'
        f'  user 2 true "{user}" "{password}" operator 10 md5\n'
        f'  user 3 true "{ADMIN[0]}" "{ADMIN[1]}" admin 10 md5\n'
    )
