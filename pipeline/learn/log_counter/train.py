"""Train the log counter on labelled logs, write its weights, and measure it on people held out.

    spotter train logs DATA --out pipeline/weights --only counter

DATA is the folder of packed recordings. Needs the `train` extra. Finished rounds are kept under `work` and not
repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pipeline.evaluate.recordings import people_drawn
from pipeline.learn.beat_network import BeatNetwork
from pipeline.learn.begun import begin, digest_of_files
from pipeline.learn.log_counter.choice import Example, examples_of, fitted, write
from pipeline.learn.log_counter.measures import counted, takes_of
from pipeline.learn.log_counter.rounds import exermote, no_gravity_round, rounds, second_network_round, ulift
from pipeline.learn.log_counter.takes import Piece
from pipeline.motion.beat import WITH_GRAVITY, WITHOUT, Weights
from pipeline.motion.choose import LogScorer

CHOICE_TAKES = (
    "crops",
    "crops of 1 or 2",
    "joins, rest between",
    "crops, another device at 12.5 Hz",
    "whole, half not 10",
)


@dataclass(frozen=True, slots=True)
class Options:
    """data: folder of the sets. out: where weights and figures go. work: where the rounds are kept.

    minutes: of one core, each round. mate_minutes: the same for the second network; bare_minutes: for the one for logs
    without gravity. lessons: takes of a round. held_out: people of uLift not trained on. choosers: those who are
    trained on only in the last round and by the second network, and for the choice. takes: of each kind and person, for
    the choice. judged: of each kind, of the people held out.
    """

    data: Path
    out: Path
    work: Path
    minutes: tuple[float, ...] = (4.0, 8.0, 12.0)
    mate_minutes: float = 11.0
    bare_minutes: float = 5.0
    lessons: int = 2200
    held_out: int = 6
    choosers: int = 4
    takes: int = 10
    judged: int = 120
    seed: int = 0


def train_log_counter(options: Options) -> dict[str, Any]:
    """Write the weights of networks and choice, and the figures of people held out, to `out`; returns the figures."""
    torch.set_num_threads(1)
    begin(options.work, "counter", _decided_by(options))
    options.out.mkdir(parents=True, exist_ok=True)
    everybody = ulift(options.data)
    own, judges = _parted(everybody, people_drawn((piece.person for piece in everybody), options.held_out))
    choosers = people_drawn((piece.person for piece in own), options.choosers, "choosers")
    teachers = [*own, *exermote(options.data)]
    network, before = rounds(teachers, choosers, options.minutes, options.lessons, options.seed, options.work)
    given = teachers, network
    mate = second_network_round(
        *given, options.mate_minutes, options.lessons, options.seed + 1, options.work / "mate.pt"
    )
    bare = no_gravity_round(*given, options.bare_minutes, options.lessons, options.seed, options.work / "bare.pt")
    stored = dict(zip((*WITH_GRAVITY, *WITHOUT), map(_halved, (network, mate, bare)), strict=True))
    for name, matrices in stored.items():
        np.savez_compressed(options.out / name, **matrices)
    known, strangers = _parted(own, choosers)
    scorer = chosen_by(_read_back(_halved(before)), known, strangers, options.takes, options.seed)
    write(scorer, options.out / "log_choice.json", f"{len(known)} sets and rests of teachers, {len(strangers)} others'")
    figures = _measured(judges, [_read_back(stored[name]) for name in WITH_GRAVITY], scorer, options)
    (options.out / "log_counter.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def _decided_by(options: Options) -> dict[str, object]:
    """What the networks under `work` were taught by; a round may be given more minutes, but the last has others."""
    files = ("ulift.csv", "ulift.npz", "exermote.csv", "exermote.npz", "exermote_spans.csv")
    return {
        "data": digest_of_files(options.data / name for name in files),
        "rounds": len(options.minutes),
        "people": (options.held_out, options.choosers),
        "lessons": options.lessons,
        "seed": options.seed,
    }


def chosen_by(
    network: Weights, teachers: Sequence[Piece], strangers: Sequence[Piece], each: int, seed: int
) -> LogScorer:
    """The choice's weights, from takes of the network's training people and of strangers to it, `each` of every kind
    and person.
    """
    taught, asked = (list(_examples(pieces, network, each, seed)) for pieces in (teachers, strangers))
    return fitted([*taught, *asked], asked)


def _examples(pieces: Sequence[Piece], network: Weights, each: int, seed: int) -> Iterator[Example]:
    for number, person in enumerate(sorted({piece.person for piece in pieces})):
        own = [piece for piece in pieces if piece.person == person]
        takes = takes_of(own, each, np.random.default_rng(seed + number))
        for kind in CHOICE_TAKES:
            yield from examples_of(takes[kind], [network])


def _halved(network: BeatNetwork) -> dict[str, Any]:
    """The network's matrices in half precision, as stored."""
    return {name: value.astype(np.float16) for name, value in network.matrices().items()}


def _read_back(stored: Mapping[str, Any]) -> Weights:
    return {name: value.astype(np.float32) for name, value in stored.items()}


def _measured(judges: Sequence[Piece], team: Sequence[Weights], scorer: LogScorer, options: Options) -> dict[str, Any]:
    """How often the number is right, and within one, by kind of takes."""
    figures = {}
    for name, takes in takes_of(judges, options.judged, np.random.default_rng(options.seed)).items():
        found = counted(team, takes, scorer=scorer)
        print(f"{name:34}{found}", flush=True)
        off = np.abs(found.said - found.true)
        figures[name] = {"exact": float((off == 0).mean()), "within_1": float((off <= 1).mean()), "takes": len(off)}
    return figures


def _parted(pieces: Sequence[Piece], people: frozenset[str]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of everybody else, and of these people."""
    return [one for one in pieces if one.person not in people], [one for one in pieces if one.person in people]
