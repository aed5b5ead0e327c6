"""What only the user can say of a sensor log: which columns, which unit, how many samples a second. No I/O.

The question is the pipeline's `ColumnsUnsure`, kept as JSON with the job; the answer is the code of one of its choices,
and the job runs again with it. Both outlive a restart.
"""

from __future__ import annotations

import json

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sentences import say
from bot.words.replies import snake
from pipeline.errors import ColumnsUnsure

CHOICES_SHOWN = 8  # as many as a phone shows without scrolling


def to_question(error: ColumnsUnsure) -> str:
    """The question as JSON, to be kept with its job."""
    choices, labels = str(error.facts["choices"]).split(" "), str(error.facts["labels"]).split("|")
    asked = {"asks": snake(type(error).__name__), "choices": dict(zip(choices, labels, strict=True))}
    return json.dumps(asked, ensure_ascii=False)


def question_of(job_id: int, question: str, language: str) -> tuple[str, InlineKeyboardMarkup]:
    """The question in words, HTML, and a button for each answer."""
    asked = json.loads(question)
    rows = [
        [InlineKeyboardButton(label, callback_data=f"column:{job_id}:{choice}")]
        for choice, label in list(asked["choices"].items())[:CHOICES_SHOWN]
    ]
    return say(language, f"problem.{asked['asks']}"), InlineKeyboardMarkup(rows)


def is_answer(question: str, choice: str) -> bool:
    """The choice is one that was offered."""
    return choice in json.loads(question)["choices"]
