"""The user-based security model of SNMPv3 (RFC 3414; AES: RFC 3826; SHA-2: RFC 7860) as an agent does it.

Known answers: discovery (unknown engine), unknown user, wrong digest, not in time window, unsupported level and
decryption error come back as Report PDUs with the counters of usmStats.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms

from xunwei.lab.kinds import snmp_ber as ber
from xunwei.lab.kinds.snmp_ber import Reader

try:  # its place since cryptography 47
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
except ImportError:  # pragma: no cover
    from cryptography.hazmat.primitives.ciphers.modes import CFB

if TYPE_CHECKING:
    from xunwei.lab.kinds.snmp_agent import Pdu

STATS = (1, 3, 6, 1, 6, 3, 15, 1, 1)
LEVEL, WINDOW, USER, ENGINE, DIGEST, DECRYPTION = 1, 2, 3, 4, 5, 6
REPORT = 0xA8
AUTH, PRIV, REPORTABLE = 1, 2, 4
SECONDS = 150  # of the time window
DIGESTS = {"sha": ("sha1", 12), "sha256": ("sha256", 24)}
Respond = Callable[["Pdu", int], bytes]


@functools.cache
def master_key(digest: str, passphrase: str) -> bytes:
    """A passphrase as key (RFC 3414, A.2): the digest of one megabyte of its repetition."""
    octets = passphrase.encode()
    if len(octets) < 8:
        raise ValueError("an SNMPv3 key has at least 8 characters")
    return hashlib.new(digest, (octets * (2**20 // len(octets) + 1))[: 2**20]).digest()


def localized(digest: str, passphrase: str, engine: bytes) -> bytes:
    """The key of one engine."""
    key = master_key(digest, passphrase)
    return hashlib.new(digest, key + engine + key).digest()


class Usm:
    """One engine with one user, authPriv."""

    def __init__(self, name: str, user: str, protocol: str, auth_key: str, priv_key: str) -> None:
        if protocol not in DIGESTS:
            raise ValueError(f"agent.auth_protocol: {protocol!r}; there are: {', '.join(DIGESTS)}")
        self.digest, self.length = DIGESTS[protocol]
        self.engine = b"\x80\x00\x1f\x88\x04" + name.encode()[:27]
        self.user = user.encode()
        self.boots = 1
        self.began = time.monotonic()
        self.counts: dict[int, int] = {}
        self.auth = localized(self.digest, auth_key, self.engine)
        self.priv = localized(self.digest, priv_key, self.engine)[:16]

    def now(self) -> int:
        """Seconds since the engine's boot."""
        return int(time.monotonic() - self.began)

    def answer(  # noqa: PLR0911 - one per report of RFC 3414
        self, reader: Reader, message: bytes, respond: Respond, size: int, *, refuse: bool
    ) -> bytes | None:
        """The answer to a v3 message whose version was read already. Raises ValueError when it is malformed."""
        header = reader.inside()
        ident, largest, flags, model = header.integer(), header.integer(), header.need(ber.STRING), header.integer()
        if model != 3 or len(flags) != 1:
            return None
        parameters = reader.need(ber.STRING)
        security = Reader(parameters).inside()
        engine, boots, seconds = security.need(ber.STRING), security.integer(), security.integer()
        user, digest, salt = (security.need(ber.STRING) for _ in range(3))
        level = flags[0] & (AUTH | PRIV)
        if engine != self.engine:
            return self._report(ident, ENGINE, 0, user)
        if user != self.user:
            return self._report(ident, USER, 0, user)
        if level != AUTH | PRIV:
            return self._report(ident, LEVEL, 0, user)
        if refuse or not self._genuine(message, parameters, digest):
            return self._report(ident, DIGEST, 0, user)
        if boots != self.boots or abs(seconds - self.now()) > SECONDS:
            return self._report(ident, WINDOW, AUTH, user)
        try:
            scoped = Reader(self._crypt(reader.need(ber.STRING), boots, seconds, salt, encrypt=False)).inside()
            scoped.need(ber.STRING)
            context = scoped.need(ber.STRING)
            tag, body = scoped.element()
        except ValueError:
            return self._report(ident, DECRYPTION, AUTH, user)
        from xunwei.lab.kinds.snmp_agent import read_pdu  # the two know each other

        told = respond(read_pdu(tag, body), min(size, largest) - 80)
        return self._message(ident, AUTH | PRIV, user, self._scoped(context, told))

    def _genuine(self, message: bytes, parameters: bytes, digest: bytes) -> bool:
        if len(digest) != self.length:
            return False
        at = message.index(parameters) + parameters.rindex(digest)
        blank = message[:at] + bytes(self.length) + message[at + self.length :]
        return hmac.compare_digest(hmac.digest(self.auth, blank, self.digest)[: self.length], digest)

    def _crypt(self, octets: bytes, boots: int, seconds: int, salt: bytes, *, encrypt: bool) -> bytes:
        if len(salt) != 8:
            raise ValueError("salt")
        start = boots.to_bytes(4, "big") + seconds.to_bytes(4, "big") + salt
        cipher = Cipher(algorithms.AES(self.priv), CFB(start))
        work = cipher.encryptor() if encrypt else cipher.decryptor()
        return work.update(octets) + work.finalize()

    def _scoped(self, context: bytes, pdu: bytes) -> bytes:
        return ber.tlv(ber.SEQUENCE, ber.tlv(ber.STRING, self.engine) + ber.tlv(ber.STRING, context) + pdu)

    def _report(self, ident: int, counter: int, level: int, user: bytes) -> bytes:
        self.counts[counter] = self.counts.get(counter, 0) + 1
        name = ber.oid((*STATS, counter, 0))
        binding = ber.tlv(ber.SEQUENCE, name + ber.integer(self.counts[counter], ber.COUNTER32))
        head = ber.integer(0) + ber.integer(0) + ber.integer(0)
        pdu = ber.tlv(REPORT, head + ber.tlv(ber.SEQUENCE, binding))
        return self._message(ident, level, user, self._scoped(b"", pdu))

    def _message(self, ident: int, level: int, user: bytes, scoped: bytes) -> bytes:
        boots, seconds, salt = self.boots, self.now(), b""
        if level & PRIV:
            salt = os.urandom(8)
            scoped = ber.tlv(ber.STRING, self._crypt(scoped, boots, seconds, salt, encrypt=True))
        blank = bytes(self.length) if level & AUTH else b""
        head = ber.integer(ident) + ber.integer(65507) + ber.tlv(ber.STRING, bytes((level,))) + ber.integer(3)
        fields = (
            ber.tlv(ber.STRING, self.engine) + ber.integer(boots) + ber.integer(seconds) + ber.tlv(ber.STRING, user)
        )
        parameters = ber.tlv(ber.SEQUENCE, fields + ber.tlv(ber.STRING, blank) + ber.tlv(ber.STRING, salt))
        before = ber.integer(3) + ber.tlv(ber.SEQUENCE, head)
        message = ber.tlv(ber.SEQUENCE, before + ber.tlv(ber.STRING, parameters) + scoped)
        if not level & AUTH:
            return message
        at = message.index(parameters) + len(parameters) - len(ber.tlv(ber.STRING, salt)) - self.length
        digest = hmac.digest(self.auth, message, self.digest)[: self.length]
        return message[:at] + digest + message[at + self.length :]
