"""Score counts and names over a manifest of labelled clips or recordings."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from pipeline.evaluate.names import Naming, confused, score_names
from pipeline.values import UNKNOWN, Recognition

REQUIRED = ("path", "exercise", "reps")
GROUPINGS = ("exercise", "view", "source", "person")
NOTHING_SAID = Recognition(UNKNOWN, 0.0)


@dataclass(frozen=True, slots=True)
class LabelledClip:
    """One row of a manifest: path beside the manifest, the exercise's slug, complete reps; labels holds every column.

    reps_with_edges also counts repetitions cut by the clip's ends; an answer equal to either is right.
    """

    path: Path
    exercise: str
    reps: int
    reps_with_edges: int
    labels: Mapping[str, str] = field(default_factory=dict)

    def is_right(self, answered: int) -> bool:
        return answered in (self.reps, self.reps_with_edges)

    def error(self, answered: int) -> int:
        return min(abs(answered - self.reps), abs(answered - self.reps_with_edges))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for a clip: number of reps, and exercise."""

    reps: int
    recognition: Recognition = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Miss:
    """A clip that was counted wrong."""

    path: str
    exercise: str
    reps: int
    answered: int


@dataclass(frozen=True, slots=True)
class Score:
    """Shares (0..1) over `clips`, NaN where there is nothing to score.

    mean_error: |error| / true reps over clips with reps. phantoms: reps counted on clips without any. naming: how often
    the names are right.
    """

    clips: int
    exact: float
    within_1: float
    mean_error: float
    phantoms: int
    empty_clips: int
    naming: Naming


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All clips together, by each of `GROUPINGS` that the manifest has; the misses; and confusions, how often each true
    name was called what.
    """

    total: Score
    groups: Mapping[str, Mapping[str, Score]]
    misses: tuple[Miss, ...]
    confusions: dict[str, dict[str, int]]


Judged = tuple[LabelledClip, Answer]


def read_manifest(manifest: Path) -> list[LabelledClip]:
    """Every row with a sure count, at least one.

    Raises ValueError naming the line where a required column is missing or reps is not a whole number, and where no row
    is left. Rows whose rep_confidence is "low", or without a count, are left out: their truth is unknown.
    """
    rows = manifest_rows(manifest)
    clips = [_labelled(manifest, row, line) for line, row in enumerate(rows, start=2) if _sure(row)]
    if not clips:
        raise ValueError(f"{manifest.name}: no row with a count; wanted are {', '.join(REQUIRED)}")
    return clips


def manifest_rows(manifest: Path) -> list[dict[str, str]]:
    """Every row by its columns' names. Raises OSError where it cannot be read."""
    with manifest.open(newline="", encoding="utf-8-sig") as lines:  # spreadsheets mark the beginning of what they save
        return list(csv.DictReader(lines))


def evaluate(clips: Iterable[LabelledClip], answer: Callable[[LabelledClip], Answer]) -> Evaluation:
    """The scored answers to all clips. `answer` is called once for each clip, in order."""
    judged = [(clip, answer(clip)) for clip in clips]
    groups = {name: _grouped(judged, name) for name in GROUPINGS}
    misses = tuple(
        Miss(str(clip.path), clip.exercise, clip.reps, said.reps)
        for clip, said in judged
        if not clip.is_right(said.reps)
    )
    taken = confused([clip.exercise for clip, _ in judged], [said.recognition for _, said in judged])
    return Evaluation(_score(judged), {name: scores for name, scores in groups.items() if scores}, misses, taken)


def table(evaluation: Evaluation) -> str:
    """The evaluation as text: counts and names, totals and by each grouping; the misses."""
    lines = [*_block(_COUNT_HEADER, _counted, evaluation), "", *_block(_NAME_HEADER, _named, evaluation)]
    if evaluation.misses:
        lines += ["", "counted wrong (true, said)"]
        lines += [f"  {miss.path}  {miss.exercise}  {miss.reps}  {miss.answered}" for miss in evaluation.misses]
    return "\n".join(lines)


_COUNT_HEADER = f"{'counts':28}{'clips':>6}{'exact':>8}{'within 1':>10}{'MAE':>8}{'phantoms':>10}"
_NAMED = ("top 1", "top 3", "family", "ECE", "named", "right")
_NAME_HEADER = f"{'names':28}{'clips':>6}" + "".join(f"{one:>8}" for one in _NAMED) + f"{'idle named':>12}"


def _block(header: str, line: Callable[[str, Score], str], evaluation: Evaluation) -> list[str]:
    lines = [header, line("all", evaluation.total)]
    for name, scores in evaluation.groups.items():
        lines += ["", f"by {name}", *(line(value, score) for value, score in sorted(scores.items()))]
    return lines


def _counted(name: str, score: Score) -> str:
    phantoms = f"{score.phantoms}/{score.empty_clips}" if score.empty_clips else "-"
    shares = (_percent(score.exact, 8), _percent(score.within_1, 10), _decimal(score.mean_error), f"{phantoms:>10}")
    return f"{name[:27]:28}{score.clips:>6}" + "".join(shares)


def _named(name: str, score: Score) -> str:
    own = score.naming
    shares = (_percent(share, 8) for share in (own.top_1, own.top_3, own.family_top_1))
    sure = (_decimal(own.calibration_error), _percent(own.named, 8), _percent(own.named_right, 8))
    idle = f"{own.false_names}/{own.idle}" if own.idle else "-"
    return f"{name[:27]:28}{score.clips:>6}" + "".join((*shares, *sure, f"{idle:>12}"))


def _percent(share: float, width: int) -> str:
    return f"{'-' if np.isnan(share) else f'{100 * share:.1f}%':>{width}}"


def _decimal(value: float) -> str:
    return f"{'-' if np.isnan(value) else f'{value:.3f}':>8}"


def _sure(row: Mapping[str, str]) -> bool:
    return row.get("rep_confidence", "") != "low" and (row.get("reps", "missing") or "").strip() != ""


def _labelled(manifest: Path, row: Mapping[str, str], line: int) -> LabelledClip:
    absent = [name for name in REQUIRED if not (row.get(name) or "").strip()]
    if absent:
        raise ValueError(f"{manifest.name}, line {line}: no {', '.join(absent)}; wanted are {', '.join(REQUIRED)}")
    reps = _whole(manifest, line, row["reps"])
    with_edges = row.get("reps_incl_edge_partials") or row["reps"]
    edges = _whole(manifest, line, with_edges)
    return LabelledClip(manifest.parent / row["path"], row["exercise"], reps, edges, dict(row))


def _whole(manifest: Path, line: int, text: str) -> int:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if value < 0 or not value.is_integer():
        raise ValueError(f"{manifest.name}, line {line}: reps must be a whole number, got {text!r}")
    return int(value)


def _grouped(judged: Sequence[Judged], name: str) -> dict[str, Score]:
    values = [clip.exercise if name == "exercise" else clip.labels.get(name, "") for clip, _ in judged]
    return {
        value: _score([pair for pair, own in zip(judged, values, strict=True) if own == value])
        for value in sorted(set(values) - {""})
    }


def _score(judged: Sequence[Judged]) -> Score:
    empty = [said.reps for clip, said in judged if clip.reps == clip.reps_with_edges == 0]
    return Score(
        clips=len(judged),
        exact=_mean([clip.is_right(said.reps) for clip, said in judged]),
        within_1=_mean([clip.error(said.reps) <= 1 for clip, said in judged]),
        mean_error=_mean([clip.error(said.reps) / clip.reps for clip, said in judged if clip.reps > 0]),
        phantoms=sum(empty),
        empty_clips=len(empty),
        naming=score_names([clip.exercise for clip, _ in judged], [said.recognition for _, said in judged]),
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")
