"""The lab's vCenter is strict: what the real server refuses it refuses, with the same faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from pyVmomi import SoapAdapter, vim, vmodl

from xunwei.errors import InputError
from xunwei.lab import content
from xunwei.lab.vsphere_content import Content, service_content
from xunwei.lab.vsphere_soap import Service

from .conftest import FOLDER, Vcenter

SPEC = vmodl.query.PropertyCollector


class Client(SoapAdapter.SoapStubAdapterBase):  # type: ignore[misc, name-defined]
    """pyVmomi's client side, without a network."""

    def __init__(self, service: Service) -> None:
        super().__init__(version="vim.version.v8_0_2_0")
        self.service, self.cookie, self.requestContext = service, "", {}

    def InvokeMethod(self, mo: Any, info: Any, args: Any) -> Any:  # noqa: N802
        status, text, session = self.service.answer(self.SerializeRequest(mo, info, args), self.cookie)
        self.cookie = session or self.cookie
        found = SoapAdapter.SoapResponseDeserializer(self).Deserialize(text, info.result)
        if status == 500:
            raise found
        return found


@pytest.fixture
def server() -> Any:
    state, _ = content.load_personality(FOLDER)
    now = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    inventory = Content(state, {}, now).build()
    service = Service(service_content(state), lambda: inventory, lambda user, password: (user, password) == ("u", "p"))
    return vim.ServiceInstance("ServiceInstance", Client(service)).RetrieveContent()


def retrieve(server: Any, kind: Any, path: str, ident: str) -> Any:
    spec = SPEC.FilterSpec(
        objectSet=[SPEC.ObjectSpec(obj=kind(ident, server._stub if hasattr(server, "_stub") else None))],
        propSet=[SPEC.PropertySpec(type=kind, all=False, pathSet=[path])],
    )
    return server.propertyCollector.RetrievePropertiesEx([spec], SPEC.RetrieveOptions())


def test_nothing_without_a_session(server: Any) -> None:
    with pytest.raises(vim.fault.NotAuthenticated):
        server.viewManager.CreateContainerView(server.rootFolder, [vim.HostSystem], True)
    with pytest.raises(vim.fault.InvalidLogin):
        server.sessionManager.Login("u", "wrong", None)


def test_faults(server: Any) -> None:
    server.sessionManager.Login("u", "p", None)
    with pytest.raises(vmodl.query.InvalidProperty) as caught:
        retrieve(server, vim.HostSystem, "summary.noSuchThing", "host-11")
    assert caught.value.name == "summary.noSuchThing"
    with pytest.raises(vmodl.fault.ManagedObjectNotFound):
        retrieve(server, vim.HostSystem, "name", "host-999")
    with pytest.raises(vmodl.fault.NotSupported):
        server.rootFolder.CreateFolder("x")  # the lab has no method that changes anything
    found = retrieve(server, vim.HostSystem, "summary.config.product.version", "host-11")
    assert found.objects[0].propSet[0].val == "8.0.3"
    server.sessionManager.Logout()
    with pytest.raises(vim.fault.NotAuthenticated):
        retrieve(server, vim.HostSystem, "name", "host-11")


@pytest.mark.parametrize("body", [b"", b"<x/>", b"not xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_what_is_no_call_is_a_fault(server: Any, body: bytes) -> None:
    state, _ = content.load_personality(FOLDER)
    service = Service(
        service_content(state), lambda: Content(state, {}, dt.datetime.now(dt.UTC)).build(), lambda u, p: True
    )
    status, text, session = service.answer(body, "")
    assert (status, session) == (500, "")
    assert "InvalidRequest" in text


def test_a_fault_that_means_nothing_is_refused(start: Callable[..., Vcenter]) -> None:
    server = start()
    for name, value in (("vm_off", "nobody"), ("licence_days", "soon"), ("no_such_fault", True)):
        with pytest.raises(InputError):
            server.lab.fault("vc-1", name, value)
