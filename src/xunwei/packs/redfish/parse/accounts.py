"""`/redfish/v1/AccountService` and its accounts. Passwords are never read.

Sample (DSP0268 AccountService, ManagerAccount): {"@odata.type": "#AccountService.v1_0_2.AccountService",
"AccountLockoutThreshold": 5, "AccountLockoutDuration": 300, "MinPasswordLength": 8,
"Oem": {"Huawei": {"PasswordComplexityCheckEnabled": true}}}
{"@odata.type": "#ManagerAccount.v1_0_2.ManagerAccount", "Id": "2", "UserName": "root", "RoleId": "Administrator",
"Locked": false, "Enabled": true, "Password": null}

A slot without a user name is an empty slot.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, Json, Resource, at, distinct, flag, text, vendor, whole
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Password rules and accounts. Raises Unparsed."""
    book = Book(raw).only("AccountService", "ManagerAccount")
    lost = [r for r in book.unread() if "/Accounts/" in r.path]
    for other in book.unread():
        if other not in lost:
            raise Unparsed(f"{other.path}: {other.failed}")
    service = next(iter(book.of("AccountService")), None)
    if service is None:
        raise Unparsed("no AccountService in the answer")
    named = [r for r in book.of("ManagerAccount") if text(r.body, "UserName")]
    accounts = [_account(r) for r in sorted([*named, *lost], key=lambda r: r.path)]
    facts = {
        "lockout_threshold": whole(service.body, "AccountLockoutThreshold"),
        "lockout_seconds": whole(service.body, "AccountLockoutDuration"),
        "min_length": whole(service.body, "MinPasswordLength"),
        "complexity": flag(vendor(service.body), "PasswordComplexityCheckEnabled"),
        "accounts": distinct(accounts),
    }
    return at(facts, service.line)


def _account(resource: Resource) -> Json:
    body = resource.body
    facts = {
        "name": text(body, "UserName") or resource.last,
        "role": text(body, "RoleId"),
        "enabled": flag(body, "Enabled"),
        "locked": flag(body, "Locked"),
    }
    return at(facts, resource.line)
