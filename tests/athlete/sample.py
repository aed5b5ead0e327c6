"""The clip that ships with the project: `python -m tests.athlete.sample [FOLDER]` films it and writes its truth.

One set of five squats, from the right and a little ahead, so that its form can be judged; the last lifts slower than
the first, as in a set that is hard work.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.athlete.camera import Camera
from tests.athlete.film import Encoding, film
from tests.athlete.render import Quality
from tests.athlete.take import Frames, Pace, Take
from tests.athlete.truth import Truth

COMMAND = "python -m tests.athlete.sample"
FOLDER = Path(__file__).resolve().parents[2] / "bot" / "demo"

SAMPLE = Take(
    exercise="squat",
    reps=5,
    pace=Pace(eccentric_s=1.8, pause_s=0.3, concentric_s=1.1, rest_s=0.6, slowing=0.45),
    lead_in_s=0.9,
    lead_out_s=0.9,
    frames=Frames(rate_hz=30.0),
    camera=Camera(yaw_deg=66.0, height_m=1.12, distance_m=2.6, width_px=480, height_px=854),
)
FINEST = Quality(fineness=2, grain=0.0)
SMALL = Encoding(crf=26, preset="slow")


def main(folder: Path) -> None:
    """`sample.mp4` and `sample.json` lie in `folder`."""
    truth = film(SAMPLE, folder / "sample.mp4", FINEST, SMALL)
    (folder / "sample.json").write_text(json.dumps(told(truth), indent=1) + "\n", "utf-8")


def told(truth: Truth) -> dict[str, object]:
    """The truth as JSON; seconds to the millisecond."""
    reps = [
        {key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(rep).items()}
        for rep in truth.reps
    ]
    return {
        "made_by": COMMAND,
        "exercise": truth.exercise,
        "rep_count": truth.rep_count,
        "duration_s": round(truth.duration_s, 3),
        "yaw_deg": SAMPLE.camera.yaw_deg,
        "reps": reps,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
