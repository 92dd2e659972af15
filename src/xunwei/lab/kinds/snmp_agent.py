"""An SNMP agent's protocol work: messages of v1, v2c and v3 (RFC 3416, 3412, 3414) in, answers out. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from xunwei.lab.kinds import snmp_ber as ber
from xunwei.lab.kinds.snmp_ber import Oid, Reader
from xunwei.lab.kinds.snmp_objects import Objects
from xunwei.lab.kinds.snmp_usm import Usm

GET, NEXT, RESPONSE, SET, BULK, REPORT = 0xA0, 0xA1, 0xA2, 0xA3, 0xA5, 0xA8
TOO_BIG, NO_SUCH_NAME, READ_ONLY, NOT_WRITABLE = 1, 2, 4, 17
ROOM = 96  # octets kept free for the wrapping of an answer
VERSIONS = {"1": 0, "2c": 1, "3": 3}


@dataclass(frozen=True)
class Settings:
    """How an agent may be asked."""

    name: str
    versions: tuple[int, ...] = (1, 3)
    community: str = "lab-read-1"
    user: str = "inspector"
    auth_protocol: str = "sha"
    auth_key: str = "lab-inspector-1"
    priv_key: str = "lab-inspector-1"
    max_size: int = 1472
    max_repetitions: int = 50

    @classmethod
    def of(cls, name: str, words: dict[str, Any]) -> Settings:
        """From `agent:` of device.yml. Raises ValueError for a word it does not know."""
        known = dict(words)
        known.pop("without", None)
        if "versions" in known:
            try:
                known["versions"] = tuple(VERSIONS[str(v)] for v in known["versions"])
            except KeyError as err:
                raise ValueError(f"agent.versions: no SNMP version {err}") from None
        try:
            return cls(name, **known)
        except TypeError as err:
            raise ValueError(f"agent: {err}") from None


@dataclass(frozen=True)
class Pdu:
    """A request."""

    kind: int
    request: int
    first: int  # error status, or non-repeaters
    second: int  # error index, or max-repetitions
    oids: list[Oid]
    bindings: bytes  # as received


class Agent:
    """Answers messages. `told`: objects answered so far; `loop`, `refuse`: faults."""

    def __init__(self, settings: Settings, objects: Callable[[], Objects]) -> None:
        self.settings = settings
        self.told = 0
        self.loop = False
        self.refuse = False
        self._objects = objects
        self._usm = Usm(settings.name, settings.user, settings.auth_protocol, settings.auth_key, settings.priv_key)

    def answer(self, message: bytes) -> bytes | None:
        """The answer to one message; None when a real agent would keep silent."""
        try:
            reader = Reader(message).inside()
            version = reader.integer()
            if version not in self.settings.versions:
                return None
            if version == 3:
                return self._usm.answer(reader, message, self._respond, self.settings.max_size, refuse=self.refuse)
            community = reader.need(ber.STRING)
            if self.refuse or community != self.settings.community.encode():
                return None
            tag, body = reader.element()
            told = self._respond(read_pdu(tag, body), self.settings.max_size, version)
        except ValueError:
            return None
        return ber.tlv(ber.SEQUENCE, ber.integer(version) + ber.tlv(ber.STRING, community) + told)

    def _respond(self, pdu: Pdu, size: int, version: int = 1) -> bytes:
        room = min(size, self.settings.max_size) - ROOM
        if pdu.kind == SET:
            return response(pdu, pdu.bindings, READ_ONLY if version == 0 else NOT_WRITABLE, 1)
        if pdu.kind == BULK and version > 0:
            bindings = self._bulk(pdu, room)
        elif pdu.kind in (GET, NEXT):
            found = [self._get(o) if pdu.kind == GET else self._next(o, version)[1] for o in pdu.oids]
            if version == 0:
                wrong = next((i for i, f in enumerate(found, start=1) if _exception(f)), 0)
                if wrong:
                    return response(pdu, pdu.bindings, NO_SUCH_NAME, wrong)
            bindings = b"".join(found)
            if len(bindings) > room:
                return response(pdu, b"", TOO_BIG, 0)
            self.told += len(found)
        else:
            raise ValueError("not a request")
        return response(pdu, bindings)

    def _get(self, oid: Oid) -> bytes:
        objects = self._objects()
        found = objects.varbind(oid)
        return found if found is not None else _empty(oid, objects.missing(oid))

    def _next(self, oid: Oid, version: int = 1) -> tuple[Oid, bytes]:
        objects = self._objects()
        at = 0 if self.loop and oid in objects.oids[-1:] else objects.after(oid)
        if self.loop and objects.oids and at > 3:
            at = 0
        while version == 0 and at < len(objects.oids) and objects.is_64_bit(objects.oids[at]):
            at += 1  # v1 has no Counter64 (RFC 3584, 4.2.2.1)
        if at >= len(objects.oids):
            return oid, _empty(oid, ber.END_OF_MIB)
        name = objects.oids[at]
        return name, objects.varbind(name) or b""

    def _bulk(self, pdu: Pdu, room: int) -> bytes:
        """GETBULK; as many bindings as fit (RFC 3416, 4.2.3)."""
        out = bytearray()
        for _, binding in self._bulk_bindings(pdu):
            if len(out) + len(binding) > room:
                break
            out += binding
            self.told += 1
        return bytes(out)

    def _bulk_bindings(self, pdu: Pdu) -> Iterator[tuple[Oid, bytes]]:
        single = max(pdu.first, 0)
        for oid in pdu.oids[:single]:
            yield self._next(oid)
        places = pdu.oids[single:]
        for _ in range(min(max(pdu.second, 0), self.settings.max_repetitions)):
            if not places:
                return
            steps = [self._next(oid) for oid in places]
            yield from steps
            places = [oid for oid, _ in steps]
            if all(_exception(binding) for _, binding in steps):
                return


def _empty(oid: Oid, exception: int) -> bytes:
    return ber.tlv(ber.SEQUENCE, ber.oid(oid) + bytes((exception, 0)))


def _exception(binding: bytes) -> bool:
    return binding[-2] in (ber.NO_OBJECT, ber.NO_INSTANCE, ber.END_OF_MIB) and binding[-1] == 0


def read_pdu(tag: int, body: bytes) -> Pdu:
    """A request PDU. Raises ValueError."""
    if tag not in (GET, NEXT, SET, BULK):
        raise ValueError("not a request")
    reader = Reader(body)
    request, first, second = reader.integer(), reader.integer(), reader.integer()
    bindings = reader.need(ber.SEQUENCE)
    inner, oids = Reader(bindings), []
    while inner.more():
        oids.append(ber.read_oid(inner.inside().need(ber.OID)))
    return Pdu(tag, request, first, second, oids, bindings)


def response(pdu: Pdu, bindings: bytes, status: int = 0, index: int = 0) -> bytes:
    """A Response PDU."""
    head = ber.integer(pdu.request) + ber.integer(status) + ber.integer(index)
    return ber.tlv(RESPONSE, head + ber.tlv(ber.SEQUENCE, bindings))
