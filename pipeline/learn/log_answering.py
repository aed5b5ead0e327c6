"""Everything that names a log put together as a user would meet it, and tried on people that none of it saw."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.learn.log_export import Precision, export
from pipeline.learn.log_figures import AS_RECORDED, UNCALIBRATED, Held
from pipeline.learn.log_lessons import ULIFT
from pipeline.learn.log_recordings import REST, LabelledLog
from pipeline.learn.log_teams import Team
from pipeline.learn.log_trials import CHANGES, Change, Trial, attempt
from pipeline.motion.network import LogNetwork, open_network
from pipeline.motion.set_network import open_set_network
from pipeline.motion.windows import Floats, even

TIMED_SETS: Final = 50


@dataclass(frozen=True, slots=True, eq=False)
class Answering:
    """A team of networks and an ONNX file of whole sets, with the logs of people that neither saw."""

    team: Team
    sets: bytes
    logs: Sequence[LabelledLog]

    def opened(self, precision: Precision = "half", typical: Floats | None = None) -> LogNetwork:
        """As it answers a user, not calibrated."""
        return open_network(export(self.team, UNCALIBRATED, precision, typical), open_set_network(self.sets))


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


def lifts_of(logs: Sequence[LabelledLog]) -> list[LabelledLog]:
    """The sets of uLift among the logs."""
    return [one for one in logs if one.data_set == ULIFT and one.label != REST]


def size_and_time(model: bytes, sets: Sequence[LabelledLog]) -> dict[str, float]:
    """Size of the network of whole sets, and its time of one core for one, channels and all."""
    opened = open_set_network(model)
    some = [even(one.log).values[:, :3] for one in sets[:TIMED_SETS]]
    started = time.process_time()
    for one in some:
        opened.log_evidence(one)
    return {"sets_bytes": len(model), "set_ms": round((time.process_time() - started) / len(some) * 1000, 1)}
