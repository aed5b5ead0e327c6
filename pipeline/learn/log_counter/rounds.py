"""Train the log counter's network in rounds.

The first network learns from evenly spaced repetitions, each next one from where the one before finds them. Sets that a
network counts very differently from their label are left out. Before the last round, which uses everybody except the
people held out, there is a round without some choosers: on them the choice among numbers learns how far to trust the
network (`learn/log_counter/choice.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.evaluate.recordings import read_recordings
from pipeline.learn.beat_network import BeatNetwork, Lesson, recalled, teach
from pipeline.learn.log_counter.align import aligned_s
from pipeline.learn.log_counter.network import TEACHING, lesson_of, new_network, turned
from pipeline.learn.log_counter.simulate import simulated_piece
from pipeline.learn.log_counter.takes import (
    WEAR,
    Piece,
    TakeSampler,
    Wear,
    joined,
    piece_of,
    take_without_gravity,
    worn,
)
from pipeline.motion.beat import Weights, beat_of
from pipeline.motion.segments import Prices

_ALIGNING = Prices(rate=4.0)  # the number is known: the rate need not say it
_DOUBTFUL = 2.5  # repetitions: a label this far from the network's count is not trained on
_EXERMOTE_HZ = 10.0


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


def lessons_of(pieces: Sequence[Piece], lessons: int, seed: int, *, gravity: bool = True) -> list[Lesson]:
    """Training samples, a third of them simulated sets among real rest; gravity removed as apps do, or kept."""
    rng = np.random.default_rng(seed)
    rests = [piece for piece in pieces if not piece.reps]
    real = TakeSampler([piece for piece in pieces if piece.reps > 1], rests)
    made = TakeSampler([simulated_piece(rng) for _ in range(lessons // 4)], rests)
    drawn = (made if index % 3 == 0 else real for index in range(lessons))
    takes = (worn(sampler.take(rng), rng, WEAR if gravity else Wear(no_gravity_share=0.0)) for sampler in drawn)
    return [lesson_of(take if gravity else take_without_gravity(take, rng)) for take in takes]


def aligned(pieces: Sequence[Piece], weights: Weights) -> list[Piece]:
    """The pieces with their repetitions where the network finds them, doubtful labels left out."""
    found = []
    for piece in pieces:
        seen = beat_of(joined([piece]).motion, [weights])
        if not piece.reps or piece.label.startswith("exermote"):
            found.append(piece)
        elif abs(float(seen.rate.sum()) - piece.reps) <= _DOUBTFUL:
            found.append(replace(piece, edges_s=aligned_s(seen, piece.reps, _ALIGNING)))
    return found


def rounds(
    teachers: Sequence[Piece],
    choosers: frozenset[str],
    minutes: Sequence[float],
    lessons: int,
    seed: int,
    checkpoints: Path | None = None,
) -> tuple[BeatNetwork, BeatNetwork]:
    """The network trained round by round, and the one before its last round, which was not trained on the choosers.

    Checkpoints of every round are kept in the folder and resumed: rounds that had their minutes are not repeated.
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


def second_network_round(
    teachers: Sequence[Piece], network: BeatNetwork, minutes: float, lessons: int, seed: int, checkpoint: Path | None
) -> BeatNetwork:
    """A second network, trained from scratch on the edges that the given one finds, so that both find the same
    edges.
    """
    taught = new_network(seed)
    if recalled(taught, checkpoint).spent_s < 60 * minutes:
        made = lessons_of(aligned(teachers, network.matrices()), lessons, seed)
        teach(taught, made, TEACHING, turned, minutes, seed, checkpoint)
    taught.eval()
    return taught


def no_gravity_round(
    teachers: Sequence[Piece], network: BeatNetwork, minutes: float, lessons: int, seed: int, checkpoint: Path | None
) -> BeatNetwork:
    """The network trained further for logs without gravity, on the edges that the given one finds."""
    taught = deepcopy(network)
    if recalled(taught, checkpoint).spent_s < 60 * minutes:
        made = lessons_of(aligned(teachers, network.matrices()), lessons, seed, gravity=False)
        teach(taught, made, TEACHING, turned, minutes, seed, checkpoint)
    taught.eval()
    return taught
