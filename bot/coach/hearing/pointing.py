"""What "it", "the one after that" and "by how much?" point at, once repetitions, sets or a fault were spoken of.

After "how long was rep 3?" the message "was it slower than the first?" is of repetitions 3 and 1, not of sets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.coach.facts import Facts, SetFacts
from bot.coach.hearing.intents import Question
from bot.coach.hearing.numbered import KOREAN_ORDINALS, ORDINALS, rep_numbers, than_number
from bot.coach.hearing.references import WORST
from bot.coach.hearing.sought import Sought
from bot.coach.hearing.spans import Days
from bot.coach.language import load
from bot.coach.words import folded

ENDING = re.compile(r"[\s?!.,~…ㅋㅎ]+$")
NUMBER = re.compile(r"(?:#|rep |number |no\.? )?(?P<number>\d{1,2})")
OF_MORE = re.compile(r"\b(?:sets?|weeks?|months?|sessions?|workouts?|days?|times?|exercises?)\b|세트|지난|저번|어제")
PAST = re.compile(r"^(?:and |so |but |ok |then )*(?:how (?:\w+ )?(?:was|did)|was|were|did|is|tell me about|show me)\b")
IT = re.compile(r"\b(?:it|that one|that rep|this one|this rep)\b")
OF_IT = frozenset({"depth", "lifting", "lowering", "tempo", "tension", "pause"})
COUNTS = (
    *(("two", "2", "두"), ("three", "3", "세"), ("four", "4", "네"), ("five", "5", "다섯"), ("six", "6", "여섯")),
    *(("seven", "7", "일곱"), ("eight", "8", "여덟")),
)
GROUP = re.compile(
    rf"\b(?:last|final|first) (?P<english>{'|'.join(f'{english}|{digit}' for english, digit, _ in COUNTS)})"
    r"(?: reps?| ones?)?(?: (?:times?|seconds|then|please|each))*$"
    rf"|(?:마지막|처음) (?P<korean>{'|'.join(f'{korean}|{digit}' for _, digit, korean in COUNTS)}) ?(?:개|번)?"
)
MOST_TOLD = 12  # repetitions that are told one by one: more nobody reads in a chat
OF_A_FAULT = frozenset({"depth", "line", "fix", "why", "verdict"})
AMOUNTS: Mapping[str, str] = {
    **dict.fromkeys(("compare", "compare_by"), "compare_by"),
    **dict.fromkeys(("best", "best_by"), "best_by"),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the turn before was of.

    `target` is its intent or topic; `reps` the repetitions by number, the one that it was about first; `measure` what
    they were compared in; `against` the repetition from which "by how much?" counts; `sets` the sets of the day;
    `spans` two weeks or months that were compared; `exercise` the one that was named, `days` those of the past,
    `sought` what was sought in what is stored.
    """

    target: str | None = None
    reps: tuple[int, ...] = ()
    measure: str | None = None
    against: int | None = None
    sets: tuple[int, ...] = ()
    spans: tuple[str, ...] = ()
    exercise: str | None = None
    days: Days | None = None
    sought: Sought | None = None


NOTHING_SPOKEN = Spoken()


def pointed(asked: Question, facts: Facts, spoken: Spoken) -> Question | None:
    """The question with what it points at: repetitions, sets, what was compared; None where it points at nothing."""
    said, data = ENDING.sub("", folded(asked.text).strip()), load("data/followups.toml")
    if spoken.spans and re.fullmatch(data["which_better"], said):
        return replace(asked, target="which_span", score=1.0, spans=spoken.spans)
    if facts.this is None or facts.photo:
        return None
    if re.fullmatch(data["by_how_much"], said):
        return _by_how_much(asked, spoken)
    if spoken.target in OF_A_FAULT and re.fullmatch(data["where"], said):
        return replace(asked, target="where", score=1.0, rep=None, reps=())
    if spoken.sets and not spoken.reps and len(facts.session) > 1:
        return _of_sets(asked, said, spoken)
    several = _several(said, facts.this, spoken)
    return _of(asked, several) if several else _of_reps(asked, said, facts.this, spoken)


def _of_reps(asked: Question, said: str, this: SetFacts, spoken: Spoken) -> Question | None:
    """The repetitions that a message points at, some of them spoken of; None where it names two itself, or a set."""
    if not spoken.reps or this.is_hold or OF_MORE.search(said) or len(rep_numbers(asked.text)) > 1:
        return None
    if (named := named_alone(said)) is not None:
        return _of(asked, (named,))
    if len(spoken.reps) > 1 and re.match(load("data/followups.toml")["which_of_two"], said):
        return _of(asked, spoken.reps)
    if step := _step(said):
        return _stepped(asked, said, step, spoken)
    other = than_number(asked.text) or _than_step(said, spoken)
    if other is not None:
        return _of(asked, (spoken.reps[0], other), spoken.measure)
    return _of(asked, spoken.reps[:1]) if asked.rep is None and asked.target in OF_IT and IT.search(said) else None


def _of_sets(asked: Question, said: str, spoken: Spoken) -> Question | None:
    """The sets of the day that a message points at, one of them spoken of: "the one after that", "than the first"."""
    about, step, other = spoken.sets[0], _step(said), than_number(asked.text)
    if re.search(r"\breps?\b|반복", said):
        return None
    if WORST.search(said):
        return replace(asked, target="session", score=1.0, rep=None, reps=())
    if not (step or other):
        return None
    numbers = (about + step,) if step else (about, other or about)
    return replace(asked, target="session", score=1.0, sets=numbers, rep=None, reps=(), exercise=None)


def _several(said: str, this: SetFacts, spoken: Spoken) -> tuple[int, ...]:
    """The repetitions of "how long did each take" and "the last two"; none where a message means no such group."""
    numbers = tuple(rep.number for rep in this.reps)
    if this.is_hold or len(numbers) < 2 or OF_MORE.search(said):
        return ()
    if re.search(load("data/followups.toml")["each"], said):
        return numbers[:MOST_TOLD]
    found = GROUP.search(said)
    if found is None or not (spoken.reps or found.group() == said or re.search(r"\breps?\b|반복", said)):
        return ()
    size = next(at for at, row in enumerate(COUNTS, start=2) if (found["english"] or found["korean"]) in row)
    return numbers[-size:] if re.match(r"last|final|마지막", found.group()) else numbers[:size]


def alone(said: str, wanted: str) -> bool:
    """Whether little more is said than what is wanted: "and the fastest one", "what about the left side"."""
    data = load("data/followups.toml")
    return re.fullmatch(rf"{data['leads']}(?:{wanted})(?:{data['closes']})", said) is not None


def named_alone(said: str) -> int | None:
    """The number that is little more than all that is said: "and 5?", "the second one"; -1 for the last one."""
    if alone(said, "last|final|last one"):
        return -1
    found = NUMBER.search(said)
    if found and alone(said, NUMBER.pattern):
        return int(found["number"])
    rows = (zip(ORDINALS, range(1, 11), strict=True), zip(KOREAN_ORDINALS, range(1, 11), strict=True))
    named = ((word if word.isascii() else f"{word} ?번째", at) for row in rows for word, at in row)
    return next((at for word, at in named if alone(said, word)), None)


def _by_how_much(asked: Question, spoken: Spoken) -> Question | None:
    """How far apart the two are that were compared; None where nothing was."""
    if spoken.reps and spoken.against is not None:
        apart = _of(asked, (spoken.reps[0], spoken.against), spoken.measure)
        return replace(apart, target="apart")
    target = AMOUNTS.get(spoken.target or "")
    return replace(asked, target=target, score=1.0) if target else None


def _stepped(asked: Question, said: str, step: int, spoken: Spoken) -> Question:
    """Of the repetition before or after the one spoken of; "was the next one slower?" holds the two together."""
    about = spoken.reps[0]
    number = max(about + step, 0)
    compares = re.search(load("data/followups.toml")["than_that"], said)
    return _of(asked, (number, about)) if compares and number else _of(asked, (number,))


def _step(said: str) -> int:
    """How many repetitions further a message points: 1 for "the one after that", -1 for "the one before", else 0."""
    data = load("data/followups.toml")
    for step, name in ((1, "after_that"), (-1, "before_that")):
        if alone(said, data[name]):
            return step
        if PAST.search(said) and "than" not in said and re.search(rf"\b(?:{data[name]})\b", said):
            return step
    return 0


def _than_step(said: str, spoken: Spoken) -> int | None:
    """The repetition that something is held against: "than the one before"; None where none is."""
    data = load("data/followups.toml")
    for step, name in ((1, "after_that"), (-1, "before_that")):
        if re.search(rf"\bthan (?:the )?(?:{data[name]})\b|^(?:{data[name]})(?:보다|랑|하고)", said):
            return max(spoken.reps[0] + step, 1)
    return None


def _of(asked: Question, reps: tuple[int, ...], measure: str | None = None) -> Question:
    one = reps[0] if len(reps) == 1 else None
    pair = reps if len(reps) > 1 else ()
    return replace(asked, target="rep", score=1.0, rep=one, reps=pair, sets=(), exercise=None, measure=measure)
