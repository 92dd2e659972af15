"""The raw form of SNMP answers: what is read, what is refused, and that writer and reader agree."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunwei.collect import snmp_text
from xunwei.parse import Unparsed, snmp, snmprec

SAMPLE = r""".1.3.6.1.2.1.1.1.0 = STRING: "Lab \"fw\" \\ one\r\nline two"
.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.8072.3.2.10
.1.3.6.1.2.1.1.3.0 = Timeticks: (8640000) 1 day, 0:00:00.00
.1.3.6.1.2.1.2.2.1.2.1 = STRING: "eth0"
.1.3.6.1.2.1.2.2.1.2.10 = STRING: "eth9"
.1.3.6.1.2.1.2.2.1.6.1 = Hex-STRING: 02 00 00 00 00 0A
.1.3.6.1.2.1.2.2.1.8.1 = INTEGER: up(1)
.1.3.6.1.2.1.2.2.1.10.1 = Counter32: 4294967295
.1.3.6.1.2.1.4.20.1.1.192.0.2.1 = IpAddress: 192.0.2.1
.1.3.6.1.2.1.31.1.1.1.6.1 = Counter64: 18446744073709551615
.1.3.6.1.4.1.2021.10.1.6.1 = Opaque: 9F 78 04 3F 00 00 00
.1.3.6.1.2.1.47.1.1.1 = No Such Object available on this agent at this OID
"""


def test_every_type_is_read() -> None:
    values = snmp.read(SAMPLE)
    assert snmp.text(values[".1.3.6.1.2.1.1.1.0"]) == 'Lab "fw" \\ one\r\nline two'
    assert values[".1.3.6.1.2.1.1.3.0"].data == 8_640_000
    assert values[".1.3.6.1.4.1.2021.10.1.6.1"].data == 0.5
    assert values.absent == {".1.3.6.1.2.1.47.1.1.1": 12}
    assert values.under("1.3.6.1.2.1.2")
    assert not values.under(".1.3.6.1.2.1.47")
    rows = snmp.table(values, "1.3.6.1.2.1.2.2.1", {"name": 2, "mac": 6, "oper": 8, "none": 99})
    assert [(r.key, r.text("name"), r.mac("mac"), r.integer("oper"), r.integer("none"), r.line) for r in rows] == [
        ("1", "eth0", "02:00:00:00:00:0a", 1, None, 4),
        ("10", "eth9", None, None, None, 5),
    ]
    assert snmp.scalars(values, {"id": "1.3.6.1.2.1.1.2.0"}).oid("id") == ".1.3.6.1.4.1.8072.3.2.10"


@pytest.mark.parametrize(
    "line",
    [
        "garbage",
        ".1.3 = INTEGER: 4x",
        ".1.3 = INTEGER: 2147483648",
        ".1.3 = Counter32: -1",
        ".1.3 = Gauge32: 4294967296",
        ".1.3 = Hex-STRING: 0",
        ".1.3 = Hex-STRING: ZZ",
        ".1.3 = IpAddress: 300.0.0.1",
        '.1.3 = STRING: "open',
        '.1.3 = STRING: "ends with \\"',
        ".1.3 = Something: 1",
        ".1.3 = No idea",
        ".1.3 = Timeticks: soon",
        ".1.3 INTEGER: 1",
        ".1.3 = INTEGER: 1\n.1.3 = INTEGER: 1",
        "",
        "\n\n",
    ],
)
def test_what_is_no_object_is_refused(line: str) -> None:
    with pytest.raises(Unparsed):
        snmp.read(line)


def test_net_snmp_breaks_lines_of_text_and_octets() -> None:
    values = snmp.read(
        '.1.3.1 = Hex-STRING: 54 65 73 \n74 \n.1.3.2 = STRING: "one\ntwo"\n.1.3.3 = ""\n.1.3.4 = 231451\n'
    )
    assert [v.data for v in values.values()] == [b"Test", b"one\ntwo", b"", 231451]


def test_text_is_decoded_as_the_device_wrote_it() -> None:
    assert snmp.decode("核心交换机".encode()) == "核心交换机"
    assert snmp.decode("核心交换机".encode("gbk")) == "核心交换机"
    assert snmp.decode(b"caf\xe9") == "caf\xe9"
    assert snmp.decode(b"name\0rest of a buffer") == "name"
    assert snmp.decode(b"a\x01b") == "a\\x01b"


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        ("07 EA 0B 19 08 1E 00 00 2B 08 00", "2026-11-25T08:30:00+08:00"),
        ("07 EA 0B 19 08 1E 00 05", "2026-11-25T08:30:00"),
        ("00 00 00 00 00 00 00 00", None),
    ],
)
def test_date_and_time(octets: str, expected: str | None) -> None:
    assert snmp.date_and_time(snmp.Value("STRING", bytes.fromhex(octets))) == expected


@pytest.mark.parametrize("octets", ["07 EA 0D 19 08 1E 00 00", "07 EA 0B 19", "07 EA 0B 19 08 1E 00 00 41 08 00"])
def test_what_is_no_date_is_refused(octets: str) -> None:
    with pytest.raises(Unparsed):
        snmp.date_and_time(snmp.Value("STRING", bytes.fromhex(octets)))


def test_rows_are_strict_about_types() -> None:
    [row] = snmp.table('.1.3.1.1.5 = STRING: "7"\n.1.3.1.2.5 = INTEGER: 7\n', ".1.3.1", {"text": 1, "number": 2})
    assert row.numeral("text") == 7
    assert row.numeral("number") == 7
    for wrong in (
        lambda: row.integer("text"),
        lambda: row.text("number"),
        lambda: row.word("number", {1: "up"}),
        lambda: row.oid("text"),
    ):
        with pytest.raises(Unparsed):
            wrong()
    with pytest.raises(Unparsed):
        snmp.table(".1.3.1.1 = INTEGER: 1\n", ".1.3.1", {"a": 1})


@given(st.binary(max_size=60))
def test_octets_survive_being_written_and_read(raw: bytes) -> None:
    written = snmp_text.string(raw)
    assert written == snmprec.string(raw)
    assert "\n" not in written
    assert snmp.octets(snmp.read(f".1.3.6 = {written}\n")[".1.3.6"]) == raw


@given(st.integers(0, 2**32 - 1))
def test_ticks_survive_being_written_and_read(ticks: int) -> None:
    assert snmp_text.ticks(ticks) == snmprec.ticks(ticks)
    assert snmp.read(f".1.3.6 = {snmp_text.ticks(ticks)}\n")[".1.3.6"].data == ticks


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_otherwise(text: str) -> None:
    with contextlib.suppress(Unparsed):
        snmp.read(text)


@given(st.data())
def test_a_cut_answer_is_never_another_value(data: st.DataObject) -> None:
    whole = snmp.read(SAMPLE)
    part = SAMPLE[: data.draw(st.integers(1, len(SAMPLE)))]
    try:
        values = snmp.read(part)
    except Unparsed:
        return
    last = list(values)[-1:]  # digits of the last line may be missing: the collector never cuts a line
    assert all(values[oid] == whole[oid] for oid in values if oid not in last)


RECORDED = """1.3.6.1.2.1.1.5.0|4|fw|lab
1.3.6.1.2.1.1.3.0|67|100
1.3.6.1.2.1.2.2.1.6.2|4x|02000000000b
1.3.6.1.2.1.2.2.1.10.2|65|-1
1.3.6.1.2.1.4.20.1.1.192.0.2.1|64x|c0000201
1.3.6.1.2.1.2.2.1.10.1|65:numeric|rate=1,initial=7
"""


def test_a_recording_is_asked_like_a_device() -> None:
    agent = snmprec.Recording(RECORDED)
    assert agent.ask(["get .1.3.6.1.2.1.1.5.0 .1.3.6.1.2.1.1.6.0", "walk .1.3.6.1.2.1.2.2.1.10 .1.3.6.1.2.1.9"]) == (
        '.1.3.6.1.2.1.1.5.0 = STRING: "fw|lab"\n'
        ".1.3.6.1.2.1.1.6.0 = No Such Instance currently exists at this OID\n"
        ".1.3.6.1.2.1.2.2.1.10.1 = Counter32: 7\n"
        ".1.3.6.1.2.1.2.2.1.10.2 = Counter32: 4294967295\n"
        ".1.3.6.1.2.1.9 = No Such Object available on this agent at this OID\n"
    )
    assert agent.ask(["next .1.3.6.1.2.1.2.2.1.10"]).count("\n") == 1
    assert agent.ask(["walk .1.3.6.1.4", "also .1.3.6.1.2.1.1"]) == ""
    assert len(snmp.read(snmprec.from_snmprec(RECORDED))) == 6
    for wrong in ("no line", "1.3.6|99|1", "1.3.6|2|x", "1.3.6|4x|zz"):
        with pytest.raises(Unparsed):
            snmprec.Recording(wrong)
