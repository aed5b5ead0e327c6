"""Convert a SetReport to JSON and back: schema 1, shared by the command line, the store and the export.

NaN is written as null and read back as NaN. The movement curve is not included: it is drawn from the track, which is
stored beside the report.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from pipeline.hidden_range import without_range
from pipeline.values import (
    Candidate,
    Caveat,
    Curve,
    Doubt,
    Finding,
    HeldPose,
    Recognition,
    Rep,
    SetReport,
    Source,
    Tempo,
    Timing,
    range_is_hidden,
)

SCHEMA = 1
DECIMALS = 3  # milliseconds and thousandths of a degree: finer than anything measured here


def to_json(report: SetReport) -> str:
    """The report as one line of JSON."""
    return json.dumps(to_plain(report), ensure_ascii=False)


def recording_json(reports: Sequence[SetReport]) -> str:
    """A recording's reports as one line of JSON: its only set, or the whole with the sets' own reports under "sets"."""
    if len(reports) == 1:
        return to_json(reports[0])
    plain = {**to_plain(whole(reports)), "sets": [to_plain(report) for report in reports]}
    return json.dumps(plain, ensure_ascii=False)


def whole(reports: Sequence[SetReport]) -> SetReport:
    """A recording's sets as one report: exercise, tempo and hold of the set with the most repetitions; all repetitions
    numbered through, all findings and doubts.
    """
    main = max(reports, key=lambda report: (report.rep_count, report.hold_s or 0.0))
    before = [sum(len(earlier.reps) for earlier in reports[:index]) for index in range(len(reports))]
    counted = list(zip(reports, before, strict=True))
    reps = [replace(rep, number=rep.number + done) for report, done in counted for rep in report.reps]
    findings = [
        replace(finding, reps=tuple(number + done for number in finding.reps))
        for report, done in counted
        for finding in report.findings
    ]
    caveats = {(caveat.doubt, *sorted(caveat.facts.items())): caveat for one in reports for caveat in one.caveats}
    poses = tuple(pose for report in reports for pose in report.poses)
    doubted = tuple(caveats.values())
    return replace(main, reps=tuple(reps), findings=tuple(findings), caveats=doubted, span_s=None, poses=poses)


def to_plain(report: SetReport) -> dict[str, Any]:
    """The report as plain lists, dicts, strings and numbers, in reading order."""
    plain = {
        "schema": SCHEMA,
        "source": asdict(report.source),
        "exercise": _exercise(report.recognition),
        "reps": [asdict(rep) for rep in report.reps],
        "rep_count": report.rep_count,
        "hold_s": report.hold_s,
        "hold_start_s": report.hold_start_s,
        "sway_m": report.sway_m,
        "poses": [asdict(pose) for pose in report.poses],
        "tempo": asdict(report.tempo) if report.tempo else None,
        "first_phase": report.first_phase,
        "span_s": report.span_s,
        "findings": [asdict(finding) for finding in report.findings],
        "form_judged": list(report.form_judged),
        "caveats": [{"doubt": caveat.doubt.value, "facts": dict(caveat.facts)} for caveat in report.caveats],
        "timing": asdict(report.timing),
        "method": dict(report.method),
    }
    cleaned: dict[str, Any] = strict(plain)
    return cleaned


def from_json(text: str) -> SetReport:
    """The report that `to_json` wrote, with an empty curve. Raises ValueError for another schema."""
    plain = json.loads(text)
    if plain.get("schema") != SCHEMA:
        raise ValueError(f"a report of schema {SCHEMA} was wanted, got {plain.get('schema')}")
    reps = tuple(Rep(**_seen(rep)) for rep in plain["reps"])
    caveats = tuple(Caveat(Doubt(caveat["doubt"]), caveat["facts"]) for caveat in plain["caveats"])
    return SetReport(
        source=Source(**plain["source"]),
        recognition=_recognition(plain["exercise"]),
        reps=without_range(reps) if range_is_hidden(caveats) else reps,  # it was stored with them once
        hold_s=plain["hold_s"],
        hold_start_s=plain.get("hold_start_s"),
        sway_m=plain.get("sway_m"),
        poses=tuple(HeldPose(**pose) for pose in plain.get("poses", ())),
        tempo=Tempo(**_seen(plain["tempo"])) if plain["tempo"] else None,
        curve=Curve(np.empty(0), np.empty(0), "", ""),
        findings=tuple(Finding(**{**finding, "reps": tuple(finding["reps"])}) for finding in plain["findings"]),
        caveats=caveats,
        timing=Timing(**_seen(plain["timing"])),
        method=plain["method"],
        first_phase=plain["first_phase"],
        span_s=tuple(plain["span_s"]) if plain.get("span_s") else None,
        form_judged=tuple(plain.get("form_judged", ())),
    )


def _exercise(recognition: Recognition) -> dict[str, Any]:
    return {
        "name": recognition.name,
        "confidence": recognition.confidence,
        "alternatives": [asdict(candidate) for candidate in recognition.alternatives],
        "given": recognition.given,
        "coarse": recognition.coarse,
        "as_before": recognition.as_before,
    }


def _recognition(plain: Mapping[str, Any]) -> Recognition:
    alternatives = tuple(Candidate(**candidate) for candidate in plain["alternatives"])
    kept = {key: plain.get(key, False) for key in ("coarse", "as_before")}
    return Recognition(plain["name"], plain["confidence"], alternatives, plain["given"], **kept)


def strict(value: Any) -> Any:
    """The value as strict JSON: NaN and infinity become null, numbers are rounded to DECIMALS."""
    if isinstance(value, dict):
        return {key: strict(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [strict(part) for part in value]
    if isinstance(value, float):
        return round(value, DECIMALS) if math.isfinite(value) else None
    return value


def _seen(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {key: math.nan if value is None else value for key, value in plain.items()}
