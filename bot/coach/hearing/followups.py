"""Messages that go on with what was asked before: "and the fastest?", "why?", "and in pounds?", "what about the left?".

They keep the topic and change what they name: the extreme, the side, the phase, the repetition, the unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache

from bot.coach.facts import Facts, PhotoFacts, Units
from bot.coach.hearing.days import NOT_DONE, done_on, named_days
from bot.coach.hearing.intents import THRESHOLDS, Question
from bot.coach.hearing.joints import JOINTS, PART_OF_BODY, parts_of_body
from bot.coach.hearing.others import of_somebody_else
from bot.coach.hearing.over_time import over_time
from bot.coach.hearing.photo_asked import asked_of_photo
from bot.coach.hearing.pointing import ENDING, alone, named_alone
from bot.coach.hearing.told import aching
from bot.coach.hearing.two_photos import of_lines
from bot.coach.hearing.typed import Speller, spelled_out
from bot.coach.language import load
from bot.coach.words import folded, words

OF_REPS = frozenset(
    {"slowest", "rep", "extreme", "slowing", "lifting", "lowering", "depth", "count", "tempo", "fix", "why"}
)
OF_AMOUNT = frozenset(
    {"steady", "line", "sides", "slowing", "loss", "travel", "speed", "depth", "rest_done", "compare"}
)
OF_LOADS = frozenset(
    {"weight", "next_weight", "best", "max", "when_last", "compare", "compare_first", "progress", "session", "days"}
    | {"session_total", "session_best", "three_lifts", "count", "verdict", "topic:log_weight", "topic:start_weight"}
)
OF_A_DAY = frozenset({"when_last", "session_best"})  # "last week's top set" says of which day, and no word for done
TEXTS_KEPT = 256  # a message is looked at several times while it is answered
MOST_WITH_A_DAY = 4  # words
ADVISED = re.compile(r"\b(?:how|what|should|can|could|remind|plan)\b|까|해야|알림")
WHOLE_SET = re.compile(
    r"\b(?:ever|record|all time|hold|plank|set|sets|session|workout|week|month|year|weight)\b|세트|기록"
)
NEXT_LOAD = re.compile(
    r"다음|[할릴출일갈]까|[릴출일갈]래|해야|올[려릴리]|들[까어었]"
)  # "다음엔 몇 키로" asks for a weight, not for its unit
LOWERING = re.compile(
    r"\b(?:lowering|eccentrics?|negatives?|descents?|way down|going down|(?:s|secs?|seconds?) down)\b"
    r"|내릴|내려[가간갈]|내리는"
)
LIFTING = re.compile(
    r"\b(?:liftings?|concentrics?|ascents?|way up|going up)\b|\b(?:s|secs?|seconds?) up\b|올릴|올라[오온올]|올리는"
)
OF_PHASE = re.compile(rf"{LOWERING.pattern}|{LIFTING.pattern}|\bphase\b|때")
OF_ANGLES = re.compile(r"\b(?:angles?|degrees?)\b|각도|몇 ?도")
UNITS: Mapping[Units, re.Pattern[str]] = {
    "lb": re.compile(r"\b(?:in|to|into|how many) (?:lbs?|pounds?)\b|파운드로|몇 ?파운드"),
    "kg": re.compile(r"\b(?:in|to|into|how many) (?:kgs?|kilos?|kilograms?)\b|(?:킬로|키로|kg)로|몇 ?(?:킬로|키로|kg)"),
}  # fmt: skip


def unit_asked(text: str) -> Units | None:
    """The unit of weight that a message wants its answer in."""
    return next((unit for unit, pattern in UNITS.items() if pattern.search(folded(text))), None)


def followed(asked: Question, facts: Facts, before: str | None) -> Question:
    """The question with its target set by what it goes on with; the same where it goes on with nothing.

    `before` is the target of the question before.
    """
    said = ENDING.sub("", folded(asked.text).strip())
    if of_somebody_else(asked.text):
        return replace(asked, target="topic:others", score=1.0)
    if facts.photo and (_names_a_joint(said, facts.photo) or _of_a_joint(said, facts.photo)):
        return replace(asked, target="angles", score=1.0)
    if facts.photo and (target := asked_of_photo(asked.text, facts.photo, asked.exercise)):
        return replace(asked, target=target, score=1.0)
    if (extreme := extreme_named(said)) and _of_reps(_unphased(said), facts):
        return replace(asked, target="extreme", extreme=extreme, score=1.0, rep=None, reps=())
    if found := over_time(asked, said, facts):
        return found
    points = asked.target in OF_A_DAY or (asked.exercise and asked.score < THRESHOLDS.sure and alone_with_a_day(said))
    if aching((asked.text,)):
        return asked  # "sore since yesterday" asks for no sets of yesterday
    days = done_on(said, facts.today) or (named_days(said, facts.today) if points else None)
    if days and (facts.history or facts.this):
        return replace(asked, target="days", days=days, score=1.0)
    if before and (
        _says("same", said)
        or (before in OF_AMOUNT and _says("amount", said))
        or (asked.exercise is None and _in_a_unit(said) and before in OF_LOADS)
    ):
        return replace(asked, target=before, score=1.0)
    rep = _rep_named(said, before, facts)
    target = "rep" if rep else _short(said) or _by_what_was_asked(said, before) or _of_this_exercise(asked, said, facts)
    return replace(asked, target=target, score=1.0, rep=rep or asked.rep, exercise=None) if target else asked


def alone_with_a_day(said: str) -> bool:
    """Whether little more is said than an exercise and its day: "my plank friday?"."""
    return len(said.split()) <= MOST_WITH_A_DAY and not (ADVISED.search(said) or NOT_DONE.search(said))


def forget_texts() -> None:
    """Nothing that anybody typed stays in memory."""
    extreme_named.cache_clear()
    extremes_named.cache_clear()


def _names_a_joint(said: str, photo: PhotoFacts) -> bool:
    """Whether little more is said than a joint of the photo, or a side: "and the knee?", "what about the right one"."""
    seen = parts_of_body(" ".join(joint.name for joint in photo.joints))
    named = [word for word, part in PART_OF_BODY.items() if part in seen]
    sides = [f"{side} {one}" for side in named if PART_OF_BODY[side] not in JOINTS for one in ("one", "side")]
    return alone(said, "|".join(rf"(?:\w+ )?{re.escape(word)}s?" for word in sorted([*named, *sides])))


def _of_a_joint(said: str, photo: PhotoFacts) -> bool:
    """Whether the angle of a joint is asked for, or how one of the photo lies, whatever else is said."""
    named = parts_of_body(said) & JOINTS
    lies = named & parts_of_body(" ".join(joint.name for joint in photo.joints)) and of_lines(said)
    return bool(lies or (named and OF_ANGLES.search(said)))


@lru_cache(maxsize=TEXTS_KEPT)
def extreme_named(said: str) -> str | None:
    """Which extreme of the repetitions a text asks for, if any."""
    return next(iter(extremes_named(said)), None)


@lru_cache(maxsize=TEXTS_KEPT)
def extremes_named(said: str) -> tuple[str, ...]:
    """Every extreme of the repetitions that a text names, a slip of the fingers in it mended where it names none."""
    extremes: Mapping[str, str] = load("data/followups.toml")["extremes"]
    mended = " ".join(_speller().mended(words(said)))
    for text in (said, mended):
        found = tuple(name for name, one in extremes.items() if re.search(rf"(?<![a-z])(?:{one})(?![a-z])", text))
        if found:
            return found
    return ()


@cache
def _speller() -> Speller:
    """Mends the words for extremes that are one word."""
    extremes: Mapping[str, str] = load("data/followups.toml")["extremes"]
    return Speller(word for one in extremes.values() for word in one.split("|") if word.isalpha() and word.isascii())


def _of_reps(said: str, facts: Facts) -> bool:
    """Whether the extreme is one of the repetitions of this set: nothing else is named."""
    if facts.this is None or facts.this.is_hold or facts.this.is_round or facts.photo or WHOLE_SET.search(said):
        return False
    extremes = "|".join(load("data/followups.toml")["extremes"].values())
    return (
        len(extremes_named(said)) > 1
        or alone(" ".join(_speller().mended(words(said))), extremes)
        or alone(said, extremes)
        or re.search(r"\breps?\b|\bones?\b|반복|번째", said) is not None
    )


def _unphased(said: str) -> str:
    """The text without a phase of the repetition: "fastest ecc" says little more than "fastest"."""
    return OF_PHASE.sub(" ", " ".join(spelled_out(said))).strip()


def of_lowering(text: str) -> bool:
    """Whether the lowering is spoken of."""
    return LOWERING.search(" ".join(spelled_out(text))) is not None


def of_lifting(text: str) -> bool:
    """Whether the lifting is spoken of."""
    return LIFTING.search(" ".join(spelled_out(text))) is not None


def _in_a_unit(said: str) -> bool:
    return unit_asked(said) is not None and len(said.split()) <= 4 and not NEXT_LOAD.search(said)


def _says(name: str, said: str) -> bool:
    """Whether no more is said than a pattern of data/followups.toml."""
    return re.fullmatch(load("data/followups.toml")[name], said) is not None


def _short(said: str) -> str | None:
    wanted: Mapping[str, str] = load("data/followups.toml")["short"]
    led = re.match(r"(?:and|what about|how about|ok|그럼|그리고)\b", said) or re.fullmatch(r"[가-힣 ]+", said)
    return next((target for target, words in wanted.items() if led and alone(said, words)), None)


def _by_what_was_asked(said: str, before: str | None) -> str | None:
    data = load("data/followups.toml")
    for kind in ("why", "how", "sure", "meaning", "so") if before else ():
        if alone(said, data[kind]["asks"]):
            found: str | None = data[kind].get(before, data[kind].get("any"))
            return found
    return None


def _rep_named(said: str, before: str | None, facts: Facts) -> int | None:
    """The repetition that "and 5?" or "and the last one?" means, where repetitions were spoken of."""
    if before not in OF_REPS or facts.this is None or facts.this.is_hold or len(facts.session) > 1:
        return None
    return named_alone(said)


def _of_this_exercise(asked: Question, said: str, facts: Facts) -> str | None:
    """ "What about squats?" of the set that is spoken of anyway."""
    led = re.match(r"(?:what|how) about\b", said) and len(said.split()) <= 4
    return "verdict" if led and facts.this and asked.exercise == facts.this.exercise else None
