"""Labelled sensor logs for an evaluation: a folder of packed recordings, or one table of them.

Each recording is a row, as a clip is; rest and everything labelled as no exercise holds no repetitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.analyze_log import analyze_log
from pipeline.catalogue import find
from pipeline.evaluate.clips import Answer, Evaluation, LabelledClip, evaluate
from pipeline.evaluate.recordings import REST, Recording, people_drawn, read_recordings
from pipeline.recognize import NO_EXERCISE
from pipeline.values import Source

EMPTY = (REST, "no_punch", NO_EXERCISE)


def holds_recordings(path: Path) -> bool:
    """Whether this is a folder with packed recordings, or the table of some."""
    return any(path.glob("*.npz")) if path.is_dir() else path.with_suffix(".npz").is_file()


def read_labelled(path: Path) -> tuple[Recording, ...]:
    """Every recording with a known count. Raises ValueError for an invalid table."""
    tables = [found.with_suffix(".csv") for found in sorted(path.glob("*.npz"))] if path.is_dir() else [path]
    found = [recording for table in tables for recording in read_recordings(table)]
    return tuple(recording for recording in found if recording.reps is not None or recording.label in EMPTY)


def of_people(recordings: Sequence[Recording], count: int, seed: str) -> tuple[Recording, ...]:
    """The recordings of `count` people of each table, drawn by the seed: training leaves out the same ones."""
    people: dict[str, list[str]] = {}
    for recording in recordings:
        people.setdefault(_table(recording), []).append(recording.person)
    drawn = {table: people_drawn(own, count, seed) for table, own in people.items()}
    return tuple(recording for recording in recordings if recording.person in drawn[_table(recording)])


def evaluate_recordings(recordings: Iterable[Recording], *, told: bool = False) -> Evaluation:
    """The answers of `analyze_log`, scored as clips are; by exercise, person and table.

    Raises ValueError where two have the same id: one of them would be lost.
    """
    by_name: dict[str, Recording] = {}
    for recording in recordings:
        if by_name.setdefault(recording.name, recording) is not recording:
            raise ValueError(f"two recordings have the id {recording.name!r}")
    return evaluate(
        [labelled(recording) for recording in by_name.values()],
        lambda clip: answer(by_name[str(clip.path)], told=told),
    )


def labelled(recording: Recording) -> LabelledClip:
    """The recording as a row of a manifest, its exercise by the catalogue's name where there is one."""
    reps = recording.reps or 0
    person = f"{_table(recording)} {recording.person}"
    return LabelledClip(Path(recording.name), _slug(recording.label), reps, reps, _groups(person, _table(recording)))


def answer(recording: Recording, *, told: bool) -> Answer:
    """The repetitions of all sets together, and the name of the set with most."""
    name = _slug(recording.label) if told and find(recording.label) is not None else None
    source = Source("log", recording.name, recording.duration_s, recording.rate_hz)
    reports = [found.report for found in analyze_log(recording.log, source, exercise=name)]
    largest = max(reports, key=lambda report: report.rep_count)
    return Answer(sum(report.rep_count for report in reports), largest.recognition)


def _groups(person: str, table: str) -> Mapping[str, str]:
    return {"person": person, "source": table}


def _slug(label: str) -> str:
    entry = find(label)
    return NO_EXERCISE if label in EMPTY else entry.name if entry else label


def _table(recording: Recording) -> str:
    return recording.name.rpartition("_")[0] or recording.name
