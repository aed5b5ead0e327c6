"""The prompt of TinyLlama-1.1B-Chat: Zephyr's template to the byte, the system part always the same, the rest to fit.

The template is pinned here since a GGUF without one silently falls back to Llama-2's. It reads
`<|system|>\\n…</s>\\n<|user|>\\n…</s>\\n<|assistant|>\\n` (model card of TinyLlama-1.1B-Chat-v1.0).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.coach import tell_history as history
from bot.coach import tell_set as told
from bot.coach.facts import Facts, Turn
from bot.coach.language import say
from bot.coach.words import INVISIBLE

SYSTEM = (
    "You are the coach of Spotter, kind and brief. You talk about a workout set that was measured. "
    "Use only the facts and notes you are given. Never invent a number, a comparison or a diagnosis. "
    "Answer in two or three short sentences."
)
STOP = ("</s>", "<|user|>", "<|system|>", "<|assistant|>")

# Whatever looks like a role or a control token of this or a neighbouring template, spaces and look-alikes included.
ROLE_TOKENS = re.compile(
    r"<\s*\|[^<>|]{0,40}\|\s*>|<\s*/?\s*s\s*>|<<\s*/?\s*sys\s*>>|\[\s*/?\s*inst\s*\]|<0x[0-9a-f]{2}>|<\s*/?\s*unk\s*>",
    re.IGNORECASE,
)
LEFTOVERS = re.compile(r"<\s*\||\|\s*>")
QUESTION_CHARS = 500
TOLD_CHARS = 200
SUMMARY_CHARS = 240
LETTERS_A_TOKEN = 2.5  # Llama-2's pieces of English words are longer as a rule; the estimate is meant to be too high


@dataclass(frozen=True, slots=True)
class Budget:
    """How many tokens there are: the model's context, what the answer may take, and a margin for a wrong estimate."""

    context: int = 2048
    answer: int = 160
    margin: int = 64

    @property
    def prompt(self) -> int:
        return self.context - self.answer - self.margin


BUDGET = Budget()


def stripped(text: str) -> str:
    """The text on one line, without role tokens, control and invisible characters, however they were nested."""
    clean = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    while (shorter := LEFTOVERS.sub(" ", ROLE_TOKENS.sub(" ", clean))) != clean:
        clean = shorter
    return " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in clean).split())


def render(system: str, turns: Iterable[Turn]) -> str:
    """The turns in Zephyr's template, ready for the assistant to speak. Texts must have been stripped."""
    said = "".join(f"<|{turn.role}|>\n{turn.text}</s>\n" for turn in turns)
    return f"<|system|>\n{system}</s>\n{said}<|assistant|>\n"


def estimated_tokens(text: str) -> int:
    """Rather more tokens than Llama-2's tokenizer makes of prose: signs and digits one, other scripts one a byte.

    Measured on the coach's own texts and 368 lines of gym talk: 1.5 times as many in the mean. A text that is no prose
    may have more; the model refuses what doesn't fit, and the rules answer.
    """
    letters = sum(math.ceil(len(word) / LETTERS_A_TOKEN) for word in re.findall(r"[A-Za-z]+", text))
    signs = sum(len(sign.encode()) for sign in re.findall(r"[^A-Za-z\s]", text)) + text.count("\n")
    return letters + signs + 1


def build(
    facts: Facts,
    turns: Sequence[Turn],
    question: str,
    notes: Sequence[str],
    budget: Budget = BUDGET,
    count: Callable[[str], int] = estimated_tokens,
) -> str:
    """The prompt for one question: system, facts, the newest turns that fit, a line on the older ones, the question."""
    facts_turns = (Turn("user", facts_text(facts)), Turn("assistant", "I have read the facts."))
    asked = Turn("user", question_text(question, notes))
    clean = tuple(Turn(turn.role, stripped(turn.text)) for turn in turns)
    for kept in range(len(clean) + 1):
        said = (*facts_turns, *_shortened(clean, kept), asked)
        text = render(SYSTEM, said)
        if count(text) <= budget.prompt:
            return text
    return render(SYSTEM, (asked,))


def _shortened(turns: tuple[Turn, ...], dropped: int) -> tuple[Turn, ...]:
    """The turns with the oldest `dropped` ones told in a line; the rest begins with the user."""
    older, newer = turns[:dropped], turns[dropped:]
    if newer and newer[0].role == "assistant":
        older, newer = (*older, newer[0]), newer[1:]
    return (*(_summary(older) if older and newer else ()), *newer)


def _summary(older: Sequence[Turn]) -> tuple[Turn, ...]:
    """What was talked about before, in two lines: the user's questions, newest last, as many as fit."""
    asked = " / ".join(turn.text for turn in older if turn.role == "user")[-SUMMARY_CHARS:]
    return (Turn("user", f"Earlier I asked: {asked}"), Turn("assistant", "I remember.")) if asked else ()


def facts_text(facts: Facts) -> str:
    """The facts as a block of short sentences: the same words that the deterministic coach would say."""
    lines = ["Facts about my set:", *facts_lines(facts)]
    lines += [say("en", "told_note", told=stripped(one)[:TOLD_CHARS]) for one in facts.told]
    return "\n".join(stripped(line) for line in lines)


def facts_lines(facts: Facts) -> tuple[str, ...]:
    """The set in question and what changed since the last one of its kind."""
    if facts.this is None:
        return ("No set was measured yet.",)
    compared = history.compare(facts, facts.this) if facts.last_same else ()
    load = told.load_used(facts, facts.this) if facts.this.weight_kg is not None else ()
    return (*told.verdict(facts, facts.this), *load, *compared)


def question_text(question: str, notes: Sequence[str]) -> str:
    """What the user asks, after the notes that the answer may use."""
    asked = stripped(question)[:QUESTION_CHARS]
    return "\n".join((*(f"Note: {stripped(note)}" for note in notes), f"Question: {asked}"))
