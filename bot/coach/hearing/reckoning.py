"""Questions about what is stored, put together of a quantity, an aggregate, a scope and a comparison.

"How much slower was set 3 than set 1 on the way up" is the lifting of set 3 held against that of set 1, whatever the
words between. A message is one of these where it names how something is summed up or compared, and of which quantity;
or, in few words, where what it leaves out was said just before: "and of the last three?".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.coach.facts import Facts
from bot.coach.facts.quantities import QUANTITIES
from bot.coach.hearing.exercise_asked import current, other_exercise
from bot.coach.hearing.intents import Question
from bot.coach.hearing.named_quantities import (
    HOW_MANY,
    PACED,
    aggregates_of,
    form_of,
    is_timed,
    may_be_of,
    quantities_of,
    taken,
)
from bot.coach.hearing.numbered import rep_number
from bot.coach.hearing.pointing import ENDING, Spoken
from bot.coach.hearing.scopes import (
    A_REP,
    ENDS,
    EVERY,
    FROM_TILL,
    GROUP,
    HALF,
    LAST_TIME,
    NEWEST,
    OF_THIS,
    OF_TODAY,
    ROLLING,
    SET_BEFORE,
    of_today,
    patterns,
    scopes,
)
from bot.coach.hearing.shares import asks_share, share_asked
from bot.coach.hearing.sought import Part, Period, Sought
from bot.coach.hearing.spans import Days
from bot.coach.words import folded

LONGEST_CHARS = 140
LONGEST_WORDS = 24
PHASES = frozenset({"lifting", "lowering", "pause", "range", "length", "gap", "speed"})
SUMS = frozenset(
    {"reps", "volume", "weight", "hold", "sets", "days"}
)  # whose totals and bests have a road of their own
OWN_ROAD = frozenset({"lifting", "lowering", "range", "length"})  # whose extremes and pairs of repetitions have one
EXTREMES = frozenset({"slowest", "fastest", "most", "least"})
ALWAYS = frozenset({"gap", "length", "duration"})  # asked for by their name alone
IN_ALL = ("lifting", "range")  # what two repetitions are held against each other in, where nothing is named
GROWS = frozenset({"weight", "reps", "volume", "hold"})  # "how much did my weight go up" is of all sets
BOTH_WAYS = ("lifting", "lowering")  # what "slower" may be of, where no phase is named
OF_THE_LOG = frozenset({"sets_known", "session_total", "session_count", "often", "since"})  # answered on another road
OF_ALL_EXERCISES = frozenset({"volume", "sets", "days"})
AFTER: Mapping[str, str] = {  # the quantity that was spoken of, by the intent of the turn before
    **{name: name for name in ("lifting", "lowering", "pause", "tension", "hold", "weight")},
    **dict.fromkeys(("depth",), "range"),
    **dict.fromkeys(("count", "session_total", "sets_known", "days"), "reps"),
    **dict.fromkeys(("slowing", "slowest", "tempo"), "lifting"),
}
ONE_BEFORE = re.compile(r"\b(?:time|one|session|workout|day) before\b|그 ?전")
MORE = re.compile(r"\b(?:more|less|fewer|better|worse)\b|더|보다|늘|줄")
SETS_THEMSELVES = re.compile(r"\b(?:sets|workouts|sessions)\b(?! (?:ago|before))|세트 ?수|몇 ?세트")
GREW = re.compile(
    r"\b(?:go|gone|went) up\b|\b(?:grow\w*|grew|increased?|gain(?:ed)?|progress\w*|improved?|drop(?:ped)?|lost|lose)\b"
    r"|늘었|줄었|올랐"
)
HOW_FAST = re.compile(r"\bhow (?:slow|fast|quick)\b")
LED_ON = re.compile(r"^(?:and|what about|how about|ok and)\b|^(?:그럼|그리고)|(?:은|는)요?$")
EACH_REP = re.compile(r"\b(?:each|every|all)\b|하나하나|마다|각각|하나씩")
OVER_SETS = re.compile(r"\btrend|\bover (?:time|the)\b|\bslope\b|추[세이]")
ASKS = re.compile(
    r"^(?!i )(?:.*\b)?(?:how|what|what's|whats|which|was|were|did|longest|shortest|average|avg|tell|show|give)\b"
    r"|몇|얼마|평균|알려|보여"
)
SOME_SETS = re.compile(r"\bwhich\b|\btoday\b|\bweek\b|\bmonth\b|\d|어느|몇|오늘|[주달월]")
SHORT_WORDS = 4
A_SET = re.compile(r"\bsets?\b|세트")
POINTS = re.compile(
    r"\b(?:it|that|this|those|they|them|before)\b|^(?:and|what about|how about)\b"
    r"|그 ?전|그게|그건|그거|그럼|(?:은|는)요?$"
)
REST_OF_SETS = re.compile(
    r"\b(?:rest(?:ed|ing)?|breaks?|pauses?)\b.{0,24}\bbetween (?:my |the |each )?sets\b"
    r"|세트 ?(?:사이|간)|쉬는 ?시간|쉰 ?시간"
)
DONE = re.compile(r"\b(?:did|was|were|took|long was)\b|[었았했됐]")
ADVISED = re.compile(
    r"\b(?:should|shall|need|best|ideal|enough|recommend\w*|ok|good)\b|해야|좋|할까|적당|충분|하면|짧[았은]|길[었은]"
)
COUNTED = re.compile(r"\bhow many\b|몇|며칠")
DAY_WORDS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:'?s)?|yesterday|last|this|week|month|ago|january|february|march"
    r"|april|may|june|july|august|september|october|november|december|first|second|third|\d+(?:st|nd|rd|th)?)\b"
    r"|[월화수목금토일]요일|어제|그저께|지난 ?[주달]|이번 ?[주달]|저번 ?[주달]|\d{1,2}월|\d{1,2}일|전"
)


def reckoned(asked: Question, facts: Facts, spoken: Spoken) -> Question | None:
    """The question as one for what is stored; None where it is no such question."""
    facts = facts.whole
    said = ENDING.sub("", folded(asked.text).strip())
    named = asked.exercise is not None and any(past.exercise == asked.exercise for past in facts.logged)
    if (facts.photo and not named) or len(said) > LONGEST_CHARS or len(said.split()) > LONGEST_WORDS:
        return None
    if REST_OF_SETS.search(said) and DONE.search(said) and not ADVISED.search(said):
        return replace(asked, target="rest_done", score=1.0)
    words = patterns()["words"]
    if words["meaning"].search(said) and not taken("aggregates", said)[0]:
        return None
    if words["other"].search(said) or asks_share(said) or share_asked(said) is not None:
        return None
    if facts.this and facts.this.is_round:
        return None
    found = _sought(asked, said, facts, spoken) or _gone_on(asked, said, facts, spoken)
    if found is None:
        return None
    return replace(asked, target="reckoned", score=1.0, sought=found, rep=None, reps=(), sets=())


def _sought(asked: Question, said: str, facts: Facts, spoken: Spoken) -> Sought | None:
    """What is sought where the message names all of it itself."""
    words, (kinds, _) = patterns()["words"], taken("aggregates", said)
    form, verdict = form_of(taken("forms", said)[0]), words["slower"].search(said) is not None
    beside = words["beside"].search(said) is not None
    than = any(words[name].search(said) for name in ("than", "korean_than"))
    quantities = quantities_of(said, facts, asked) or _by_adjective(said, facts, asked, spoken)
    named = bool(quantities_of(said, facts, asked))
    parts, paired = scopes(said, facts, compares=bool(form or verdict or beside or than))
    pair = paired and (parts[1] == Part() or (form == "difference" and ENDS.search(said) is not None))
    wanted = form is not None and paired
    quantities = quantities or _not_named(said, kinds, facts, asked, compares=wanted, pair=pair)
    plainly = bool(quantities) and quantities[0] in ALWAYS and (ASKS.search(said) or len(said.split()) <= SHORT_WORDS)
    plainly = plainly or (HOW_FAST.search(said) is not None and any(part.days or part.before for part in parts))
    plainly = plainly or (quantities[:1] == ("days",) and COUNTED.search(said) is not None)
    if than and named and not verdict and paired:
        form = form or "difference"
    if not quantities or not (kinds or form or verdict or beside or plainly):
        return None
    quantity = quantities[0]
    to = next((one for one in quantities[1:] if one in ("lifting", "lowering", "pause", "length", "range")), None)
    if beside and form is None:
        form = "difference" if paired else "times" if to else None
    if quantities == BOTH_WAYS and form and not paired:
        return None
    parts = parts or (_usual_scope(said, facts, quantity),)
    parts = parts if paired else tuple(Part() if _is_this_set(one, quantity, facts) else one for one in parts[:1])
    per = _period(said, kinds, quantity)
    if per:
        parts = tuple(Part(every=True) if part == Part() or _is_today(part, facts) else part for part in parts)
    to = to if quantities in (BOTH_WAYS, IN_ALL) or (form and not paired) else None
    grew = form in ("difference", "percent") and not paired and quantity in GROWS and GREW.search(said)
    kinds = (*kinds, "trend") if grew else kinds
    form = None if "trend" in kinds else form
    exercise = _exercise(asked, facts, quantity, parts)
    exercise = None if per and quantity in OF_ALL_EXERCISES and asked.exercise is None else exercise
    found = Sought(quantity, aggregates_of(kinds, quantity), form, parts, exercise, to, per)
    if not _is_this_road(found, said, facts, paired=paired, verdict=verdict):
        return found if _is_a_sum(found, said, asked) else None
    return found


def _is_a_sum(found: Sought, said: str, asked: Question) -> bool:
    """Whether a number of sets or of training days is asked for that was heard as something else."""
    named = found.quantity == "days" or (found.quantity == "sets" and asked.target not in OF_THE_LOG)
    if not named or not any(one.days for one in found.parts):
        return False
    return found.form is None and ("total" in found.aggregates or COUNTED.search(said) is not None)


def _period(said: str, kinds: Sequence[str], quantity: str) -> Period | None:
    """Over which time sums are averaged, where that is asked for."""
    if "average" not in kinds or not (quantity == "days" or QUANTITIES[quantity].summable):
        return None
    words = patterns()["words"]
    return "week" if words["per_week"].search(said) else "day" if words["per_day"].search(said) else None


def _not_named(
    said: str, kinds: Sequence[str], facts: Facts, asked: Question, *, compares: bool, pair: bool
) -> tuple[str, ...]:
    """The quantity of a message that names none: how hard the repetitions became, how many or how long they were."""
    if "trend" in kinds and A_REP.search(said):
        return ("lifting",)  # "did it get worse every rep"
    named = asked.exercise or (facts.this and facts.this.label.split()[-1] in said)
    if named and kinds and HOW_MANY.search(said):
        return ("reps",)
    if pair and A_REP.search(said):
        return IN_ALL
    return ("hold",) if compares and is_timed(asked.exercise or current(facts), facts) else ()


def _is_today(part: Part, facts: Facts) -> bool:
    return part.days == Days(facts.today, facts.today)


def _is_this_set(part: Part, quantity: str, facts: Facts) -> bool:
    """Whether "today" of what repetitions have is of the only set of today."""
    today = part.days == Days(facts.today, facts.today)
    return today and quantity in PHASES and facts.this is not None and len(facts.session) < 2


def _is_this_road(found: Sought, said: str, facts: Facts, *, paired: bool, verdict: bool) -> bool:
    """Whether what is sought is told here: much of what is asked in one way only has a road of its own."""
    quantity, kinds = found.quantity, set(found.aggregates)
    this = facts.this
    another = found.exercise is not None and this is not None and found.exercise != this.exercise
    if not _can_be_of(found) or (paired and another and Part() in found.parts):
        return False
    of_reps = bool(found.parts[0].reps) or not any(part.of_sets for part in found.parts)
    if found.form in ("percent", "times", "share"):
        whole = len(found.parts[0].reps) != 1 and quantity in ("lifting", "lowering", "pause")
        return paired or found.to is not None or whole
    if found.form == "difference" or (verdict and not kinds):
        if paired and found.parts[1] == Part() and "average" in kinds and of_reps:
            return quantity in PHASES
        if not paired or any(part.reps for part in found.parts) != all(part.reps for part in found.parts):
            return False
        if any(part.every for part in found.parts) and quantity in SUMS and not kinds:
            return False  # "did i ever do more" asks for the best
        if found.to == "range" or all(part != Part() and not part.reps for part in found.parts):
            return True
        if all(len(part.reps) == 1 for part in found.parts):
            return quantity not in OWN_ROAD | {"pause"}
        as_a_whole = found.to is not None and any(part.before for part in found.parts)
        return found.form is not None or (quantity in PHASES and not as_a_whole)
    if paired and kinds <= {"value"}:
        return False
    if kinds & {"average", "median", "spread"}:
        return True
    if "trend" in kinds:
        return quantity != "lifting" or not of_reps or re.search(r"every|each|추[세이]", said) is not None
    if "each" in kinds:
        return quantity not in ("weight", "reps", "hold", "sets", "days") and len(facts.session) > 1
    if kinds & {"most", "least"}:
        if of_reps and {"most", "least"} <= kinds:
            return quantity in PHASES
        if of_reps:
            return quantity in ("gap", "pause", "speed") and A_SET.search(said) is None
        of_some = any(one.days for one in found.parts) and SOME_SETS.search(said) is not None
        return quantity in PHASES | {"volume", "tension"} or "least" in kinds or of_some
    if "total" in kinds:
        return quantity not in SUMS
    each = len(found.parts[0].reps) == 1 or rep_number(said) is not None or EACH_REP.search(said) is not None
    if HOW_FAST.search(said) and quantity in PACED and found.parts[0].of_sets:
        return True
    return quantity in ALWAYS and not (quantity == "length" and each)


def _can_be_of(found: Sought) -> bool:
    """Whether single repetitions have the quantity, where they are named: they have no weight."""
    measured = QUANTITIES.get(found.quantity)
    return not any(part.reps for part in found.parts) or (measured is not None and measured.of_rep is not None)


def _gone_on(asked: Question, said: str, facts: Facts, spoken: Spoken) -> Sought | None:
    """What is sought where the message leaves out what was said before: "and on average?", "what % is that"."""
    before = spoken.sought or _as_sought(spoken, facts)
    if before is None or not may_be_of(said, before.quantity) or SETS_THEMSELVES.search(said):
        return None
    forms, rest = taken("forms", said)
    kinds, rest = taken("aggregates", rest)
    named, rest = taken("quantities", rest)
    slower = patterns()["words"]["slower"].search(said) is not None
    parts, paired = scopes(said, facts, compares=bool(forms or slower))
    if ONE_BEFORE.search(said) and (spoken_of := before.parts[0]).days:
        paired = bool(forms or slower or MORE.search(said))
        parts = (spoken_of, Part(until=spoken_of.days.first))[not paired :]
        forms = forms or ("difference",)
    parts = parts or (
        (_usual_scope(said, facts, before.quantity),) if A_SET.search(said) and "average" in kinds else ()
    )
    again = bool((spoken.sought or before.quantity in PHASES) and (parts or named))
    if spoken.reps and parts and parts[0].before:
        return None  # "the one before" is a repetition
    of_one = any(len(part.reps) == 1 for part in parts)
    of_reps = not any(part.of_sets for part in (*parts, *before.parts))
    if (of_one and not forms) or (set(kinds) & EXTREMES and of_reps):
        return None  # repetitions have a road of their own
    if not (kinds or forms or (slower and paired) or again) or _more_is_said(rest):
        return None
    if spoken.sought is None and not (POINTS.search(said) or kinds or LED_ON.search(said)):
        return None
    quantity = next((one for one in named if one != "reps"), before.quantity)
    form = form_of(forms) if paired or not parts else None
    if form and not parts:
        return replace(before, form=form) if len(before.parts) > 1 or before.to else None
    if slower and not paired:
        return None
    exercise = asked.exercise if other_exercise(asked, facts) else before.exercise
    aggregates = aggregates_of(kinds, quantity) or (() if form else before.aggregates)
    found = Sought(quantity, aggregates, form or ("difference" if paired else None), parts or before.parts, exercise)
    return found if _can_be_of(found) else None


def _more_is_said(rest: str) -> bool:
    """Whether anything is left of a message but quantities, aggregates, scopes and words that say little."""
    words, rest = patterns()["words"], taken("adjectives", rest)[1]
    for pattern in (
        ONE_BEFORE,
        MORE,
        GROUP,
        HALF,
        FROM_TILL,
        NEWEST,
        ROLLING,
        EVERY,
        OF_TODAY,
        OF_THIS,
        LAST_TIME,
        SET_BEFORE,
    ):
        rest = pattern.sub(" ", rest)
    for name in ("than", "korean_than", "slower", "fillers"):
        rest = words[name].sub(" ", rest)
    rest = DAY_WORDS.sub(" ", rest)
    return re.search(r"[a-z가-힣]", rest) is not None


def _as_sought(spoken: Spoken, facts: Facts) -> Sought | None:
    """What the turn before was of, where it was answered on another road."""
    if spoken.target is None:
        return None
    if spoken.target == "session_total" and spoken.days is None and of_today(facts):
        spoken = replace(spoken, days=Days(facts.today, facts.today))
    quantity = spoken.measure if spoken.measure in QUANTITIES else AFTER.get(spoken.measure or spoken.target or "")
    exercise = spoken.exercise or current(facts)
    if quantity in ("reps", "tension") and is_timed(exercise, facts):
        quantity = "hold"
    if quantity is None:
        return None
    return Sought(quantity, (), None, (Part(days=spoken.days),) if spoken.days else (Part(),), exercise)


def _by_adjective(said: str, facts: Facts, asked: Question, spoken: Spoken) -> tuple[str, ...]:
    """What "slower" or "longer" compare: what was spoken of just before where it may be that, else the lifting."""
    names, _ = taken("adjectives", said)
    if not names:
        return ()
    before = spoken.sought or _as_sought(spoken, facts)
    if before and POINTS.search(said) and may_be_of(said, before.quantity):
        return (before.quantity,)
    if names[0] == "long":
        return ("hold",) if is_timed(asked.exercise or current(facts), facts) else ()
    return BOTH_WAYS


def _exercise(asked: Question, facts: Facts, quantity: str, parts: Sequence[Part]) -> str | None:
    """The exercise that is asked of; None for all of them."""
    if other := other_exercise(asked, facts):
        return other
    if asked.exercise is None and quantity in OF_ALL_EXERCISES and any(part.span or part.newest for part in parts):
        return None
    return current(facts)


def _usual_scope(said: str, facts: Facts, quantity: str) -> Part:
    """Of what it is where nothing is said: what repetitions have is of this set, other quantities are of all sets;
    where sets are spoken of and there were several today, of these."""
    several = len(facts.session) > 1
    if quantity == "duration":
        return Part()
    if several and A_SET.search(said) and of_today(facts):
        return Part(days=Days(facts.today, facts.today))
    if quantity in PHASES:
        return Part(every=True) if OVER_SETS.search(said) and not A_REP.search(said) else Part()
    return Part(every=True)
