"""The vSphere Web Services protocol of a simulated vCenter: sessions, views, property collector, events; strict faults.

Only what reads is there. An unknown method, type, property, object or view, and a call without a session, get the
fault that the real server gives (vSphere Web Services API reference).
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from pyVmomi import SoapAdapter, VmomiSupport, vim, vmodl

from xunwei.lab.vsphere_model import Inventory, Object, UnknownPathError, cls

_soap: Any = SoapAdapter
_support: Any = VmomiSupport
_vim: Any = vim
_vmodl: Any = vmodl
NS = "urn:vim25"
VERSIONS = ("8.0.2.0", "8.0.1.0", "8.0.0.0", "7.0.3.0", "7.0.2.0", "7.0.0.0", "6.7.1", "6.7", "6.5", "6.0")
_OPEN = ("RetrieveServiceContent", "Login", "CurrentTime")  # what is answered without a session
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}type"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" '
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<soapenv:Body>\n'
)
_TAIL = "\n</soapenv:Body>\n</soapenv:Envelope>"


class FaultError(Exception):
    """A fault the server answers with: a pyVmomi fault object and its message."""

    def __init__(self, fault: Any, message: str) -> None:
        self.fault, self.message = fault, message
        super().__init__(message)


def versions_xml() -> str:
    """The document at /sdk/vimServiceVersions.xml."""
    prior = "".join(f"<version>{v}</version>" for v in VERSIONS[1:])
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><namespaces version="1.0"><namespace><name>urn:vim25</name>'
        f"<version>{VERSIONS[0]}</version><priorVersions>{prior}</priorVersions></namespace></namespaces>"
    )


class Service:
    """The API behind /sdk. `inventory`: called for every request, so that faults show at once."""

    def __init__(self, content: Any, inventory: Callable[[], Inventory], accepts: Callable[[str, str], bool]) -> None:
        self.content, self.inventory, self.accepts = content, inventory, accepts
        self.events: Callable[[], list[Any]] = list
        self.blind: Callable[[], bool] = lambda: False  # an account without any role
        self.sessions: set[str] = set()
        self.logins = 0
        self._views: dict[str, list[str]] = {}
        self._pages: dict[str, tuple[list[Any], int]] = {}  # token → what is left, size of a page

    def answer(self, body: bytes, cookie: str) -> tuple[int, str, str]:
        """(HTTP status, document, new session or ''): one request."""
        try:
            call, version = _read(body)
            name = _tag(call)
            method = getattr(self, f"_do_{name}", None)
            if method is None:
                raise FaultError(
                    _vmodl.fault.NotSupported(), f"Unable to resolve WSDL method name {name} for urn:vim25"
                )
            if name not in _OPEN and cookie not in self.sessions:
                raise FaultError(_vim.fault.NotAuthenticated(), "The session is not authenticated.")
            self._exists(call)
            result, session = method(call, cookie)
        except FaultError as exc:
            return 500, _fault_xml(exc), ""
        return 200, f'{_HEAD}<{name}Response xmlns="{NS}">{_xml(result, version)}</{name}Response>{_TAIL}', session

    def _exists(self, call: ET.Element) -> None:
        this = call.find(f"{{{NS}}}_this")
        ident = "" if this is None else (this.text or "")
        known = {o._moId for o in self._services()} | set(self.inventory().objects) | set(self._views)
        if ident not in known:
            fault = _vmodl.fault.ManagedObjectNotFound(obj=_vim.ServiceInstance(ident, None))
            raise FaultError(fault, "The object has already been deleted or has not been completely created")

    def _services(self) -> list[Any]:
        values = [getattr(self.content, i.name) for i in self.content._GetPropertyList()]
        return [_vim.ServiceInstance("ServiceInstance", None)] + [
            v for v in values if isinstance(v, _support.ManagedObject)
        ]

    # -- methods: (element, cookie) → (result, new session) ------------------------------------------------------------

    def _do_RetrieveServiceContent(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        return self.content, ""

    def _do_CurrentTime(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        return self.now(), ""

    def now(self) -> dt.datetime:
        """The server's clock."""
        return dt.datetime.now(dt.UTC)

    def _do_Login(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        user, password = _text(call, "userName"), _text(call, "password")
        if not self.accepts(user, password):
            raise FaultError(
                _vim.fault.InvalidLogin(), "Cannot complete login due to an incorrect user name or password."
            )
        session = secrets.token_hex(20)
        self.sessions.add(session)
        self.logins += 1
        now = self.now()
        made = _vim.UserSession(
            key=f"52{secrets.token_hex(4)}", userName=user, fullName=user, loginTime=now, lastActiveTime=now, locale="en",
            messageLocale="en", extensionSession=False, ipAddress="127.0.0.1", userAgent="", callCount=0,
        )  # fmt: skip
        return made, session

    def _do_Logout(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        self.sessions.discard(cookie)
        return None, ""

    def _do_CreateContainerView(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        idents: list[str] = []
        for node in call.findall(f"{{{NS}}}type"):
            idents += [o.ident for o in self._kind(node.text or "")]
        ident = f"session[{secrets.token_hex(4)}]{secrets.token_hex(8)}"
        self._views[ident] = [] if self.blind() else idents
        return _vim.view.ContainerView(ident, None), ""

    def _do_DestroyView(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        self._views.pop(_text(call, "_this"), None)
        return None, ""

    def _do_RetrievePropertiesEx(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        contents: list[Any] = []
        for spec in call.findall(f"{{{NS}}}specSet"):
            wanted = spec.find(f"{{{NS}}}propSet")
            if wanted is None:
                raise FaultError(
                    _vmodl.fault.InvalidArgument(invalidProperty="propSet"), "A specified parameter was not correct"
                )
            kind, paths = _text(wanted, "type"), [n.text or "" for n in wanted.findall(f"{{{NS}}}pathSet")]
            self._kind(kind)
            contents += [self._content(o, paths) for o in self._objects(spec) if _is(o, kind)]
        most = call.find(f"{{{NS}}}options/{{{NS}}}maxObjects")
        return self._page(contents, int(most.text or 0) if most is not None else 0), ""

    def _do_ContinueRetrievePropertiesEx(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        if (left := self._pages.pop(_text(call, "token"), None)) is None:
            raise FaultError(
                _vmodl.fault.InvalidArgument(invalidProperty="token"), "A specified parameter was not correct: token"
            )
        return self._page(*left), ""

    def _do_CancelRetrievePropertiesEx(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        self._pages.pop(_text(call, "token"), None)
        return None, ""

    def _do_QueryEvents(self, call: ET.Element, cookie: str) -> tuple[Any, str]:  # noqa: N802, ARG002
        begin = call.find(f"{{{NS}}}filter/{{{NS}}}time/{{{NS}}}beginTime")
        since = dt.datetime.fromisoformat((begin.text or "").replace("Z", "+00:00")) if begin is not None else None
        categories = {n.text for n in call.findall(f"{{{NS}}}filter/{{{NS}}}category")}
        found = [
            e for category, e in self.events()
            if (since is None or e.createdTime >= since) and (not categories or category in categories)
        ]  # fmt: skip
        return _support.GetVmodlType("vim.event.Event[]")([] if self.blind() else found[:1000]), ""

    # -- pieces --------------------------------------------------------------------------------------------------------

    def _kind(self, name: str) -> list[Object]:
        try:
            return self.inventory().of_kind(name)
        except KeyError:
            raise FaultError(_vmodl.fault.InvalidType(argument=name), f"{name} is no type of this API") from None

    def _objects(self, spec: ET.Element) -> list[Object]:
        """The objects of an object set: itself, or through `view` of a container view."""
        inventory = self.inventory().objects
        found: list[Object] = []
        for entry in spec.findall(f"{{{NS}}}objectSet"):
            ident = _text(entry, "obj")
            traverse = entry.find(f"{{{NS}}}selectSet/{{{NS}}}path")
            if ident in self._views and traverse is not None and traverse.text == "view":
                found += [inventory[i] for i in self._views[ident] if i in inventory]
            elif ident in inventory:
                found.append(inventory[ident])
            else:
                fault = _vmodl.fault.ManagedObjectNotFound(obj=_vim.ServiceInstance(ident, None))
                raise FaultError(fault, "The object has already been deleted or has not been completely created")
        return found

    def _content(self, target: Object, paths: list[str]) -> Any:
        collector = _vmodl.query.PropertyCollector
        given, missing = [], []
        for path in paths:
            try:
                value = target.value(path)
            except UnknownPathError:
                raise FaultError(_vmodl.query.InvalidProperty(name=path), f"Type {target.kind} has no {path}") from None
            if self.blind() or path.partition(".")[0] in target.refused:
                fault = _vim.fault.NoPermission(object=target.reference, privilegeId="System.View")
                missing.append(collector.MissingProperty(path=path, fault=_vmodl.LocalizedMethodFault(fault=fault)))
            elif value is not None:
                given.append(_vmodl.DynamicProperty(name=path, val=value))
        return collector.ObjectContent(obj=target.reference, propSet=given, missingSet=missing)

    def _page(self, contents: list[Any], most: int) -> Any:
        shown, rest = (contents[:most], contents[most:]) if most else (contents, [])
        if not shown:
            return None
        token = None
        if rest:
            token = secrets.token_hex(4)
            self._pages[token] = (rest, most)
        return _vmodl.query.PropertyCollector.RetrieveResult(objects=shown, token=token)


def _is(target: Object, kind: str) -> bool:
    return issubclass(cls(target.kind), cls(kind))


def _read(body: bytes) -> tuple[ET.Element, str]:
    """(the call, API version) of a SOAP request."""
    if b"<!" in body:
        raise FaultError(_vmodl.fault.InvalidRequest(), "a document with a DTD")
    try:
        root = ET.fromstring(body)  # noqa: S314 - no DTD, see above
    except ET.ParseError as exc:
        raise FaultError(_vmodl.fault.InvalidRequest(), f"XML document element count is {exc}") from None
    call = root.find("{http://schemas.xmlsoap.org/soap/envelope/}Body/*")
    if call is None or not call.tag.startswith(f"{{{NS}}}"):
        raise FaultError(_vmodl.fault.InvalidRequest(), "no call in the body")
    this = call.find(f"{{{NS}}}_this")
    stated = (this.get("versionId") if this is not None else None) or VERSIONS[0]
    known = {_support.versionIdMap[v]: v for v in _support.GetServiceVersions("vim25")}
    return call, str(known.get(stated, known[VERSIONS[0]]))


def _tag(call: ET.Element) -> str:
    return call.tag.rpartition("}")[2]


def _text(node: ET.Element, name: str) -> str:
    found = node.find(f"{{{NS}}}{name}")
    return "" if found is None else (found.text or "")


def _xml(value: Any, version: str) -> str:
    if value is None:
        return ""
    info = _support.Object(name="returnval", type=type(value), flags=_support.F_OPTIONAL, version=version)
    maps = _soap.SOAP_NSMAP.copy()
    maps[NS] = ""
    return str(_soap.SerializeToStr(value, info, version, maps))


def _fault_xml(exc: FaultError) -> str:
    maps = _soap.SOAP_NSMAP.copy()
    maps[NS] = ""
    name = type(exc.fault)._wsdlName
    info = _support.Object(name=f"{name}Fault", type=type(exc.fault), flags=0, version=exc.fault._version)
    detail = str(_soap.SerializeFaultDetail(exc.fault, info, nsMap=maps))
    return (
        f"{_HEAD}<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>{escape(exc.message)}</faultstring>"
        f"<detail>{detail}</detail></soapenv:Fault>{_TAIL}"
    )
