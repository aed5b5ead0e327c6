"""Training data of the recogniser: simulated windows of every name, and windows of real tracks, as summaries."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.catalogue import exercises
from pipeline.catalogue.load import held_arms, held_legs
from pipeline.learn.begun import written_whole
from pipeline.learn.simulate.picture import framed
from pipeline.learn.simulate.strangers import draw_known, draw_stranger
from pipeline.learn.simulate.stroll import strolling
from pipeline.learn.simulate.track import Scene, simulate
from pipeline.learn.tracks import LabelledTrack
from pipeline.recognize.channels import channels
from pipeline.recognize.convolutions import joined
from pipeline.recognize.decide import NO_EXERCISE
from pipeline.recognize.summary import summarize
from pipeline.recognize.windows import FRAMES, RATE_HZ, Windows, seen_s, together, windows
from pipeline.values import UNKNOWN, Array, Floats, Indices, Mask, PoseTrack

Progress = Callable[[Iterable[str]], Iterable[str]]

SHORT_SHARE: Final = 0.3  # of simulated clips are shorter than a window, as many real ones are
SHORTEST_FRAMES: Final = 16
BATCH: Final = 256  # windows summarised at once: memory, not speed
STRANGERS: Final = 3  # times as many of them as of a name: there are more ways to do no exercise
IDLERS: Final = 2  # and of those who do nothing, of whom the half walks through the picture
STROLLING_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """summaries (N, F), answer (N,) an index into the names, weight (N,) how much each counts."""

    summaries: Floats
    answer: Indices
    weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Clips:
    """Real clips: summaries (N, F) of their windows, of (N,) which clip each is from; name, source a clip.

    generated (M,) marks clips whose footage nobody filmed: what they show need not be what they are called. cut holds
    the windows themselves, as guessed outside the picture; unguessed (N, F) their summaries as a user's clip would have
    them, with NaN where something is not known. seen_s (M,): for how long somebody is seen in each clip.
    """

    summaries: Floats
    of: Indices
    names: npt.NDArray[np.str_]
    sources: npt.NDArray[np.str_]
    generated: Mask
    cut: Windows
    unguessed: Floats
    seen_s: Array

    def __len__(self) -> int:
        return len(self.names)


def answers() -> tuple[str, ...]:
    """The recogniser's names in order: the catalogue's without those marked `aside`, then "unknown"."""
    return (*(name for name, entry in exercises().items() if not entry.aside), UNKNOWN)


def answers_aside() -> tuple[str, ...]:
    """The same, followed by the names marked `aside`, without those timed while moving.

    Whoever walks across the room to the camera looks like somebody who carries something.
    """
    beside = (name for name, entry in exercises().items() if entry.aside and entry.kind != "move")
    return (*answers(), *beside)


def simulated(each: int, seed: int, progress: Progress, work: Path, *, cut_off: bool = False) -> Lessons:
    """`each` windows of every name and more of strangers, every name counting alike; what was made before of the
    same movements is read.

    Bodies that nothing cuts off; or bodies in pictures that cut some of them off, those looked at with guesses and
    without.
    """

    def simulate(name: str) -> Floats:
        return summaries(_windows_of(name, each, seed, cut_off))

    kind = "framed" if cut_off else "simulated"
    rows = [_kept(work / _file(kind, each, seed, name), partial(simulate, name)) for name in progress(answers())]
    return _alike(rows)


def simulated_aside(lessons: Lessons, each: int, seed: int, progress: Progress, work: Path) -> Lessons:
    """The simulated windows of whole bodies, and those of the names marked `aside`."""

    def simulate(name: str) -> Floats:
        return summaries(_windows_of(name, each, seed, False))

    names = answers_aside()[len(answers()) :]
    rows = [_kept(work / _file("simulated", each, seed, name), partial(simulate, name)) for name in progress(names)]
    aside = _alike(rows)
    answer = np.concatenate([lessons.answer, len(answers()) + aside.answer])
    both = np.concatenate([lessons.summaries, aside.summaries])
    return Lessons(both, answer, np.concatenate([lessons.weight, aside.weight]))


def _alike(rows: Sequence[Floats]) -> Lessons:
    """Windows of one name after the other, every name counting alike."""
    answer = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return Lessons(np.concatenate(rows), answer, 1 / np.bincount(answer)[answer])


def simulated_channels(each: int, seed: int, progress: Progress, work: Path) -> tuple[Floats, Indices]:
    """Channels (N, T, C) of every second simulated window of bodies that nothing cuts off, in half precision, and which
    name (N,) each shows; what was made before of the same movements is read."""

    def simulate(name: str) -> Floats:
        return looked_at(together(_windows_of(name, each, seed, False)[::2])).astype(np.float16)

    rows = [_kept(work / _file("channels", each, seed, name), partial(simulate, name)) for name in progress(answers())]
    return np.concatenate(rows), np.repeat(np.arange(len(rows)), [len(row) for row in rows])


def _file(kind: str, each: int, seed: int, name: str) -> str:
    return f"{kind}-{each}-{seed}-{name}-{digest(name)}.npy"


def digest(name: str) -> str:
    """What a name's windows are simulated from, in eight letters; strangers are made of all these names' movements."""
    entries = [exercises()[one] for one in (answers()[:-1] if name == UNKNOWN else (name,))]
    held = [{key: str(posed) for key, posed in postures().items()} for postures in (held_arms, held_legs)]
    told = str(([sorted(table.items()) for entry in entries for table in entry.movements], held))
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _kept(path: Path, simulate: Callable[[], Floats]) -> Floats:
    """What the file holds; made and written there where there is none."""
    if not path.exists():
        written_whole(path, lambda half: np.save(half, simulate()))
    return np.asarray(np.load(path))


def _windows_of(name: str, each: int, seed: int, cut_off: bool) -> list[Windows]:
    rng = np.random.default_rng([seed, answers_aside().index(name)])
    count = each * {UNKNOWN: STRANGERS, NO_EXERCISE: IDLERS}.get(name, 1)
    return [_simulated_windows(name, rng, cut_off) for _ in range(count)]


def _simulated_windows(name: str, rng: np.random.Generator, cut_off: bool) -> Windows:
    movement, faults = draw_stranger(rng) if name == UNKNOWN else draw_known(name, rng)
    short = rng.random() < SHORT_SHARE
    frames = int(rng.integers(SHORTEST_FRAMES, FRAMES)) if short else FRAMES
    track = simulate(movement, Scene.drawn(movement, frames, RATE_HZ, rng, faults), rng)
    strolls = name == NO_EXERCISE and rng.random() < STROLLING_SHARE
    seen = strolling(track, rng) if strolls else track
    return _both_looks(framed(seen, rng)) if cut_off else windows(seen, guessed=True)


def _both_looks(track: PoseTrack) -> Windows:
    """The track's windows with guesses, and those that have any without."""
    unguessed = windows(track)
    rows = np.asarray(np.isnan(unguessed.image_px).any(axis=(1, 2, 3)))
    return together([windows(track, guessed=True), unguessed.rows(rows)])


def real(tracks: Iterable[LabelledTrack]) -> Clips:
    """The clips of which a window could be cut; names as the tracks have them, in the catalogue or not."""
    cut = [(one, windows(one.track, guessed=True)) for one in tracks]
    kept = [(one, found) for one, found in cut if len(found)]
    return Clips(
        summaries([found for _, found in kept]),
        np.concatenate([np.full(len(found), index) for index, (_, found) in enumerate(kept)]),
        np.array([one.exercise for one, _ in kept]),
        np.array([one.source for one, _ in kept]),
        np.array([one.synthetic for one, _ in kept]),
        together([found for _, found in kept]),
        summaries([windows(one.track) for one, _ in kept]),
        np.array([seen_s(one.track) for one, _ in kept]),
    )


def lessons_of(clips: Clips, chosen: Mask, *, both_looks: bool = False) -> Lessons:
    """The chosen clips that the catalogue can name: names count alike, in a name its clips, in a clip its windows.

    Windows as guessed; with both looks those that cut somebody off once more, without guesses.
    """
    twice = np.flatnonzero(np.isnan(clips.unguessed).any(axis=1)) if both_looks else np.zeros(0, dtype=int)
    every, of = np.concatenate([clips.summaries, clips.unguessed[twice]]), np.append(clips.of, clips.of[twice])
    known = {name: index for index, name in enumerate(answers()[:-1])}
    taught = np.array([known.get(str(name), -1) for name in clips.names])
    usable = chosen & (taught >= 0)
    rows = np.flatnonzero(usable[of])
    clip = of[rows]
    clips_a_name = np.bincount(taught[usable], minlength=len(known))
    windows_a_clip = np.bincount(of, minlength=len(clips))
    return Lessons(every[rows], taught[clip], 1 / clips_a_name[taught[clip]] / windows_a_clip[clip])


def summaries(cut: Sequence[Windows]) -> Floats:
    """(N, F) of all windows, in order."""
    return np.concatenate([summarize(channels(part)) for part in _batches(together(cut))])


def looked_at(cut: Windows) -> Floats:
    """(N, T, C) channels of all windows, joined."""
    return np.concatenate([joined(channels(part)) for part in _batches(cut)])


def _batches(cut: Windows) -> Iterator[Windows]:
    for at in range(0, len(cut), BATCH):
        yield cut.rows(slice(at, at + BATCH))
