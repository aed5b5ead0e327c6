"""Leave sources of stills out in turn, and answer them by networks that never saw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.learn.poses import six
from pipeline.learn.poses.all_networks import (
    AllNetworks,
    Answers,
    Calibration,
    Scored,
    answers_of,
    calibrated,
    joined_scores,
)
from pipeline.learn.poses.network import ensemble_logs
from pipeline.learn.poses.stills import Stills, capped
from pipeline.learn.poses.training_data import TrainingData, called
from pipeline.learn.poses.updown import SOURCE as UPDOWN
from pipeline.photo.name import NAMES, POSES
from pipeline.recognize.decide import softmax
from pipeline.values import UNKNOWN, Mask

# publishers left out together, in turn: what answers a still, and what weighs that answer, never saw one of its source.
# Generated footage (s02, s13) teaches, but counts nowhere: a name may be right there, its movement is not, and nobody
# photographs it
PARTS: Final = (
    ("s01", "s03", "s04", "s05", "s11", "s12"),
    ("s06", "s07"),
    ("s08", "s10", "s15"),
    ("s09", "s40"),
    ("s14", "s16", "s17"),
    (UPDOWN,),
)
MOST_COUNTED: Final = 100  # stills of a name of one source, so that push-ups do not set the points of all
PEOPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "people tried on": (
        "p01",
        "p02",
        "p03",
    ),  # of pose_six: descriptions of poses and rules of holds were tried on them
    "other people": ("p04", "p05", "p06"),  # these decided nothing
}


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Stills of some sources as networks that saw none of these answer them, with depth and flat, without it; at_end
    (N,) which were taken at the end of a movement."""

    scored: Scored
    flat: Scored
    at_end: Mask


def counted(filmed: Stills, sources: Sequence[str], most: int, seed: int) -> Stills:
    """At most so many stills of a name of these sources; "unknown" says in the data that nobody could tell, so no
    answer to it is wrong."""
    told = np.isin(filmed.source, sources) & (filmed.answer != NAMES.index(UNKNOWN))
    return capped(filmed.rows(told), most, np.random.default_rng(seed))


def asked(networks: AllNetworks, stills: Stills) -> Part:
    """The networks' scores of the stills, with depth and without."""
    with_depth = Scored(networks.logs(stills.seen, stills.placed), stills.answer)
    return Part(with_depth, Scored(networks.logs(stills.seen), stills.answer), stills.at_end)


def asked_photos(data: TrainingData, networks: AllNetworks, *fold: int) -> Scored:
    """The networks' scores of the yoga photos of these folds."""
    photos = data.folds.of(*fold)
    return Scored(networks.logs(photos.seen), called(photos.answer))


def calibrated_by(watched: Scored, parts: Sequence[Part]) -> Calibration:
    """What watched photos of yoga and the stills of these parts would have chosen."""
    return calibrated(watched, joined_scores([part.scored for part in parts]))


def in_turn(watched: Scored, parts: Mapping[str, Part]) -> dict[str, Calibration]:
    """How each part is weighed and said: as the others alone would have it."""
    return {key: calibrated_by(watched, [part for other, part in parts.items() if other != key]) for key in parts}


def rows_in_turn(parts: Mapping[str, Part], by: Mapping[str, Calibration]) -> dict[str, list[Answers]]:
    """What is said of the stills, part by part: at the end of movements, at any moment, and flat."""
    return {
        "stills, end of the movement": [
            answers_of(part.scored.rows(part.at_end), by[key]) for key, part in parts.items()
        ],
        "stills, any moment": [answers_of(part.scored.rows(~part.at_end), by[key]) for key, part in parts.items()],
        "stills, end of the movement, without depth": [
            answers_of(part.flat.rows(part.at_end), by[key]) for key, part in parts.items()
        ],
    }


def six_figures(folder: Path, networks: AllNetworks, calibration: Calibration) -> dict[str, dict[str, float]]:
    """Moments of another source's holds, taken as photos: by all networks, and by the poses' networks alone."""
    held, found = six.read_six(folder), {}
    for key, people in PEOPLE.items():
        some = held.of(*people)
        found[key] = six.figures(calibration.weighing.probability(networks.logs(some.seen)), NAMES, some)
        poses = softmax(ensemble_logs(networks.poses, some.seen), 1.0)
        found[f"{key}, `poses.onnx` alone"] = six.figures(poses, POSES, some)
    return found


def told_figures(folder: Path) -> dict[str, dict[str, float]]:
    """The same source's whole recordings sent as clips, through the networks that are in the package now."""
    return {key: six.told_figures(six.read_tracks_of_six(folder, people)) for key, people in PEOPLE.items()}
