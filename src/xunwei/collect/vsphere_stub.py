"""The SOAP transport of pyVmomi over the one bounded, verified HTTPS connection all collectors use.

pyVmomi's own adapter bounds single reads only and checks certificates in its own way. Serializing and deserializing
stay pyVmomi's.
"""

from __future__ import annotations

import io
import re
from typing import Any
from xml.parsers.expat import ExpatError

from pyVmomi import SoapAdapter, VmomiSupport

from xunwei.collect.https import Channel, one_line

_soap: Any = SoapAdapter
_support: Any = VmomiSupport
NAMESPACE = "urn:vim25"


class MalformedError(Exception):
    """The answer is not what the protocol says; the message is the reason."""


def negotiate(channel: Channel, until: float) -> str:
    """The newest API version both sides know, as pyVmomi names it.

    Raises MalformedError when there is none, LostError, OutOfTimeError.
    """
    response, body = channel.send("GET", "/sdk/vimServiceVersions.xml", until)
    if isinstance(body, str) or response.status_code != 200:
        what = body if isinstance(body, str) else f"HTTP {response.status_code}"
        raise MalformedError(f"no vSphere API at /sdk: {what}")
    text = body.decode("utf-8", errors="replace")
    block = re.search(rf"<name>\s*{NAMESPACE}\s*</name>(.*?)</namespace>", text, re.S)
    offered = re.findall(r"<version>\s*([^<\s]+)\s*</version>", block.group(1)) if block else []
    known = {_support.versionIdMap[v]: v for v in _support.GetServiceVersions("vim25")}
    usable = [v for v in offered if v in known and re.fullmatch(r"\d+(\.\d+)*", v)]
    if not usable:
        words = ", ".join(offered[:3]) or "nothing"
        raise MalformedError(f"no common version of the vSphere API; offered: {one_line(words)}")
    return str(known[max(usable, key=lambda v: [int(n) for n in v.split(".")])])


class Stub(_soap.SoapStubAdapterBase):  # type: ignore[misc]
    """What pyVmomi's managed objects call. `until`: time.monotonic() value by which the calls of a section must end."""

    def __init__(self, channel: Channel, version: str, until: float) -> None:
        super().__init__(version=version)
        self.channel, self.until = channel, until
        self.requestContext: dict[str, str] = {}

    def InvokeMethod(self, mo: Any, info: Any, args: Any) -> Any:  # noqa: N802 - pyVmomi's name
        """One call. Raises the server's fault as pyVmomi's exception, LostError, OutOfTimeError, MalformedError."""
        if self.channel.spent:
            raise MalformedError(self.channel.spent)
        headers = {"SOAPAction": self.versionId, "Content-Type": "text/xml; charset=UTF-8"}
        request = self.SerializeRequest(mo, info, args)
        response, body = self.channel.send("POST", "/sdk", self.until, request, headers)
        if isinstance(body, str):
            raise MalformedError(body)
        status = response.status_code
        if status not in (200, 500):
            raise MalformedError(f"HTTP {status} for {info.wsdlName}")
        try:
            # From a stream: only then does pyVmomi notice that a document ends too early.
            found = _soap.SoapResponseDeserializer(self).Deserialize(io.BytesIO(body), info.result)
        except Exception as exc:  # noqa: BLE001 - whatever pyVmomi raises on an answer of another shape
            raise MalformedError(f"the answer to {info.wsdlName} is not understood: {_words(exc)}") from None
        if status == 500:
            if isinstance(found, Exception):
                raise found
            raise MalformedError(f"HTTP 500 without a fault for {info.wsdlName}")
        return found


def _words(exc: Exception) -> str:
    kind = "not XML" if isinstance(exc, ExpatError) else type(exc).__name__
    return one_line(f"{kind}: {exc}")
