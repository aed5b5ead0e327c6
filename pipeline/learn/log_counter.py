"""Teaches the log counter on labelled logs and measures it on people held out.

    python -m pipeline.learn.log_counter LOGS --minutes 4 8 --held-out 6 --out pipeline/weights/log_counter.npz

LOGS is the folder of packed recordings (see its README). Each of --minutes is one round: the first network learns from
evenly spaced repetitions, each next one from where the one before it sees them. Sets that a network counts very
differently from their label teach nothing. Needs the `train` extra (torch).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pipeline.learn.counter_network import BeatNetwork
from pipeline.learn.log_counter_align import aligned_s
from pipeline.learn.log_counter_measures import counted, takes_of
from pipeline.learn.log_counter_network import lesson_of, teach
from pipeline.learn.log_counter_simulate import simulated_piece
from pipeline.learn.log_counter_takes import Piece, Shelf, joined, piece_of, worn
from pipeline.motion.beat import Weights, beat_of
from pipeline.motion.segments import Prices
from pipeline.recordings import people_drawn, read_recordings

_ALIGNING = Prices(rate=4.0)  # the number is known: the rate need not say it
_DOUBTFUL = 2.5  # repetitions: a label this far from what the network sees is not taught
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


def taught(
    pieces: Sequence[Piece], lessons: int, minutes: float, seed: int, network: BeatNetwork | None
) -> BeatNetwork:
    """The network after one more round of lessons, a third of them simulated sets among real rest."""
    rng = np.random.default_rng(seed)
    rests = [piece for piece in pieces if not piece.reps]
    real = Shelf([piece for piece in pieces if piece.reps > 1], rests)
    made = Shelf([simulated_piece(rng) for _ in range(lessons // 4)], rests)
    drawn = (made if index % 3 == 0 else real for index in range(lessons))
    return teach([lesson_of(worn(shelf.take(rng), rng)) for shelf in drawn], minutes, seed, network)


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


def main() -> None:
    """Reads, teaches round by round, measures on the people held out, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path)
    parser.add_argument("--minutes", type=float, nargs="+", default=[4, 8], help="of one core, each round")
    parser.add_argument("--lessons", type=int, default=2200, help="takes of a round")
    parser.add_argument("--held-out", type=int, default=6, help="people of uLift who teach nothing")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    everybody = ulift(options.logs)
    held_out = people_drawn((piece.person for piece in everybody), options.held_out)
    teachers = [piece for piece in everybody if piece.person not in held_out] + exermote(options.logs)
    network, pieces = None, teachers
    for number, minutes in enumerate(options.minutes):
        pieces = aligned(teachers, network.matrices()) if network else teachers
        network = taught(pieces, options.lessons, minutes, options.seed + number, network)
    assert network is not None, "there is one round at least"
    weights: dict[str, Any] = {name: value.astype(np.float16) for name, value in network.matrices().items()}
    np.savez_compressed(options.out, **weights)
    exact = {name: value.astype(np.float64) for name, value in weights.items()}
    judges = [piece for piece in everybody if piece.person in held_out]
    for name, takes in takes_of(judges, 120, np.random.default_rng(options.seed)).items():
        print(f"{name:34}{counted(exact, takes)}")


if __name__ == "__main__":
    main()
