"""The prompt: the system part always the same, the rest to fit; and Zephyr's way of writing it, to the byte."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.coach import tell_history as history
from bot.coach import tell_set as told
from bot.coach.facts import Facts, Turn
from bot.coach.language import say
from bot.coach.phrases import phrase
from bot.coach.summary import summary
from bot.coach.words import INVISIBLE

SYSTEM = (
    "You are the coach of Spotter, kind and brief. You talk about a workout set that was measured. "
    "Use only the facts and notes you are given. Never invent a number, a comparison or a diagnosis. "
    "Answer in two or three short sentences."
)
READ = "I have read the facts."
# Whatever looks like a role or a control token of this or a neighbouring template, spaces and look-alikes included.
ROLE_TOKENS = re.compile(
    r"<\s*\|[^<>|]{0,40}\|\s*>|<\s*/?\s*s\s*>|<<\s*/?\s*sys\s*>>|\[\s*/?\s*inst\s*\]|<0x[0-9a-f]{2}>|"
    r"<\s*/?\s*(?:unk|bos|eos|pad|think|tool_call|start_of_turn|end_of_turn)\s*>",
    re.IGNORECASE,
)
LEFTOVERS = re.compile(r"<\s*\||\|\s*>")
QUESTION_CHARS = 500
TOLD_CHARS = 200
LETTERS_A_TOKEN = 2.5  # Llama-2's pieces of English words are longer as a rule; the estimate is meant to be too high


@dataclass(frozen=True, slots=True)
class Budget:
    """How many tokens there are: the model's context, what the answer and the next question may take, and a margin for
    a wrong estimate; and how many turns are told word for word."""

    context: int = 2048
    answer: int = 160
    margin: int = 64
    question: int = 320
    turns: int = 8

    @property
    def prompt(self) -> int:
        return self.context - self.answer - self.margin


BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is given: the system part, the turns, and the beginning of its answer where it goes on with one.

    Nothing that a user typed is in `system`; the texts of the turns have been stripped.
    """

    system: str
    turns: tuple[Turn, ...]
    begun: str = ""


def stripped(text: str) -> str:
    """The text on one line, without role tokens, control and invisible characters, however they were nested."""
    clean = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    while (shorter := LEFTOVERS.sub(" ", ROLE_TOKENS.sub(" ", clean))) != clean:
        clean = shorter
    return " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in clean).split())


def zephyr(prompt: Prompt) -> str:
    """The prompt in the template of TinyLlama-1.1B-Chat, ready for the assistant to speak."""
    said = "".join(f"<|{turn.role}|>\n{turn.text}</s>\n" for turn in prompt.turns)
    return f"<|system|>\n{prompt.system}</s>\n{said}<|assistant|>\n{prompt.begun}"


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
) -> Prompt:
    """The prompt for one question: system, facts, a summary of the older turns, the newest that fit, the question."""
    asked = Turn("user", question_text(question, notes))
    return _fitted(facts, turns, (asked,), budget, count)


def opened(
    facts: Facts, turns: Sequence[Turn], budget: Budget = BUDGET, count: Callable[[str], int] = estimated_tokens
) -> Prompt:
    """The prompt as far as it is known before the next question: what a model may read ahead."""
    return _fitted(facts, turns, (), budget, count)


def _fitted(
    facts: Facts, turns: Sequence[Turn], asked: tuple[Turn, ...], budget: Budget, count: Callable[[str], int]
) -> Prompt:
    clean = tuple(Turn(turn.role, stripped(turn.text)) for turn in turns)
    room = budget.prompt - (0 if asked else budget.question)
    for dropped in cuts(clean, budget.turns):
        told = (Turn("user", f"{facts_text(facts)}{summary(clean[:dropped])}"), Turn("assistant", READ))
        prompt = Prompt(SYSTEM, (*told, *clean[dropped:], *asked))
        if count(zephyr(prompt)) <= room:
            return prompt
    return Prompt(SYSTEM, asked)


def cuts(turns: Sequence[Turn], most: int) -> Iterator[int]:
    """How many of the oldest turns to leave out, the fewest first; what stays begins with the user.

    They go half a window at a time: a window that slid with every turn would change the prompt from its head on, and
    the model would have to read all of it anew.
    """
    step = max(most // 2, 1)
    first = max(0, -(-(len(turns) - most) // step) * step)
    for at in (*range(first, len(turns), step), len(turns)):
        yield next((start for start in range(at, len(turns)) if turns[start].role == "user"), len(turns))


def facts_text(facts: Facts) -> str:
    """The facts as a block of short sentences: the same words that the deterministic coach would say."""
    lines = ["Facts about my set:", *facts_lines(facts)]
    lines += [say("en", "told_note", told=stripped(phrase(one, facts))[:TOLD_CHARS]) for one in facts.told]
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
