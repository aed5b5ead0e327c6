"""Recognise training diaries (Strong, Hevy, FitNotes, JEFIT, own tables): what was done, without the movement."""

from __future__ import annotations

import re

HEAD_CHARS = 4000  # JEFIT writes other tables first
REPS = re.compile(r"\breps?\b|repetition|repetici|répétition|wiederholung|횟수|반복|回数|次数")
BESIDE = re.compile(
    r"\bsets?\b|\bweight|\bexercise|\bserie|\bpeso\b|ejercicio|\bpoids\b|\bgewicht|\bübung|세트|무게|중량|운동|重量|種目|动作"
)
LOGS = re.compile(r"\bexercise (?:set )?logs\b")  # of JEFIT, whose sets stand in one cell, as "60x10,60x9"


def is_diary(text: str) -> bool:
    """Whether a line, or json, near the beginning of the text speaks of repetitions and of the exercise."""
    head = text[:HEAD_CHARS].lower()
    parts = [head] if head.lstrip().startswith(("{", "[")) else head.split("\n")
    plain = [re.sub(r"[_\W]+", " ", part) for part in parts]
    return any((REPS.search(part) and BESIDE.search(part)) or LOGS.search(part) for part in plain)
