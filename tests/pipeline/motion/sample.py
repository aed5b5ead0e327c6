"""The sensor log that ships with the project: `python -m tests.pipeline.motion.sample [FOLDER]` makes it and its truth.

A simulated wrist, nobody's: ten curls, twenty seconds of rest, ten slower ones, as an app would export it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from pipeline.values import Array
from tests.pipeline.motion.wrist import Plan, Simulated, simulate

COMMAND = "python -m tests.pipeline.motion.sample"
FOLDER = Path(__file__).resolve().parents[3] / "bot" / "demo"
RATE_HZ = 50.0
SEED = 7  # the same for both sets, with as many repetitions: the sensor stays as it was strapped on
HEADER = "time (s),acceleration x (m/s^2),acceleration y (m/s^2),acceleration z (m/s^2)"
CURLS = Plan(there_s=1.1, pause_s=0.2, back_s=1.7, rest_s=0.3, reps=10, swing_deg=125.0, lead_s=8.0)
SLOWER = Plan(there_s=1.2, pause_s=0.2, back_s=1.9, rest_s=0.3, reps=10, swing_deg=125.0, lead_s=15.0)


def main(folder: Path) -> None:
    """`sample-log.csv` and `sample-log.json` lie in `folder`."""
    sets = [simulate("swing", plan, np.random.default_rng(SEED), RATE_HZ) for plan in (CURLS, SLOWER)]
    rows = np.concatenate([one.log.acceleration_m_s2 for one in sets])
    (folder / "sample-log.csv").write_text(written(rows), "utf-8")
    (folder / "sample-log.json").write_text(json.dumps(told(sets), indent=1) + "\n", "utf-8")


def written(rows: Array) -> str:
    """The log as an app exports it."""
    lines = (f"{number / RATE_HZ:.2f},{x:.2f},{y:.2f},{z:.2f}" for number, (x, y, z) in enumerate(rows))
    return "\n".join([HEADER, *lines]) + "\n"


def told(sets: list[Simulated]) -> dict[str, object]:
    """The truth as JSON: each set's repetitions, seconds from the log's start to the millisecond."""
    starts_s = np.cumsum([0.0, *(len(one.log.times_s) / RATE_HZ for one in sets)])
    return {
        "made_by": COMMAND,
        "sets": [
            [{key: round(value + start_s, 3) for key, value in asdict(rep).items()} for rep in one.reps]
            for one, start_s in zip(sets, starts_s.tolist(), strict=False)
        ],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
