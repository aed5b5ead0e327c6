"""Teaches the log counter on labelled logs and measures it on people held out.

    python -m pipeline.learn.log_counter.rounds LOGS --minutes 4 8 12 --out pipeline/weights --checkpoints var

LOGS is the folder of packed recordings (see its README). Each of --minutes is one round: the first network learns from
evenly spaced repetitions, each next one from where the one before it sees them. Sets that a network counts very
differently from their label teach nothing. Before the last round, from which nobody but the people held out is absent,
some --choosers are absent, too: on them the choice among numbers learns how much the network is to be believed
(`learn/log_counter/choice.py`). Needs the `train` extra (torch).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pipeline.evaluate.recordings import people_drawn, read_recordings
from pipeline.learn.beat_network import BeatNetwork, Lesson, recalled, teach
from pipeline.learn.log_counter.align import aligned_s
from pipeline.learn.log_counter.choice import Example, examples_of, fitted, write
from pipeline.learn.log_counter.measures import counted, takes_of
from pipeline.learn.log_counter.network import TEACHING, lesson_of, new_network, turned
from pipeline.learn.log_counter.simulate import simulated_piece
from pipeline.learn.log_counter.takes import Piece, Shelf, joined, piece_of, worn
from pipeline.motion.beat import Weights, beat_of
from pipeline.motion.choose import LogScorer
from pipeline.motion.segments import Prices

_ALIGNING = Prices(rate=4.0)  # the number is known: the rate need not say it
_DOUBTFUL = 2.5  # repetitions: a label this far from what the network sees is not taught
_EXERMOTE_HZ = 10.0
CHOICE_TAKES = (
    "crops",
    "crops of 1 or 2",
    "joins, rest between",
    "crops, another device at 12.5 Hz",
    "whole, half not 10",
)


def ulift(folder: Path) -> list[Piece]:
    """Sets and rests of the uLift set, repetitions evenly spaced."""
    return [piece_of(recording) for recording in read_recordings(folder / "ulift.csv")]


def exermote(folder: Path) -> list[Piece]:
    """Sets and rests of Exermote; a timer told people when to begin each repetition."""
    marks: dict[str, dict[str, list[float]]] = {}
    with (folder / "exermote_spans.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            times = marks.setdefault(row["id"], {"first_half": [], "second_half": [], "pause": []})
            times[row["part"]].append(
                int(row["start_row" if row["part"] == "first_half" else "end_row"]) / _EXERMOTE_HZ
            )
    found = []
    for recording in read_recordings(folder / "exermote.csv"):
        halves = marks.get(recording.name, {"first_half": [], "second_half": []})
        starts, ends = halves["first_half"], halves["second_half"]
        if recording.reps is None:
            found.append(piece_of(recording))
        elif len(starts) == len(ends) > 1:
            piece = piece_of(recording, np.array([*starts, ends[-1]]))
            found.append(replace(piece, label=f"exermote {piece.label}"))
    return found


def lessons_of(pieces: Sequence[Piece], lessons: int, seed: int) -> list[Lesson]:
    """Takes to learn from, a third of them simulated sets among real rest."""
    rng = np.random.default_rng(seed)
    rests = [piece for piece in pieces if not piece.reps]
    real = Shelf([piece for piece in pieces if piece.reps > 1], rests)
    made = Shelf([simulated_piece(rng) for _ in range(lessons // 4)], rests)
    drawn = (made if index % 3 == 0 else real for index in range(lessons))
    return [lesson_of(worn(shelf.take(rng), rng)) for shelf in drawn]


def aligned(pieces: Sequence[Piece], weights: Weights) -> list[Piece]:
    """The pieces with their repetitions where the network sees them, doubtful labels left out."""
    found = []
    for piece in pieces:
        seen = beat_of(joined([piece]).motion, weights)
        if not piece.reps or piece.label.startswith("exermote"):
            found.append(piece)
        elif abs(float(seen.rate.sum()) - piece.reps) <= _DOUBTFUL:
            found.append(replace(piece, edges_s=aligned_s(seen, piece.reps, _ALIGNING)))
    return found


def chosen_by(
    network: Weights, teachers: Sequence[Piece], strangers: Sequence[Piece], each: int, seed: int
) -> LogScorer:
    """The choice's weights, of takes of the network's teachers and of people whom it never saw, `each` of every kind
    that teaches, of every person."""
    taught, asked = (list(_examples(pieces, network, each, seed)) for pieces in (teachers, strangers))
    return fitted([*taught, *asked], asked)


def _examples(pieces: Sequence[Piece], network: Weights, each: int, seed: int) -> Iterator[Example]:
    for number, person in enumerate(sorted({piece.person for piece in pieces})):
        own = [piece for piece in pieces if piece.person == person]
        takes = takes_of(own, each, np.random.default_rng(seed + number))
        for kind in CHOICE_TAKES:
            yield from examples_of(takes[kind], network)


def _halved(network: BeatNetwork) -> dict[str, Any]:
    """The network's matrices as they are stored, in half precision."""
    return {name: value.astype(np.float16) for name, value in network.matrices().items()}


def _read_back(stored: Mapping[str, Any]) -> Weights:
    return {name: value.astype(np.float64) for name, value in stored.items()}


def rounds(
    teachers: Sequence[Piece],
    choosers: frozenset[str],
    minutes: Sequence[float],
    lessons: int,
    seed: int,
    checkpoints: Path | None = None,
) -> tuple[BeatNetwork, BeatNetwork]:
    """The network taught round by round, and the one before its last round, which never saw the choosers.

    Checkpoints of every round are kept in the folder and gone on from: rounds that had their minutes are not repeated.
    """
    network = before = new_network(seed)
    for number, given_minutes in enumerate(minutes):
        checkpoint = checkpoints / f"round-{number + 1}.pt" if checkpoints else None
        before = deepcopy(network)
        if recalled(network, checkpoint).spent_s < 60 * given_minutes:
            last = number == len(minutes) - 1
            allowed = [piece for piece in teachers if last or piece.person not in choosers]
            pieces = aligned(allowed, before.matrices()) if number else allowed
            made = lessons_of(pieces, lessons, seed + number)
            teach(network, made, TEACHING, turned, given_minutes, seed + number, checkpoint)
        print(f"round {number + 1} of {len(minutes)} is done", flush=True)
    return network.eval(), (before if len(minutes) > 1 else network).eval()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logs", type=Path)
    parser.add_argument("--minutes", type=float, nargs="+", default=[4, 8, 12], help="of one core, each round")
    parser.add_argument("--lessons", type=int, default=2200, help="takes of a round")
    parser.add_argument("--held-out", type=int, default=6, help="people of uLift who teach nothing")
    parser.add_argument("--choosers", type=int, default=4, help="people who teach the last round only, and the choice")
    parser.add_argument("--takes", type=int, default=10, help="of each kind and person, for the choice")
    parser.add_argument("--judged", type=int, default=120, help="takes of each kind of the people held out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True, help="a folder")
    parser.add_argument("--checkpoints", type=Path, help="a folder; with it a teaching that was ended goes on")
    return parser.parse_args()


def main() -> None:
    """Reads, teaches round by round, fits the choice, writes, measures on the people held out."""
    options = _options()
    torch.set_num_threads(1)
    everybody = ulift(options.logs)
    held_out = people_drawn((piece.person for piece in everybody), options.held_out)
    own, judges = _parted(everybody, held_out)
    choosers = people_drawn((piece.person for piece in own), options.choosers, "choosers")
    for folder in filter(None, (options.out, options.checkpoints)):
        folder.mkdir(parents=True, exist_ok=True)
    network, before = rounds(
        [*own, *exermote(options.logs)],
        choosers,
        options.minutes,
        options.lessons,
        options.seed,
        options.checkpoints,
    )
    np.savez_compressed(options.out / "log_counter.npz", **_halved(network))
    known, strangers = _parted(own, choosers)
    scorer = chosen_by(_read_back(_halved(before)), known, strangers, options.takes, options.seed)
    write(scorer, options.out / "log_choice.json", f"{len(known)} sets and rests of teachers, {len(strangers)} others'")
    weights = _read_back(_halved(network))
    for name, takes in takes_of(judges, options.judged, np.random.default_rng(options.seed)).items():
        print(f"{name:34}{counted(weights, takes, scorer=scorer)}", flush=True)


def _parted(pieces: Sequence[Piece], people: frozenset[str]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of everybody else, and of these people."""
    return [one for one in pieces if one.person not in people], [one for one in pieces if one.person in people]


if __name__ == "__main__":
    main()
