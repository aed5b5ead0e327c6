"""How often photos are named right, over a manifest of labelled photos of yoga poses and gym exercises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.catalogue import find
from pipeline.catalogue.pose import find_pose
from pipeline.evaluate.clips import GROUPINGS, manifest_rows
from pipeline.evaluate.names import calibration_error, counted, share_of
from pipeline.media import called
from pipeline.photo.answer import Level, group_of, large_group_of
from pipeline.photo.name import ONE_EXERCISE, SAME
from pipeline.photo.report import PhotoReport
from pipeline.recognize.decide import NO_EXERCISE
from pipeline.values import UNKNOWN, Candidate

REQUIRED: Final = ("path", "exercise")
IDLE: Final = (UNKNOWN, NO_EXERCISE)  # labels of photos that show nothing the catalogue could name


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """One row of a manifest: path beside the manifest, name the slug of a pose or exercise, labels every column."""

    path: Path
    name: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhotoAnswer:
    """What was said of a photo: names, groups and large_groups likeliest first, and `said` at `level`. As it stands:
    nothing, because the photo could not be reported on."""

    names: tuple[Candidate, ...] = ()
    groups: tuple[Candidate, ...] = ()
    large_groups: tuple[Candidate, ...] = ()
    said: str = UNKNOWN
    level: Level = "unknown"

    @classmethod
    def of(cls, report: PhotoReport) -> PhotoAnswer:
        """What a report says."""
        return cls(report.names, report.groups, report.large_groups, report.said, report.level)


@dataclass(frozen=True, slots=True)
class PhotoScore:
    """Shares (0..1) of the photos that show something with a name, NaN where there are none: the right name first,
    among three and among five; its group (the exercise's family, the pose's one of twenty) and its large group (one of
    six) first; named the share said by name, named_right the share of these that are right; unanswered those that no
    report was possible of, which count as wrong. idle counts photos of nothing, false_names those of them that were
    called something."""

    photos: int
    top_1: float
    top_3: float
    top_5: float
    group: float
    large_group: float
    calibration_error: float
    named: float
    named_right: float
    unanswered: float
    idle: int
    false_names: int


@dataclass(frozen=True, slots=True)
class PhotoMiss:
    """A photo that was named wrong: its true name, the one that was likeliest, and whether that was said as sure."""

    path: str
    name: str
    likeliest: str
    sure: bool


@dataclass(frozen=True, slots=True)
class PhotoEvaluation:
    """All photos together, by each of `GROUPINGS` that the manifest has, the misses, and how often each true name was
    called what."""

    total: PhotoScore
    groups: Mapping[str, Mapping[str, PhotoScore]]
    misses: tuple[PhotoMiss, ...]
    confusions: dict[str, dict[str, int]]


Judged = tuple[LabelledPhoto, PhotoAnswer]


def holds_photos(manifest: Path) -> bool:
    """True for a manifest all of whose files are called photos. Raises OSError where it cannot be read."""
    paths = [(row.get("path") or "").strip() for row in manifest_rows(manifest)]
    return bool(paths) and all(called(path) == "photo" for path in paths)


def read_photos(manifest: Path) -> list[LabelledPhoto]:
    """Every row. Raises ValueError naming the line where a column is empty or no pose and no exercise is called so."""
    return [_labelled(manifest, row, line) for line, row in enumerate(manifest_rows(manifest), start=2)]


def evaluate_photos(photos: Iterable[LabelledPhoto], answer: Callable[[LabelledPhoto], PhotoAnswer]) -> PhotoEvaluation:
    """The answers to all photos, scored. `answer` is called once a photo, in order."""
    judged = [(photo, answer(photo)) for photo in photos]
    groups = {name: _grouped(judged, name) for name in GROUPINGS}
    misses = tuple(
        PhotoMiss(str(photo.path), photo.name, _likeliest(said), said.level == "name")
        for photo, said in _shown(judged)
        if _likeliest(said) != photo.name
    )
    confusions = counted((photo.name, _likeliest(said)) for photo, said in judged)
    return PhotoEvaluation(
        _score(judged), {name: scores for name, scores in groups.items() if scores}, misses, confusions
    )


def photo_table(evaluation: PhotoEvaluation) -> str:
    """The evaluation as text: totals, each grouping, the misses."""
    lines = [_HEADER, _line("all", evaluation.total)]
    for name, scores in evaluation.groups.items():
        lines += ["", f"by {name}", *(_line(value, score) for value, score in sorted(scores.items()))]
    if evaluation.misses:
        lines += ["", "named wrong (true, likeliest; * said as sure)"]
        lines += [f"  {miss.path}  {miss.name}  {miss.likeliest}{' *' * miss.sure}" for miss in evaluation.misses]
    return "\n".join(lines)


_COLUMNS: Final = ("top 1", "top 3", "top 5", "group", "large", "named", "right", "no report")
_HEADER: Final = f"{'photos':28}{'number':>7}" + "".join(f"{one:>11}" for one in (*_COLUMNS, "ECE", "idle named"))


def _line(name: str, score: PhotoScore) -> str:
    shares = (
        *(score.top_1, score.top_3, score.top_5, score.group, score.large_group),
        *(score.named, score.named_right, score.unanswered),
    )
    error = "-" if np.isnan(score.calibration_error) else f"{score.calibration_error:.3f}"
    idle = f"{score.false_names}/{score.idle}" if score.idle else "-"
    percents = "".join(f"{'-' if np.isnan(share) else f'{100 * share:.1f}%':>11}" for share in shares)
    return f"{name[:27]:28}{score.photos:>7}{percents}{error:>11}{idle:>11}"


def _labelled(manifest: Path, row: Mapping[str, str], line: int) -> LabelledPhoto:
    absent = [name for name in REQUIRED if not (row.get(name) or "").strip()]
    if absent:
        raise ValueError(f"{manifest.name}, line {line}: no {', '.join(absent)}; wanted are {', '.join(REQUIRED)}")
    given = row["exercise"].strip()
    found = find_pose(given) or find(given)
    if found is None and given not in IDLE:
        raise ValueError(f"{manifest.name}, line {line}: no pose and no exercise is called {given!r}")
    return LabelledPhoto(manifest.parent / row["path"], _as_answered(found.name if found else UNKNOWN), dict(row))


def _as_answered(name: str) -> str:
    """The one name of what is both a pose and an exercise; a photo of no exercise is unknown."""
    one = SAME.get(name, ONE_EXERCISE.get(name, name))
    return UNKNOWN if one in IDLE else one


def _likeliest(said: PhotoAnswer) -> str:
    return said.names[0].name if said.names else UNKNOWN


def _shown(judged: Sequence[Judged]) -> list[Judged]:
    return [(photo, said) for photo, said in judged if photo.name != UNKNOWN]


def _grouped(judged: Sequence[Judged], name: str) -> dict[str, PhotoScore]:
    values = [photo.name if name == "exercise" else photo.labels.get(name) or "" for photo, _ in judged]
    return {
        value: _score([pair for pair, own in zip(judged, values, strict=True) if own == value])
        for value in sorted(set(values) - {""})
    }


def _score(judged: Sequence[Judged]) -> PhotoScore:
    shown = _shown(judged)
    idle = [said for photo, said in judged if photo.name == UNKNOWN]
    named = [(photo, said) for photo, said in shown if said.level == "name"]
    answered = [(photo, said) for photo, said in shown if said.names]
    return PhotoScore(
        photos=len(judged),
        top_1=_among(shown, 1),
        top_3=_among(shown, 3),
        top_5=_among(shown, 5),
        group=share_of([_first(said.groups) == group_of(photo.name) for photo, said in shown]),
        large_group=share_of([_first(said.large_groups) == large_group_of(photo.name) for photo, said in shown]),
        calibration_error=_calibration_error(answered),
        named=share_of([said.level == "name" for _, said in shown]),
        named_right=share_of([said.said == photo.name for photo, said in named]),
        unanswered=share_of([not said.names for _, said in shown]),
        idle=len(idle),
        false_names=sum(said.level == "name" for said in idle),
    )


def _among(shown: Sequence[Judged], most: int) -> float:
    return share_of([photo.name in [one.name for one in said.names[:most]] for photo, said in shown])


def _first(candidates: Sequence[Candidate]) -> str | None:
    return candidates[0].name if candidates else None


def _calibration_error(answered: Sequence[Judged]) -> float:
    if not answered:
        return float("nan")
    sure = np.array([said.names[0].confidence for _, said in answered])
    return calibration_error(sure, np.array([said.names[0].name == photo.name for photo, said in answered]))
