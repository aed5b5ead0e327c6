"""The prompt: the system part always the same, the rest to fit; and Zephyr's way of writing it, to the byte.

A token that is read takes 20 to 40 ms on two cores, so all that is known before a question stands before it and has
been read by then: the facts with what is advised about them, the turns. After it comes one short hint.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.coach.cutter import split
from bot.coach.facts import Facts, Turn
from bot.coach.knowledge import topics
from bot.coach.language import say
from bot.coach.model.summary import summary
from bot.coach.phrases import phrase
from bot.coach.telling import against as against
from bot.coach.telling import form as form
from bot.coach.telling import sets as told
from bot.coach.telling.advice import topics_of
from bot.coach.telling.next_time import next_load
from bot.coach.words import INVISIBLE

SYSTEM = (
    "You are the coach of Spotter, kind and brief. You talk about a workout set that was measured. "
    "Use only the facts and the hint you are given. Never invent a number, a comparison or a diagnosis. "
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
QUESTION_CHARS = 500  # about 125 tokens of English
TOLD_CHARS = 200  # about 50 tokens of English
TURN_CHARS = 400  # of one earlier turn: the coach's longest answers are lists, whose beginning is enough to go on from
HINT_CHARS = 60  # some 15 tokens, a third of a second of reading
LETTERS_A_TOKEN = 3.0  # Llama-2's pieces of English words are longer as a rule; the estimate is meant to be too high


@dataclass(frozen=True, slots=True)
class Budget:
    """How many tokens there are: the model's context, what the answer and the next question may take, and a margin for
    a wrong estimate; how many turns are told word for word; and how long the hint may be."""

    context: int = 2048
    answer: int = 160
    margin: int = 64
    question: int = 320
    turns: int = 16
    hint_chars: int = HINT_CHARS

    @property
    def prompt(self) -> int:
        """Tokens that are left for the prompt."""
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

    Measured: 1.27 to 1.39 times as many for whole prompts, 1.6 in the mean for short lines. A text that is no prose
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
    """The prompt for one question: what `opened` makes, and the question with the first of the notes as a hint."""
    asked = Turn("user", question_text(question, notes, budget.hint_chars))
    beyond = max(count(asked.text) - budget.question, 0)  # a long question takes the place of turns
    before = _fitted(facts, turns, budget.prompt - budget.question - beyond, budget, count)
    return Prompt(SYSTEM, (*before, asked))


def opened(
    facts: Facts, turns: Sequence[Turn], budget: Budget = BUDGET, count: Callable[[str], int] = estimated_tokens
) -> Prompt:
    """The prompt as far as it is known before the next question: what a model may read ahead."""
    return Prompt(SYSTEM, _fitted(facts, turns, budget.prompt - budget.question, budget, count))


def _fitted(
    facts: Facts, turns: Sequence[Turn], room: int, budget: Budget, count: Callable[[str], int]
) -> tuple[Turn, ...]:
    """The facts with a summary of the older turns, and the newest turns that fit."""
    clean = tuple(Turn(turn.role, _cut(stripped(turn.text))) for turn in turns)
    for dropped in cuts(clean, budget.turns):
        told = (Turn("user", f"{facts_text(facts)}{summary(clean[:dropped])}"), Turn("assistant", READ))
        if count(zephyr(Prompt(SYSTEM, (*told, *clean[dropped:])))) <= room:
            return (*told, *clean[dropped:])
    return ()


def _cut(text: str) -> str:
    """The text, or its beginning up to a whole word."""
    return text if len(text) <= TURN_CHARS else f"{text[:TURN_CHARS].rsplit(' ', 1)[0]} …"


def cuts(turns: Sequence[Turn], most: int) -> Iterator[int]:
    """How many of the oldest turns to leave out, the fewest first; what stays begins with the user.

    They go half a window at a time, a quarter where long turns don't fit: a window that slid with every turn would
    change the prompt from its head on, and the model would have to read all of it anew.
    """
    step, finer = max(most // 2, 1), max(most // 4, 1)
    first = max(0, -(-(len(turns) - most) // step) * step)
    for at in (*range(first, len(turns), finer), len(turns)):
        yield next((start for start in range(at, len(turns)) if turns[start].role == "user"), len(turns))


def facts_text(facts: Facts) -> str:
    """The facts as a block of short sentences: the same words that the deterministic coach would say."""
    lines = ["Facts about my set:", *facts_lines(facts)]
    lines += [say("en", "told_note", told=stripped(phrase(one, facts))[:TOLD_CHARS]) for one in facts.told]
    return "\n".join(stripped(line) for line in lines)


def facts_lines(facts: Facts) -> tuple[str, ...]:
    """The set in question, what changed since the last one of its kind, and what is advised about both."""
    if facts.this is None:
        return ("No set was measured yet.",)
    compared = against.compare(facts, facts.this) if facts.last_same else ()
    load = told.load_used(facts, facts.this) if facts.this.weight_kg is not None else ()
    return (*form.verdict(facts, facts.this), *load, *compared, *advice(facts))


def advice(facts: Facts) -> tuple[str, ...]:
    """What is known about mending the weightiest fault of the set, and what to load next."""
    if facts.this is None:
        return ()
    known = (topics()[name].text(facts.language) for name in topics_of(facts.this))
    return (*known, *next_load(facts, facts.this))


def question_text(question: str, notes: Sequence[str], hint_chars: int = HINT_CHARS) -> str:
    """What the user asks, with what the answer should start from."""
    asked, hint = stripped(question)[:QUESTION_CHARS], stripped(_hint(notes, hint_chars))
    return f"{asked}\nHint: {hint}" if hint else asked


def _hint(notes: Sequence[str], hint_chars: int) -> str:
    """The first sentences of the notes, as many as there is room for; of one that is too long, its beginning."""
    sentences = [sentence for note in notes for sentence in split(note)]
    room, said = hint_chars, list[str]()
    for sentence in sentences:
        room -= len(sentence) + 1
        if said and room < 0:
            break
        said.append(sentence)
    hint = " ".join(said)
    return hint if len(hint) <= hint_chars else hint[:hint_chars].rsplit(" ", 1)[0]
