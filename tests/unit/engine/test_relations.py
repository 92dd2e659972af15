"""Which applications an asset touches; instances and their hosts; what the inventory may not say."""

from __future__ import annotations

from typing import Any

import pytest

from xunwei.errors import InputError, PackError
from xunwei.flow.gathering import gather
from xunwei.inventory import spread_services
from xunwei.model import Asset


def asset(name: str, *needs: str, services: tuple[str, ...] = (), host: str = "") -> Asset:
    return Asset(name, "linux", "server", needs=needs, services=services, host=host or name)


def services(*assets: Asset) -> dict[str, tuple[str, ...]]:
    return {a.name: a.services for a in spread_services(list(assets))}


def test_services_reach_all_that_is_needed_and_no_more() -> None:
    found = services(
        asset("app", "web-*", "db", services=("受理",)), asset("web-1", "switch"), asset("web-2", "switch"),
        asset("db", host="db-host"), asset("db-host", "disks"), asset("disks"), asset("switch"), asset("alone"),
        asset("other", "switch", services=("考勤",)),
    )  # fmt: skip
    assert found["db-host"] == found["disks"] == found["web-1"] == ("受理",)
    assert set(found["switch"]) == {"受理", "考勤"}
    assert found["alone"] == ()
    assert found["other"] == ("考勤",)


def test_circles_end() -> None:
    found = services(asset("a", "b", services=("x",)), asset("b", "c"), asset("c", "a"))
    assert found == {"a": ("x",), "b": ("x",), "c": ("x",)}


def test_a_need_that_names_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="asset app: asset_needs names 'no-such'"):
        services(asset("app", "no-such", services=("x",)))


BASE: dict[str, Any] = {"asset_platform": "linux", "asset_class": "server"}


def test_a_limited_run_still_knows_the_services() -> None:
    others = {"app": {**BASE, "asset_services": ["受理"], "asset_needs": ["web"]}, "broken": {"asset_class": "x"}}
    [web] = gather({"web": BASE}, others)
    assert web.services == ("受理",)


def test_a_shell_instance_needs_a_host_with_a_shell() -> None:
    rows = [{"name": "pg", "platform": "postgresql", "asset_class": "database"}]
    device = {"asset_platform": "redfish", "asset_class": "bmc", "asset_instances": rows}
    with pytest.raises(InputError, match="inventory host bmc: instance pg: platform postgresql is asked"):
        gather({"bmc": device})


@pytest.mark.parametrize("links", ["x", [{"port": "1"}], [{"peer": "a"}], [1]])
def test_links_are_checked(links: object) -> None:
    with pytest.raises(InputError, match="asset_links is not a list of"):
        gather({"sw": {**BASE, "asset_links": links}})


def test_checks_by_hand_have_an_asset_of_their_own() -> None:
    host = {**BASE, "asset_manual_checks": ["indicator"], "asset_model": "X", "asset_services": ["受理"]}
    found = {a.name: a for a in gather({"srv-1": host})}
    assert set(found) == {"srv-1", "srv-1/manual"}
    assert found["srv-1/manual"].services == ("受理",)
    assert found["srv-1/manual"].declared == {}


def test_a_way_to_collect_that_is_none(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "pack.yml").write_text("platform: odd\ntitle: {zh: a, en: b}\ncollector: ftp\n", encoding="utf-8")
    (folder / "sections.yml").write_text("[]\n", encoding="utf-8")
    monkeypatch.setenv("XUNWEI_PACKS_PATH", str(tmp_path))
    with pytest.raises(PackError, match=r"pack\.yml: nothing collects by 'ftp'"):
        gather({"h": {**BASE, "asset_platform": "odd"}})
