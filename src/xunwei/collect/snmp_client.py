"""One SNMP engine and one agent: requests with retries, over pysnmp's protocol core (no MIB look-ups).

pysnmp's own retries are not used: a request that gets no answer is sent again by us, with fewer repetitions, because
what is lost is often a large fragmented answer.
"""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from pysnmp.carrier.asyncio.dgram import udp, udp6  # type: ignore[import-untyped]
from pysnmp.entity import config  # type: ignore[import-untyped]
from pysnmp.entity.engine import SnmpEngine  # type: ignore[import-untyped]
from pysnmp.entity.rfc3413 import cmdgen  # type: ignore[import-untyped]
from pysnmp.error import PySnmpError  # type: ignore[import-untyped]
from pysnmp.proto import errind, rfc1905  # type: ignore[import-untyped]
from pysnmp.proto.rfc1902 import Null  # type: ignore[import-untyped]

from xunwei.collect.snmp_text import Oid

AUTH: dict[str, tuple[str, Any]] = {
    "md5": ("MD5", config.USM_AUTH_HMAC96_MD5),
    "sha": ("SHA-1", config.USM_AUTH_HMAC96_SHA),
    "sha224": ("SHA-224", config.USM_AUTH_HMAC128_SHA224),
    "sha256": ("SHA-256", config.USM_AUTH_HMAC192_SHA256),
    "sha384": ("SHA-384", config.USM_AUTH_HMAC256_SHA384),
    "sha512": ("SHA-512", config.USM_AUTH_HMAC384_SHA512),
}
PRIV: dict[str, tuple[str, Any]] = {
    "des": ("DES", config.USM_PRIV_CBC56_DES),
    "aes": ("AES-128", config.USM_PRIV_CFB128_AES),
    "aes128": ("AES-128", config.USM_PRIV_CFB128_AES),
    "aes192": ("AES-192", config.USM_PRIV_CFB192_AES),
    "aes256": ("AES-256", config.USM_PRIV_CFB256_AES),
    "aes192b": ("AES-192 (Blumenthal)", config.USM_PRIV_CFB192_AES_BLUMENTHAL),
    "aes256b": ("AES-256 (Blumenthal)", config.USM_PRIV_CFB256_AES_BLUMENTHAL),
}
TOO_BIG, NO_SUCH_NAME = 1, 2
FEW = 10  # objects whose answer is small: when that is lost twice, they are asked for one by one
_ERRORS = {5: "genErr", 6: "noAccess", 13: "resourceUnavailable", 16: "authorizationError"}
_DENIED = (6, 16)
# Error indications that say: not with this user, key or level (RFC 3414 reports).
_LOGIN = (
    errind.WrongDigest, errind.AuthenticationFailure, errind.AuthenticationError, errind.UnknownUserName, errind.UnknownSecurityName,
    errind.UnsupportedSecurityLevel, errind.DecryptionError, errind.UnknownCommunityName, errind.NoAccessEntry, errind.NoSuchContext,
    errind.UnsupportedAuthProtocol, errind.UnsupportedPrivProtocol,
)  # fmt: skip
Binding = tuple[Oid, Any]


class SetupError(Exception):
    """The settings do not make a way to ask."""


class NoAnswerError(Exception):
    """Nothing came back in time."""


class DeniedError(Exception):
    """The agent refuses this user, key, level or object."""


class MalformedError(Exception):
    """What came back is not an answer to what was asked."""


@dataclass(frozen=True)
class Way:
    """How to ask an agent. `version`: 1, 2c or 3. `timeout`: seconds per try."""

    address: str
    port: int = 161
    version: str = "3"
    community: str = field(default="", repr=False)
    user: str = ""
    auth_key: str = field(default="", repr=False)
    priv_key: str = field(default="", repr=False)
    auth: str = "sha"
    priv: str = "aes"
    context: str = ""
    timeout: float = 3.0
    retries: int = 2

    def check(self) -> None:
        """Raises SetupError that names the setting."""
        if self.version not in ("1", "2c", "3"):
            raise SetupError(f"asset_snmp_version is {self.version!r}; there are: 1, 2c, 3")
        if self.version != "3":
            if not self.community:
                raise SetupError("asset_snmp_community is not set")
            return
        if not self.user:
            raise SetupError("asset_snmp_user is not set")
        for name, value, known in (("auth", self.auth, AUTH), ("priv", self.priv, PRIV)):
            if value not in known:
                raise SetupError(f"asset_snmp_{name}_protocol is {value!r}; there are: {', '.join(known)}")
        for name, key in (("auth", self.auth_key), ("priv", self.priv_key)):
            if key and len(key) < 8:
                raise SetupError(f"asset_snmp_{name}_key is shorter than 8 characters (RFC 3414)")
        if self.priv_key and not self.auth_key:
            raise SetupError("asset_snmp_priv_key without asset_snmp_auth_key")

    @property
    def level(self) -> str:
        """noAuthNoPriv, authNoPriv or authPriv."""
        if self.version != "3" or not self.auth_key:
            return "noAuthNoPriv"
        return "authPriv" if self.priv_key else "authNoPriv"


class Client:
    """Requests to one agent. Use as async context manager. `until`: time.monotonic() no try goes beyond."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.until = time.monotonic() + 3600
        self._engine: Any = None
        self._get = cmdgen.GetCommandGenerator()
        self._next = cmdgen.NextCommandGeneratorSingleRun()
        self._bulk = cmdgen.BulkCommandGeneratorSingleRun()

    async def __aenter__(self) -> Client:
        """Sets the engine up. Raises SetupError."""
        way = self.way
        way.check()
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(way.address, way.port, type=socket.SOCK_DGRAM, proto=socket.IPPROTO_UDP)
        except OSError as exc:
            raise SetupError(f"{way.address}: name not resolved: {exc.strerror}") from None
        family, _, _, _, place = found[0]
        kind: Any = udp6 if family == socket.AF_INET6 else udp
        transport = kind.Udp6AsyncioTransport if family == socket.AF_INET6 else kind.UdpAsyncioTransport
        self._engine = SnmpEngine()
        try:
            self._configure(kind.DOMAIN_NAME, place)
            config.add_transport(self._engine, kind.DOMAIN_NAME, transport().open_client_mode())
        except PySnmpError as exc:
            raise SetupError(f"SNMP cannot be set up: {exc}") from None
        return self

    def _configure(self, domain: Any, place: Any) -> None:
        way, engine = self.way, self._engine
        model = {"1": 0, "2c": 1, "3": 3}[way.version]
        if model == 3:
            auth = AUTH[way.auth][1] if way.auth_key else config.USM_AUTH_NONE
            priv = PRIV[way.priv][1] if way.priv_key else config.USM_PRIV_NONE
            keys = (way.auth_key.encode() or None, way.priv_key.encode() or None)
            config.add_v3_user(engine, way.user, auth, keys[0], priv, keys[1])
            config.add_target_parameters(engine, "way", way.user, way.level, 3)
        else:
            config.add_v1_system(engine, "index", way.community.encode())
            config.add_target_parameters(engine, "way", "index", "noAuthNoPriv", model)
        # Its own clock only cleans up: ours is the one that counts.
        config.add_target_address(engine, "agent", domain, place, "way", timeout=60 * 100, retryCount=0)

    async def __aexit__(self, *_: object) -> None:
        if self._engine is not None:
            self._engine.close_dispatcher()
            await asyncio.sleep(0)

    async def get(self, oids: list[Oid]) -> list[Binding]:
        """GET: one binding for each OID, in order; exceptions as their values."""
        found = await self._ask(self._get, oids, 0)
        if not found:  # noSuchName refuses a whole request for one object that is not there
            if len(oids) == 1:
                return [(oids[0], rfc1905.noSuchInstance)]
            return [binding for oid in oids for binding in await self.get([oid])]
        if [oid for oid, _ in found] != oids:
            raise MalformedError("the answer is not about the objects asked for")
        return found

    async def after(self, oid: Oid, repetitions: int) -> tuple[list[Binding], int]:
        """Objects behind `oid`: up to `repetitions` of them, and how many were asked for."""
        if self.way.version == "1":
            return await self._following(oid), 1
        missed = 0
        while True:
            try:
                return await self._ask(self._bulk, [oid], repetitions), repetitions
            except _TooBig:
                if repetitions <= 1:
                    raise MalformedError("a single object is too big for the agent") from None
            except _Missed:
                missed += 1
                if missed == 1:  # a lost datagram; lost again, it is the size
                    continue
                if repetitions <= FEW:
                    return await self._following(oid), 1
            repetitions = max(repetitions // 4, 1)

    async def _following(self, oid: Oid) -> list[Binding]:
        """GETNEXT; noSuchName is v1's way to say that nothing follows."""
        return await self._ask(self._next, [oid], 0) or [(oid, rfc1905.endOfMibView)]

    async def _ask(self, generator: Any, oids: list[Oid], repetitions: int) -> list[Binding]:
        """One request, sent again when there is no answer. GETBULK gets one try at a time (raises _Missed)."""
        tries = self.way.retries + 1
        for left in range(tries - 1, -1, -1):
            wait = min(self.way.timeout, self.until - time.monotonic())
            if wait <= 0:
                raise NoAnswerError("out of time")
            try:
                return await asyncio.wait_for(self._once(generator, oids, repetitions), wait)
            except TimeoutError:
                if self.until - time.monotonic() <= 0:
                    raise NoAnswerError("out of time") from None
                if generator is self._bulk and repetitions > 1:
                    raise _Missed from None
                if not left:
                    raise NoAnswerError(f"no answer to {tries} requests") from None
        raise NoAnswerError("no answer")

    async def _once(self, generator: Any, oids: list[Oid], repetitions: int) -> list[Binding]:
        done: asyncio.Future[tuple[Any, int, int, Any]] = asyncio.get_running_loop().create_future()

        def answered(_engine: Any, _handle: Any, trouble: Any, status: Any, index: Any, bindings: Any, _: Any) -> None:
            if not done.done():
                done.set_result((trouble, int(status), int(index), bindings))

        asked = [(oid, Null("")) for oid in oids]
        more = (0, repetitions) if generator is self._bulk else ()
        try:
            generator.send_varbinds(self._engine, "agent", None, self.way.context, *more, asked, answered)
        except PySnmpError as exc:
            raise MalformedError(f"request not sent: {exc}") from None
        trouble, status, _, bindings = await done
        if trouble is not None:
            raise _trouble(trouble)
        if status == TOO_BIG:
            raise _TooBig
        if status == NO_SUCH_NAME:
            return []  # an empty answer otherwise is never taken for one: see `get`, `_following`, `after`
        if status:
            said = f"the agent says {_ERRORS.get(status, f'error {status}')}"
            raise DeniedError(said) if status in _DENIED else MalformedError(said)
        return [(tuple(oid), value) for oid, value in bindings]


class _TooBig(Exception):
    """The agent cannot put that many objects into one answer."""


class _Missed(Exception):
    """A bulk request got no answer: try fewer repetitions."""


def _trouble(indication: Any) -> Exception:
    words = str(indication)
    if isinstance(indication, _LOGIN):
        return DeniedError(words)
    if isinstance(indication, errind.RequestTimedOut):
        return NoAnswerError("no answer")
    return MalformedError(words)
