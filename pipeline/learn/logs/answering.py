"""Evaluate all networks that name logs together, as a user meets them, on people that none was trained on."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from tqdm import tqdm

from pipeline.learn.logs.export import export
from pipeline.learn.logs.figures import AS_RECORDED, UNCALIBRATED, Held
from pipeline.learn.logs.lessons import ULIFT
from pipeline.learn.logs.recordings import REST, LabelledLog
from pipeline.learn.logs.set_export import SetModel, export_sets
from pipeline.learn.logs.teams import Team
from pipeline.learn.logs.trials import CHANGES, Change, Trial, attempt, attempt_workouts
from pipeline.learn.onnx_graph import WEIGHT_TYPES, Precision
from pipeline.motion.network import LogNetwork, open_network
from pipeline.motion.set_network import open_set_network
from pipeline.motion.windows import even
from pipeline.values import Array, Floats

WORN: Final = (AS_RECORDED, "turned 180°", "signs flipped", "any rotation")  # changes that last a workout


@dataclass(frozen=True, slots=True, eq=False)
class Answering:
    """A team of networks and ONNX files of whole sets, with gravity and without, with the logs of people that none of
    them saw."""

    team: Team
    sets: bytes
    bare_sets: bytes
    logs: Sequence[LabelledLog]

    def opened(self, precision: Precision = "half", typical: Floats | None = None) -> LogNetwork:
        """As it answers a user, not calibrated."""
        sets, bare_sets = map(open_set_network, (self.sets, self.bare_sets))
        return open_network(export(self.team, UNCALIBRATED, precision, typical), sets, bare_sets)


def hold_out(answering: Sequence[Answering], changes: Mapping[str, Change] = CHANGES) -> Held:
    """Logs answered by networks that saw none of their people; sets of uLift under every change."""
    trials: dict[str, list[Trial]] = {name: [] for name in changes}
    for number, one in enumerate(answering):
        opened = one.opened()
        for name, change in changes.items():
            tried = one.logs if name == AS_RECORDED else lifts_of(one.logs)
            trials[name].append(attempt(opened, tried, change, seed=number, what=f"group {number + 1}, {name}"))
    logs = [log for one in answering for log in one.logs]
    return Held(logs, {name: Trial.joined(parts) for name, parts in trials.items()})


def hold_out_workouts(answering: Sequence[Answering]) -> dict[str, Array]:
    """(M, C) answers of the sets of uLift, the sets of a workout named together, under each of WORN."""
    opened = [one.opened() for one in answering]
    return {
        name: np.concatenate(
            [
                attempt_workouts(net, lifts_of(one.logs), CHANGES[name], seed=number, what=f"workouts {name}")
                for number, (net, one) in enumerate(zip(opened, answering, strict=True))
            ]
        )
        for name in WORN
    }


def lifts_of(logs: Sequence[LabelledLog]) -> list[LabelledLog]:
    """The sets of uLift among the logs."""
    return [one for one in logs if one.data_set == ULIFT and one.label != REST]


def set_precisions(model: SetModel, sets: Sequence[LabelledLog]) -> dict[str, dict[str, float]]:
    """Size, time of one core for a set, channels and all, and sets named right by it alone, at each precision."""
    frames = [even(one.log).values[:, :3] for one in sets]
    truth = np.array([model.classes.index(one.label) for one in sets])
    rows: dict[str, dict[str, float]] = {}
    for precision in WEIGHT_TYPES:
        written = export_sets(model, precision)
        opened = open_set_network(written)
        started = time.process_time()
        told = [opened.log_evidence(one) for one in tqdm(frames, desc=precision, ncols=90, mininterval=5)]
        set_ms = (time.process_time() - started) / len(sets) * 1000
        right = [one is not None and one.argmax() == true for one, true in zip(told, truth, strict=True)]
        rows[precision] = {
            "bytes": len(written),
            "set_ms": round(set_ms, 1),
            "accuracy": round(float(np.mean(right)), 4),
        }
    return rows
