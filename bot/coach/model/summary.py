"""The running summary of older turns: what was asked and what was answered, in a few short lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.coach.cutter import split
from bot.coach.facts import Turn

LONGEST_CHARS = 500  # of all lines together
ASKED_CHARS, SAID_CHARS = 70, 110  # of each earlier turn: about 45 tokens


def summary(older: Sequence[Turn]) -> str:
    """Lines on the older turns, the newest kept where not all fit; empty where there are none.

    The lines of a conversation that goes on only grow at their end, until the oldest fall out.
    """
    lines, left, told = list(_exchanges(older)), LONGEST_CHARS, list[str]()
    for line in reversed(lines):
        left -= len(line)
        if left < 0:
            break
        told.append(line)
    missing = len(lines) - len(told)
    head = f"Earlier in this talk{f' ({missing} exchanges before are left out)' if missing else ''}:"
    return "\n" + "\n".join((head, *reversed(told))) if told else ""


def _exchanges(turns: Sequence[Turn]) -> Iterator[str]:
    """One line for each question with the core of its answer."""
    for at, turn in enumerate(turns):
        if turn.role != "user":
            continue
        answer = next((later.text for later in turns[at + 1 : at + 2] if later.role == "assistant"), "")
        said = split(answer)[:1]
        yield f"- I asked: {_cut(turn.text, ASKED_CHARS)}" + (f" You said: {_cut(said[0], SAID_CHARS)}" if said else "")


def _cut(text: str, longest: int) -> str:
    """The text, or its beginning up to a whole word."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"
