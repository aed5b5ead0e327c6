"""A still body named: which pose of yoga or which exercise of the gym, weighed against each other in one decision.

in the picture ─┬─> the stills' network   every pose and exercise: yoga or gym, and which
                └─> the poses' network    which pose, if it is one
in space ─────────> the space network     which exercise, if it is one
at the hands ─────> equipment             what is held, which landmarks do not show
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from pipeline.catalogue import exercises
from pipeline.catalogue.pose import yoga_poses
from pipeline.photo.answer import ALTERNATIVES, Answer, answer, unsure
from pipeline.photo.equipment import at_the_hands, speaks_for
from pipeline.photo.network import pose_network, space_network, still_network
from pipeline.photo.shape import Shapes, framed, shapes
from pipeline.photo.space import Bodies, bodies
from pipeline.recognize.decide import family_of, softmax
from pipeline.recognize.earlier_names import times_expected
from pipeline.values import UNKNOWN, Array, Candidate, Indices, PoseTrack
from pipeline.video.pixels import Pixels

# exercises that are poses: one name for both, the one that has Sanskrit and a reference
SAME: Final[Mapping[str, str]] = MappingProxyType(
    {
        "yoga_downward_dog": "downward_facing_dog",
        "yoga_triangle_pose": "triangle_pose",
        "side_plank": "side_plank_pose",
        "handstand": "handstand_pose",
    }
)
# poses that are one exercise: in a photo they are called by its name, on the hands or on the forearms
ONE_EXERCISE: Final[Mapping[str, str]] = MappingProxyType({"plank_pose": "plank", "dolphin_plank_pose": "plank"})
# poses that a moment of an exercise looks like in a still: that exercise is offered beside them, and the pose is said
# only where yoga is this sure; rendered leg raises were legs up the wall with 0.85 to 0.94, see weights/pose_stills.md
ALIKE_SURE: Final = 0.97
LOOKS_LIKE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "chair_pose": "squat",
        "garland_pose": "squat",
        "four_limbed_staff_pose": "push_up",
        "low_lunge_pose": "lunge",
        "bridge_pose": "glute_bridge",
        "boat_pose": "russian_twist",
        "locust_pose": "superman",
        "staff_pose": "leg_extension",
        "legs_up_the_wall_pose": "leg_raise",
    }
)
POSES: Final = tuple(yoga_poses())
EXERCISES: Final = (*(name for name in exercises() if name not in SAME), UNKNOWN)
NAMES: Final = (*POSES, *EXERCISES)
KINDS: Final = tuple(map(family_of, NAMES))  # what each counts to where somebody named it before: a pose to itself
POSES_SAY: Final = 0.8  # of which pose it is, the poses' network: surprises least on photos that taught neither
# from this probability on what is at the hands has an exercise or its family said: see weights/equipment.md
SURE_WITH_EQUIPMENT: Final = 0.86
# how often each exercise is done: a step of the catalogue's commonness is twice as often
OFTEN: Final = 2.0 ** np.array([exercises()[name].commonness if name in exercises() else 1 for name in EXERCISES])


def name_still(track: PoseTrack, pixels: Pixels | None = None, told_before: Sequence[str] = ()) -> Answer:
    """What the one body of a track of one moment shows, its rows looks at the same body, all alike likely; with the
    picture itself, what is at the hands counts, too. told_before: the names that the same person gave to earlier sets
    and photos; these are expected more."""
    looked = still_probabilities(*body_of(track, np.arange(len(track.times_s)))).mean(axis=0)
    probabilities = expecting(looked, told_before)
    points = still_network().sure_from
    alone = answered(probabilities, points)
    if pixels is None:
        return alone
    levels = dict.fromkeys(("name", "group"), SURE_WITH_EQUIPMENT)
    held = with_equipment(probabilities, at_the_hands(pixels, track.image_px[0]))
    return agreed(alone, answered(held, points | {"exercise": points["exercise"] | levels}))


def expecting(probabilities: Array, told: Sequence[str]) -> Array:
    """Probabilities (K,) of `NAMES` for somebody who gave these names before: exercises by family, each pose by itself.

    How likely yoga and the gym are stays. Whoever named an exercise before is told it without being asked in 34 instead
    of 21 % of photos of it: `weights/pose_stills.md`.
    """
    kinds = {family_of(SAME.get(name, name)) for name in told}
    expected = probabilities.copy()
    for part, common in ((slice(0, len(POSES)), np.ones(len(POSES))), (slice(len(POSES), None), OFTEN)):
        times = times_expected(KINDS[part], common, kinds)
        if times is not None and probabilities[part].any():
            likelier = probabilities[part] * times
            expected[part] = likelier * (probabilities[part].sum() / likelier.sum())
    return expected


def agreed(alone: Answer, held: Answer) -> Answer:
    """The answer that knows what is at the hands; a name that landmarks alone are sure of is said as long as it is the
    likeliest in it, too."""
    best = held.names[0]
    if alone.level != "name" or alone.said != best.name:
        return held
    return replace(held, said=best.name, level="name", confidence=best.confidence)


def with_equipment(probabilities: Array, held: Array) -> Array:
    """Probabilities (..., K) of `NAMES` once it is known what is at the hands, as `at_the_hands` says it."""
    likelier = probabilities * np.exp(speaks_for(NAMES, held))
    return np.asarray(likelier / likelier.sum(axis=-1, keepdims=True))


def answered(probabilities: Array, sure_from: Mapping[str, Mapping[str, float]]) -> Answer:
    """What is said of one still, from (K,) of each of `NAMES`; nothing where yoga or gym is not sure itself, from the
    kind's own point on: there are few exercises that a still shows surely, and some poses for each of them."""
    pose = int(probabilities.argmax()) < len(POSES)
    share = probabilities[: len(POSES)].sum()
    points = sure_from["pose" if pose else "exercise"]
    given = beside_its_like(answer(NAMES, probabilities, points), probabilities)
    wanted = ALIKE_SURE if given.names[0].name in LOOKS_LIKE else points["kind"]
    return given if (share if pose else 1 - share) >= wanted else unsure(given)


def beside_its_like(given: Answer, probabilities: Array) -> Answer:
    """The same answer, with the exercise that its likeliest pose looks like among the first three names."""
    like = LOOKS_LIKE.get(given.names[0].name)
    before, after = given.names[: ALTERNATIVES - 1], given.names[ALTERNATIVES - 1 :]
    if like is None or like in [one.name for one in before]:
        return given
    others = [one for one in after if one.name != like]
    own = Candidate(like, float(probabilities[NAMES.index(like)]))
    return replace(given, names=(*before, own, *others)[: len(given.names)])


def body_of(track: PoseTrack, rows: Indices) -> tuple[Shapes, Bodies]:
    """The body at these rows of a track, in the picture's plane and in space."""
    image_px = framed(track.image_px[rows], track.width_px, track.height_px)
    seen = shapes(image_px, track.visibility[rows])
    return seen, bodies(track.world_m[rows], seen.known)


def still_probabilities(seen: Shapes, placed: Bodies, *, yoga_log_odds: float = 0.0) -> Array:
    """(N, K) of each of `NAMES`; yoga_log_odds is what else, beside the bodies, speaks for yoga against the gym."""
    stills, space = still_network(), space_network()
    taught = over_names(stills.names, stills.logs(seen.unhidden())), over_names(space.names, space.logs(placed))
    logs = mixed(pose_network().logs(seen), *taught)
    weighing = Weighing(**stills.weighing)
    return replace(weighing, gym_odds=weighing.gym_odds - yoga_log_odds).probability(logs)


def over_names(names: Sequence[str], logs: Array) -> Array:
    """(N, K) logarithms over `NAMES` of those that a network gives to its own names (N, L): what came into the
    catalogue after it was taught it never says."""
    found = np.full((len(logs), len(NAMES)), -np.inf)
    found[:, [NAMES.index(name) for name in names]] = logs
    return found


def mixed(poses: Array, stills: Array, space: Array | None = None) -> Array:
    """(N, K) logarithms over `NAMES`, from those that the poses' network gives to the poses (N, P), the stills' one to
    all names (N, K), and the space network to all names where depth is known: exercises count as they are common;
    which pose it is the first two say, by POSES_SAY, which exercise the last two, weighing alike."""
    yoga, gym = stills[:, : len(POSES)], stills[:, len(POSES) :]
    pose = _shares(POSES_SAY * _shares(poses) + (1 - POSES_SAY) * _shares(yoga))
    if space is not None:
        gym = _shares((_shares(gym) + _shares(space[:, len(POSES) :])) / 2) + _total(gym)
    taught = np.isfinite(gym).any(axis=0)
    return _shares(np.concatenate([pose + _total(yoga), gym + np.log(OFTEN / OFTEN[taught].mean())], axis=1))


@dataclass(frozen=True, slots=True)
class Weighing:
    """What turns logarithms over `NAMES` into probabilities: how much poses among themselves and exercises among
    themselves are softmax, and the log-odds of the gym as kind_slope times the networks' own plus gym_odds."""

    pose_temperature: float = 1.0
    exercise_temperature: float = 1.0
    kind_slope: float = 1.0
    gym_odds: float = 0.0

    def probability(self, logs: Array) -> Array:
        """(N, K) of logarithms (N, K)."""
        yoga, gym = logs[:, : len(POSES)], logs[:, len(POSES) :]
        gym_share = 1 / (1 + np.exp(-self.kind_slope * gym_log_odds(logs) - self.gym_odds))[:, None]
        pose, exercise = softmax(yoga, self.pose_temperature), softmax(gym, self.exercise_temperature)
        return np.concatenate([(1 - gym_share) * pose, gym_share * exercise], axis=1)


def gym_log_odds(logs: Array) -> Array:
    """(N,) of any exercise against any pose."""
    return np.asarray((_total(logs[:, len(POSES) :]) - _total(logs[:, : len(POSES)]))[:, 0])


def _shares(logs: Array) -> Array:
    return np.asarray(logs - _total(logs))


def _total(logs: Array) -> Array:
    return np.asarray(np.logaddexp.reduce(logs, axis=1, keepdims=True))
