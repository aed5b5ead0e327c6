"""Reads the lists of questions and what a right answer to each contains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in one scene; an answer is right if it holds one alternative of every group."""

    scene: str
    question: str
    wanted: tuple[tuple[str, ...], ...]

    def answered_by(self, answer: str) -> bool:
        """Whether an answer holds one alternative of every group."""
        return all(any(_holds(answer, one) for one in group) for group in self.wanted)


def read_questions(name: str) -> tuple[Asked, ...]:
    """The questions of a file under data/, in the form its head describes."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(_parsed(line) for line in lines if line.strip() and not line.startswith("#"))


def read_lines(name: str) -> tuple[str, ...]:
    """The lines of a file under data/, comments and empty ones left out."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def names(beginning: str) -> tuple[str, ...]:
    """The lists of a kind, by file name."""
    return tuple(sorted(path.name for path in DATA.glob(f"{beginning}*.txt")))


def _parsed(line: str) -> Asked:
    scene, question, wanted = (part.strip() for part in line.split("|"))
    groups = tuple(tuple(one.strip() for one in group.split("/")) for group in wanted.split(";"))
    return Asked(scene, question, groups)


def _holds(answer: str, wanted: str) -> bool:
    """Whether the answer contains the text; a number only whole, so that 8 is not found in 98 or 1.8."""
    if re.fullmatch(r"[\d.]+", wanted):
        return re.search(rf"(?<![\d.]){re.escape(wanted)}(?![\d]|\.\d)", answer) is not None
    return wanted.lower() in answer.lower()
