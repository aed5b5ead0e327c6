"""What "the second one", "which was best" or "and the bench?" is of: sets of the day, repetitions, another exercise.

Told by the message itself, else by the turn before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.coach.facts import Facts, PastSet, Turn
from bot.coach.facts.estimates import in_units
from bot.coach.hearing.days import named_days
from bot.coach.hearing.intents import Question
from bot.coach.hearing.numbered import KOREAN_ORDINALS, NUMBER_WORDS, ORDINALS
from bot.coach.words import folded

REPS = re.compile(r"\breps?\b|\brepetitions?\b|반복|번째 거")
SETS = re.compile(r"\bsets?\b|세트")
ORDINAL = re.compile(
    rf"\b(?:the|my|that|number|no\.?) (?P<which>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)|last|final|latest)\b"
    r"(?! (?:time|week|month|session|workout|day|half|few|two|three|reps?|rep))"
    rf"|^(?:and )?(?:the )?(?P<bare>{'|'.join(ORDINALS[1:])}|last)(?: one)?\??$"
    rf"|(?P<korean>{'|'.join(KOREAN_ORDINALS)}|\d{{1,2}})\s*번째"
)
BEFORE = re.compile(r"\bthe (?:one|set) before\b|\bthe previous (?:one|set)\b|\bbefore (?:it|that)\b|앞 세트|직전")
MY_SETS = re.compile(r"\b(?:my|the|all|those|these) (?:\w+ )?sets\b|세트들|세트끼리")
NEXT = re.compile(r"\bnext\b|다음")
WHICH = re.compile(
    r"^(?:and |so |ok )*which (?:one |of (?:them|those|these) |)(?:was|is|were|did|went|felt)\b|^어느 게|^뭐가 제일"
)
BEST = re.compile(r"\b(?:best|strongest|top|cleanest)\b|제일 잘|베스트")
WORST = re.compile(r"\b(?:worst|weakest|poorest)\b|제일 못")
SLOWEST = re.compile(r"\b(?:slow(?:est)?|hardest|toughest|longest)\b|느린|느렸")
HEAVIEST = re.compile(r"\bheaviest\b|제일 무거")
LEADS_ON = re.compile(r"^(?:and|what about|how about|ok and|then|그럼|그리고)\b|(?:은|는)요?\??$")
AGAINST_THIS = re.compile(
    r"\b(?:better|worse|shorter|longer|slower|faster|heavier|lighter|harder|easier|deeper|stronger|weaker|different"
    r"|difference|than|vs\.?|versus|compared?|against)\b|보다|비교|차이|나았|나아|더 "
)
IS_THAT = re.compile(
    r"^(?:and |so |ok )*(?:is|are) "
    r"(?:that|this|it|those|\d+(?:\.\d+)? ?(?:s|secs?|seconds?|reps?|degrees|°|%|percent)) "
    r"(?:a lot|bad|good|much|normal|ok|okay|fine|enough|decent|too \w+|high|low|dangerous|risky|harmful|unsafe)\b"
    r"|^(?:많은|나쁜|좋은|괜찮은|정상) ?(?:거|건|편)"
)
# What is said on a measure's worth, by what was asked before.
AFTER = {
    **dict.fromkeys(("slowing", "loss", "slowest"), "loss"),
    **dict.fromkeys(("tempo", "lowering", "lifting", "pause"), "tempo"),
    **{name: name for name in ("sides", "depth", "steady", "compare")},
    "hold": "topic:plank_norm",
    **dict.fromkeys(("apart", "extreme"), "loss"),
    "count": "topic:reps_for_muscle",
    **dict.fromkeys(("tension", "topic:tension_meaning"), "topic:tension_meaning"),
}
ENGLISH_DAYS = (
    r"(?:(?:last |on |this )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|last (?:time|week|month|session|workout)|the week before|yesterday"
    r"|the other day|(?:\d{1,2}|an?|two|three|four|five|six) (?:day|week|month)s? ago"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|apr|aug|sept?|oct|nov|dec)"
)
KOREAN_DAYS = (
    r"(?:지난 ?(?:주|달|번|시간)|저번 ?(?:주|달)?|어제|(?:\d{1,2}|한|두|세|네) ?(?:일|주|달|개월) ?전|\d{1,2}월"
    r"|[월화수목금토일]요일)"
)
ANOTHER_DAY = re.compile(
    rf"\b(?:than|vs\.?|versus|with|to|against|since|beat|compared?) (?:my |the |on |in )?{ENGLISH_DAYS}\b"
    rf"|{KOREAN_DAYS}(?:보[다단]|이?랑|하고|과|와|에? ?비해| 대비)"
)
AGAINST_BEST = re.compile(
    r"\b(?:than|vs\.?|versus|with|to|against|beat) my (?:\w+ ){0,2}(?:best|records?|pr|pb)\b"
    r"|최고(?: ?기록)?(?:보다|이?랑|하고|과|와|에? ?비해| 대비)"
)
LOAD = re.compile(r"(?<![\d.,x×@])\d{2,3}(?:\.\d)?(?![\d%]|\.\d| ?(?:reps?|s\b|sec|min|회|개|초|번))")
HOW_IT_WENT = re.compile(
    r"\b(?:vs\.?|versus|was|were|felt|speed|fast\w*|slow\w*|moved|flew|compared?|against|than|deep\w*)\b|->"
    r"|비교|보다|랑|때|빨|느렸|속도"
)
SHORT_WORDS = 4  # who says more may ask something general: "should i train more than last week"
KEEPS = frozenset({"when_last", "best", "progress", "max", "sets_known"})


def on_another_day(said: str, facts: Facts, named: str | None = None) -> Facts:
    """The facts without the sets of other days than those that a message holds the set against: those it names, else
    any but the set's own.

    All of them where no set of its exercise is known from then: the one just before is then told, and said to be that;
    and where another exercise is `named`.
    """
    if facts.this is None or named not in (None, facts.this.exercise) or not ANOTHER_DAY.search(folded(said)):
        return facts
    days = named_days(said, facts.today)
    if days is None and not facts.same_workout:
        return facts
    before = facts.history[facts.newer :]
    then = tuple(one for one in before if (days.hold(one.done_on) if days else one.done_on != facts.this.done_on))
    narrowed = replace(facts, history=then, newer=0, narrowed=days is not None, log=facts.logged)
    return narrowed if _of_this_exercise(then, facts) else facts


def none_of_then(said: str, facts: Facts) -> bool:
    """Whether a message holds the set against days from which no other set of its exercise is known."""
    days = named_days(said, facts.today) if ANOTHER_DAY.search(folded(said)) else None
    return days is not None and not _of_this_exercise([one for one in facts.history if days.hold(one.done_on)], facts)


def _of_this_exercise(sets: Sequence[PastSet], facts: Facts) -> bool:
    return facts.this is not None and any(past.exercise == facts.this.exercise for past in sets)


def about_that(said: str, before: str | None) -> str | None:
    """What "is that a lot?" asks of, given what was asked before; None where it is no such question."""
    return AFTER.get(before or "") if IS_THAT.search(folded(said).strip()) else None


def resolved(asked: Question, facts: Facts, turns: Sequence[Turn] = ()) -> Question:
    """The question with what it refers to filled in; the same question where it names everything itself."""
    said = folded(asked.text).strip()
    if numbers := sets_by_weight(said, facts):
        compares = len(numbers) > 1 or AGAINST_THIS.search(said) is not None
        return replace(
            asked,
            target="session",
            sets=_beside_this(numbers, said, facts) if compares else numbers,
            score=1.0,
            rep=None,
            reps=(),
        )
    surely_next = asked.target == "next_weight" and NEXT.search(said)  # "plan the next top set"
    if not surely_next and _of_sets(said, facts, turns) and not _of_other_days(said, facts):
        numbers = _numbers(said)
        if asked.rep and numbers and min(numbers) > len(facts.session):
            return replace(asked, target="rep", score=1.0)  # "the 7th?" of two sets
        if len(asked.sets) == 1 and AGAINST_THIS.search(said):
            return replace(asked, target="session", sets=_beside_this(asked.sets, said, facts), rep=None, reps=())
        if asked.target == "compare" and numbers == (-2,):
            return asked  # against the set before: that is what is compared with anyway
        if len(numbers) > 1 or (numbers and not asked.sets and _only_points(asked, said)):
            return replace(asked, target="session", sets=_beside_this(numbers, said, facts), rep=None, reps=())
        if asked.target == "compare" and MY_SETS.search(said):
            return replace(asked, target="session")
        if WHICH.search(said) or SETS.search(said):
            return _which_set(asked, said)
    if (asked.target is None or asked.topic) and len(said.split()) <= SHORT_WORDS and ANOTHER_DAY.search(said):
        return replace(asked, target="compare")  # "3주 전보다 어때?" sounds like a plan of three weeks
    if asked.target == "compare" and AGAINST_BEST.search(said):
        return replace(asked, target="best_by")
    return replace(asked, target="when_last") if _leads_to_another(asked, said, facts) else asked


def sets_by_weight(said: str, facts: Facts) -> tuple[int, ...]:
    """The sets of the day that a message on how they went names by weights that no two of them share: "220 vs 205".

    None where it names no other than the set in question.
    """
    sets = facts.session
    loads = [past.weight_kg and f"{in_units(past.weight_kg, facts.units):.3g}" for past in sets]
    if len(sets) < 2 or len({*loads}) < len(loads) or None in loads or not HOW_IT_WENT.search(said):
        return ()
    said_loads = (f"{float(one):.3g}" for one in LOAD.findall(said))
    named = tuple(dict.fromkeys(loads.index(one) + 1 for one in said_loads if one in loads))
    this = len(sets) - sum(past in sets for past in facts.history[: facts.newer])
    return named if any(number != this for number in named) else ()


def _leads_to_another(asked: Question, said: str, facts: Facts) -> bool:
    """Whether the talk goes on with another exercise of the history: "and the bench?"."""
    if asked.exercise is None or asked.target in KEEPS or not LEADS_ON.search(said):
        return False
    return facts.this is not None and asked.exercise != facts.this.exercise and bool(facts.earlier(asked.exercise))


def _of_sets(said: str, facts: Facts, turns: Sequence[Turn]) -> bool:
    """Whether sets of the day are meant, not repetitions: there are several, and nobody speaks of repetitions."""
    if len(facts.session) < 2 or REPS.search(said):
        return False
    before = next((folded(turn.text) for turn in reversed(turns) if turn.role == "user"), "")
    return bool(SETS.search(said)) or not REPS.search(before)


def _of_other_days(said: str, facts: Facts) -> bool:
    """Whether days are named of which the set in question is none: "last week's top set"."""
    days = named_days(said, facts.today)
    return days is not None and facts.this is not None and not days.hold(facts.this.done_on)


def _only_points(asked: Question, said: str) -> bool:
    """Whether little more is said than which one: "and the second one?", "what about the first"."""
    return asked.topic is None or len(said.split()) <= 5


def _numbers(said: str) -> tuple[int, ...]:
    """The numbers of the sets that are pointed at, -1 for the last one, -2 for the one before it."""
    found = [(m.start(), _number(m)) for m in ORDINAL.finditer(said)]
    found += [(m.start(), -2) for m in BEFORE.finditer(said)]
    return tuple(number for _, number in sorted(found))


def _number(match: re.Match[str]) -> int:
    said = next(group for group in match.groups() if group)
    if said in ("last", "final", "latest"):
        return -1
    digits = re.match(r"\d+", said)
    if digits:
        return int(digits.group())
    return next(row.index(said) + 1 for row in (ORDINALS, NUMBER_WORDS, KOREAN_ORDINALS) if said in row)


def _beside_this(numbers: tuple[int, ...], said: str, facts: Facts) -> tuple[int, ...]:
    """The sets with another one beside a single one that a message compares: that in question, or the one before it."""
    sets, (first, *others) = facts.session, numbers
    if others or not AGAINST_THIS.search(said):
        return numbers
    this = len(sets) - sum(past in sets for past in facts.history[: facts.newer])
    wanted = first if first > 0 else len(sets) + 1 + first
    return (wanted, this) if wanted != this else (wanted - 1, wanted)


def _which_set(asked: Question, said: str) -> Question:
    """The set that is best, heaviest or slowest among those of the day."""
    if SLOWEST.search(said) and not SETS.search(said):
        return asked
    if (BEST.search(said) or HEAVIEST.search(said)) and not _numbers(said):
        return replace(asked, target="session_best", rep=None, reps=())
    if WORST.search(said):
        return replace(asked, target="session", rep=None, reps=())
    return asked
