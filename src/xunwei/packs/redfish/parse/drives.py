"""Drives: `Systems/*/Storage/*/Drives/*`, `Chassis/*/Drives/*` (iBMC keeps them there), or `SimpleStorage` devices.

Sample (iBMC; DSP0268 Drive): {"@odata.type": "#Drive.v1_1_0.Drive", "Id": "HDDPlaneDisk0", "Name": "Disk0",
"CapacityBytes": 600127266816, "FailurePredicted": false, "Protocol": "SAS", "MediaType": "HDD",
"PredictedMediaLifeLeftPercent": null, "Status": {"Health": "OK", "State": "Enabled"}, "Oem": {"Huawei":
{"FirmwareStatus": "Online", "RebuildState": "DoneOrNotRebuilt", "TemperatureCelsius": 28, "HoursOfPoweredUp": 41210,
"SASSmartInformation": {"MediaErrorCount": 0}}}}

The places of media error counts are by the vendor's manual, not by a recording.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import (
    Book,
    Json,
    at,
    distinct,
    flag,
    health,
    label,
    number,
    record,
    state,
    text,
    vendor,
    whole,
)


def parse(raw: str) -> dict[str, Any]:
    """Facts of each drive that is there. Raises Unparsed."""
    book = Book(raw).only("Drive", "SimpleStorage")
    bodies = [(r.body, r.line, r.last) for r in book.members("Drive")]
    bodies += [(b, line, r.last) for r in book.of("SimpleStorage") for b, line in book.embedded(r, "Devices")]
    drives = distinct([_drive(*entry) for entry in bodies])
    counters: list[Json] = []
    wear: list[Json] = []
    states: list[Json] = []
    for drive, (body, line, _) in zip(drives, bodies, strict=True):
        errors, left = _media_errors(body), number(body, "PredictedMediaLifeLeftPercent")
        if errors is not None:
            counters.append(at({"name": drive["name"], "media_errors": errors}, line))
        if left is not None:
            wear.append(at({"name": drive["name"], "life_left_percent": left}, line))
        if drive["firmware_state"] is not None:
            states.append(at({"name": drive["name"], "firmware_state": drive["firmware_state"]}, line))
    return {"drives": drives, "error_counters": counters, "wear": wear, "raid_states": states}


def _drive(body: Json, line: int | None, fallback: str) -> Json:
    own = vendor(body)
    hours = whole(body, "PowerOnHours")
    facts = {
        "name": label(body, fallback),
        "model": text(body, "Model"),
        "serial": text(body, "SerialNumber"),
        "media": text(body, "MediaType"),
        "protocol": text(body, "Protocol"),
        "capacity_bytes": whole(body, "CapacityBytes"),
        "celsius": number(own, "TemperatureCelsius"),
        "hours": hours if hours is not None else whole(own, "HoursOfPoweredUp"),
        "firmware_state": text(own, "FirmwareStatus"),
        "rebuild": text(own, "RebuildState"),
        "failure_predicted": flag(body, "FailurePredicted"),
        "state": state(body),
        "health": health(body),
    }
    return at(facts, line)


def _media_errors(body: Json) -> int | None:
    own = vendor(body)
    places = (own, record(own, "SASSmartInformation"), record(own, "SATASmartInformation"))
    return next((count for place in places if (count := whole(place, "MediaErrorCount")) is not None), None)
