"""Teach the networks that weigh poses and exercises against each other in photos, in the picture and in space; measure
all networks together; write.

    spotter train poses DATA --tracks TRACKS

It learns from simulated sets of every exercise, simulated poses, filmed sets, another source's stills and photos of
yoga. Sources are left out in turn: what answers their stills saw none of them, and is weighed and said as the other
parts and watched photos would have it. What ships learned from all of them, and is weighed by all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from pipeline.catalogue import exercises
from pipeline.learn.begun import begin, digest_of, digest_of_files
from pipeline.learn.poses import stills_card, train
from pipeline.learn.poses.all_networks import AllNetworks, answers_of, error_of_both, joined_answers, overall_figures
from pipeline.learn.poses.export import export, precisions
from pipeline.learn.poses.figures import per_name
from pipeline.learn.poses.left_out import (
    MOST_COUNTED,
    PARTS,
    Part,
    asked,
    asked_photos,
    calibrated_by,
    counted,
    in_turn,
    rows_in_turn,
    six_figures,
    told_figures,
)
from pipeline.learn.poses.network import Lessons, Member, Recipe
from pipeline.learn.poses.photo_folds import TESTED, WATCHED, PhotoFolds
from pipeline.learn.poses.spoil import Spoiling
from pipeline.learn.poses.stills import Moments, Stills, filmed_stills, joined, simulated_stills
from pipeline.learn.poses.training_data import TrainingData, called
from pipeline.learn.poses.updown import read_updown
from pipeline.learn.tracks import read_tracks
from pipeline.photo.name import NAMES

SIMULATED_MOMENTS: Final = Moments(4, 2)
FILMED_MOMENTS: Final = Moments(8, 8)
BY_NAME: Final = ("stills, end of the movement", "stills, any moment")
AT_END: Final = BY_NAME[0]


@dataclass(frozen=True, slots=True)
class Options:
    """poses: how the other network was taught, whose photos, folds, out and work folders hold here too. tracks: folder
    of the filmed ones."""

    poses: train.Options
    tracks: Path
    each: int = 100
    members: int = 2
    recipe: Recipe = Recipe(  # noqa: RUF009  (frozen)
        width=384, epochs=7, spoiling=Spoiling(doubted_share=0.0, cut_chance=0.3)
    )
    space_members: int = 2
    space: Recipe = Recipe(  # noqa: RUF009
        width=320, epochs=6, spoiling=Spoiling(tilt_deg=8.0, lost_share=0.03, cut_chance=0.3)
    )

    @property
    def seed(self) -> int:
        return self.poses.seed


def train_pose_stills(options: Options) -> dict[str, Any]:
    """Weights, card and figures are written under the poses' `out`; the figures are given back."""
    torch.set_num_threads(1)
    begin(options.poses.work, "stills", _decided_by(options))
    options.poses.out.mkdir(parents=True, exist_ok=True)
    data = _training_data(options)
    held = _held(data.folds, options)
    parts = {", ".join(sources): _part(data, held, sources, options, number) for number, sources in enumerate(PARTS)}
    networks = _all_networks(data, held, (), options, "all")
    watched = asked_photos(data, networks, WATCHED)
    calibration = calibrated_by(watched, [*parts.values()])
    said = {"names": NAMES, "temperature": 1.0, **asdict(calibration)}
    others = in_turn(watched, parts)
    rows = {key: joined_answers(row) for key, row in rows_in_turn(parts, others).items()}
    rows["yoga photos"] = answers_of(asked_photos(data, networks, *TESTED), calibration)
    found: dict[str, Any] = {"road": {key: overall_figures(row) for key, row in rows.items()}}
    found["in_turn"] = {key: overall_figures(answers_of(part.scored, others[key])) for key, part in parts.items()}
    found["error_of_both"] = error_of_both(rows["yoga photos"], rows[AT_END])
    found["six"] = six_figures(options.poses.data, networks, calibration)
    found["told"] = told_figures(options.poses.data)
    found["each"] = options.each
    everything = joined_answers([rows[key] for key in BY_NAME])
    found["by_name"] = per_name(everything.truth, everything.probability, NAMES)
    found["precision"], found["space_precision"] = _precisions(data, networks, said, options.seed)
    _write(options, networks, said, found)
    return found


def _decided_by(options: Options) -> dict[str, object]:
    """What is kept under `work` was taught by, beside the recipes, which each network's file tells."""
    movements = [(name, train.sorted_tables(entry.movements)) for name, entry in exercises().items()]
    return {
        **train.decided_by(options.poses),
        "tracks": digest_of_files([options.tracks / "index.csv", *sorted(options.tracks.glob("*.npz"))]),
        "updown": digest_of_files([options.poses.data / "updown_five.csv"]),
        "exercises": digest_of(movements),
        "sources": digest_of(PARTS),
    }


def _training_data(options: Options) -> TrainingData:
    rng = np.random.default_rng(options.seed)
    filmed = filmed_stills(read_tracks(options.tracks), FILMED_MOMENTS, rng)
    stills = joined([filmed, read_updown(options.poses.data)])
    return TrainingData(PhotoFolds.read(options.poses.data, options.seed), _simulated(options), stills)


def _simulated(options: Options) -> Stills:
    """Simulated stills, kept under `work`: they take longer than the teaching."""
    path = options.poses.work / f"placed_{options.seed}_{options.each}.npz"
    if not path.exists():
        rng = np.random.default_rng((options.seed, options.each))
        simulated_stills(options.each, SIMULATED_MOMENTS, rng, train.shown).save(path)
    return Stills.load(path)


def _held(folds: PhotoFolds, options: Options) -> list[Member]:
    """The poses' network as it was before it saw all photos."""
    recipe, _ = train.chosen_recipe(folds, options.poses)  # what a search wrote under `work` is read
    return train.held_members(folds, recipe, options.poses)


def _all_networks(
    data: TrainingData, held: Sequence[Member], without: Sequence[str], options: Options, what: str
) -> AllNetworks:
    """The poses' network as it was before it saw all photos, and networks that saw none of these sources."""
    stills = _taught(data.lessons(without, options.seed), [options.recipe] * options.members, options, what)
    space = [options.space] * options.space_members
    placed = _taught(data.space_lessons(without, options.seed), space, options, f"{what}_space")
    return AllNetworks(held, stills, placed)


def _taught(lessons: Lessons[Any], recipes: Sequence[Recipe], options: Options, what: str) -> list[Member]:
    found = []
    for number, recipe in enumerate(recipes):
        path, seed = options.poses.work / f"stills_{what}_{number}.pt", 100 * options.seed + number
        found.append(train.taught(lessons, len(NAMES), recipe, seed, path, f"{what} {number + 1}"))
    return found


def _part(data: TrainingData, held: Sequence[Member], sources: Sequence[str], options: Options, number: int) -> Part:
    """The stills of these sources as a network of each kind that saw none of them answers them."""
    fewer = replace(options, members=1, space_members=1)
    networks = _all_networks(data, held, sources, fewer, f"without_{number}")
    return asked(networks, counted(data.filmed, sources, MOST_COUNTED, options.seed))


def _precisions(
    data: TrainingData, networks: AllNetworks, said: dict[str, Any], seed: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What storing the weights otherwise changes: on photos of yoga, and in space on stills that taught, as there are
    no others: only how much it changes counts there."""
    plain, photos = said | {"sure_from": {}}, data.folds.of(*TESTED)
    stills = counted(data.filmed, PARTS[0], MOST_COUNTED, seed)
    return (
        precisions(networks.stills, plain, Lessons(photos.seen.unhidden(), called(photos.answer))),
        precisions(networks.space, plain, Lessons(stills.placed, stills.answer)),
    )


def _write(options: Options, networks: AllNetworks, said: dict[str, Any], found: dict[str, Any]) -> None:
    out = options.poses.out
    (out / "pose_stills.onnx").write_bytes(export(networks.stills, said, np.int8))
    in_space = {"names": said["names"], "temperature": said["temperature"]}
    (out / "pose_space.onnx").write_bytes(export(networks.space, in_space, np.int8))
    (out / "pose_stills.json").write_text(json.dumps({**said, **found}, indent=1) + "\n", encoding="utf-8")
    card = stills_card.text(said, found, (len(networks.stills), len(networks.space)))
    (out / "pose_stills.md").write_text(card, encoding="utf-8")
