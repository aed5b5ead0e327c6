"""What is counted of the photos' road: which sources it is calibrated and judged on, and what it answers to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.learn.poses import six
from pipeline.learn.poses.network import ensemble_logs
from pipeline.learn.poses.road import Calibration, Judged, Road, calibrated, road_figures, together_judged
from pipeline.learn.poses.school import School, called
from pipeline.learn.poses.stills import Stills, capped
from pipeline.photo.name import NAMES, POSES
from pipeline.photo.network import softened
from pipeline.values import UNKNOWN

JUDGED: Final = ("s01", "s09", "s12", "s14", "s16", "s17")
# left out in turn, so that temperature, odds and working points come from what had not been seen; generated footage is
# left out, too, but counts nowhere: a name may be right there, its movement is not, and nobody photographs it
CALIBRATED: Final = (("s03", "s04", "s05", "s06", "s07"), ("s08", "s10", "s15"), ("s02", "s11", "s13", "s40"))
GENERATED: Final = ("s02", "s13")
MOST_JUDGED: Final = 400  # filmed stills of a name that are counted
MOST_CALIBRATED: Final = 150  # and of those calibrated on, so that push-ups do not set the points of all
PEOPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "people tried on": (
        "p01",
        "p02",
        "p03",
    ),  # of pose_six: descriptions of poses and rules of holds were tried on them
    "other people": ("p04", "p05", "p06"),  # these decided nothing
}


def counted(filmed: Stills, sources: Sequence[str], most: int, seed: int) -> Stills:
    """At most so many stills of a name of these sources, generated ones left out; "unknown" says in the data that
    nobody could tell, so no answer to it is wrong."""
    wanted = [one for one in sources if one not in GENERATED]
    told = np.isin(filmed.source, wanted) & (filmed.answer != NAMES.index(UNKNOWN))
    return capped(filmed.rows(told), most, np.random.default_rng(seed))


def asked(road: Road, stills: Stills) -> Judged:
    """What the road answers to the stills."""
    return Judged(road.logs(stills.seen, stills.placed), stills.answer)


def asked_photos(school: School, road: Road, *fold: int) -> Judged:
    """What it answers to the photos of yoga of these folds."""
    photos = school.course.of(*fold)
    return Judged(road.logs(photos.seen), called(photos.answer))


def judged_stills(filmed: Stills, road: Road, seed: int) -> dict[str, Judged]:
    """What it answers to the judged sources: at the end of movements, at any moment, and without depth."""
    stills = counted(filmed, JUDGED, MOST_JUDGED, seed)
    judged, flat = asked(road, stills), Judged(road.logs(stills.seen), stills.answer)
    return {
        "stills, end of the movement": judged.rows(stills.at_end),
        "stills, any moment": judged.rows(~stills.at_end),
        "stills, end of the movement, without depth": flat.rows(stills.at_end),
    }


def in_turn(watched: Judged, outside: Mapping[str, Judged]) -> dict[str, dict[str, float]]:
    """Figures of each calibrated part, weighed and said as the others alone would have it."""
    rest = {key: [part for other, part in outside.items() if other != key] for key in outside}
    return {
        key: road_figures(outside[key], calibrated(watched, together_judged(others))) for key, others in rest.items()
    }


def six_figures(folder: Path, road: Road, calibration: Calibration) -> dict[str, dict[str, float]]:
    """Moments of another source's holds, taken as photos: on the whole road, and by the poses' networks alone."""
    held, found = six.read_six(folder), {}
    for key, people in PEOPLE.items():
        some = held.of(*people)
        found[key] = six.figures(calibration.weighing.probability(road.logs(some.seen)), NAMES, some)
        poses = softened(ensemble_logs(road.poses, some.seen), 1.0)
        found[f"{key}, `poses.onnx` alone"] = six.figures(poses, POSES, some)
    return found


def told_figures(folder: Path) -> dict[str, dict[str, float]]:
    """The same source's whole recordings sent as clips, through the networks that are in the package now."""
    return {key: six.told_figures(six.read_tracks_of_six(folder, people)) for key, people in PEOPLE.items()}
