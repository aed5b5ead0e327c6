"""Questions about what is stored, put together of a quantity, an aggregate, a scope and a comparison.

"How much slower was set 3 than set 1 on the way up" is the lifting of set 3 held against that of set 1, whatever the
words between. A message is one of these where it names how something is summed up or compared, and of which quantity;
where it names a quantity of another day, of some repetitions or of one set; or, in few words, where what it leaves out
was said just before: "and of the last three?".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.coach.facts import Facts
from bot.coach.facts.quantities import QUANTITIES
from bot.coach.hearing.days import named_days
from bot.coach.hearing.exercise_asked import current, other_exercise
from bot.coach.hearing.intents import THRESHOLDS, Question
from bot.coach.hearing.named_quantities import (
    BOTH_WAYS,
    HOW_MANY,
    Named,
    aggregates_of,
    is_timed,
    may_be_of,
    named_in,
    taken,
)
from bot.coach.hearing.pointing import ENDING, Spoken
from bot.coach.hearing.scopes import A_REP, ENDS, of_today, patterns, scopes
from bot.coach.hearing.shares import asks_share, share_asked
from bot.coach.hearing.sought import Aggregate, Form, Part, Period, Sought
from bot.coach.hearing.spans import Days
from bot.coach.hearing.told_here import A_SET, ALWAYS, KEPT, PHASES, POINTS, can_be_of, told_here
from bot.coach.words import folded

LONGEST_CHARS = 140
LONGEST_WORDS = 24
EXTREMES = frozenset({"slowest", "fastest", "most", "least"})
IN_ALL = ("lifting", "range")  # what two repetitions are held against each other in, where nothing is named
CHANGING = PHASES - {"lifting", "speed"}  # whose course has a road of its own
PROPORTIONS = frozenset({"lifting", "lowering", "pause", "length", "range"})
GROWS = frozenset({"weight", "reps", "volume", "hold"})  # "how much did my weight go up" is of all sets
OF_THE_LOG = frozenset({"sets_known", "session_total", "session_count", "often", "since"})  # answered on another road
OF_ALL_EXERCISES = frozenset({"volume", "sets", "days"})
HEARD: Mapping[str, tuple[str, ...]] = {  # the quantities of an intent
    **{name: (name,) for name in ("lifting", "lowering", "pause", "tension")},
    "depth": ("range",),
    "tempo": BOTH_WAYS,
}
AFTER: Mapping[str, str] = {  # the quantity that was spoken of, by the intent of the turn before
    **{name: quantities[0] for name, quantities in HEARD.items()},
    **{name: name for name in ("hold", "weight", "max")},
    **dict.fromkeys(("count", "session_total", "sets_known", "days", "when_last"), "reps"),
    **dict.fromkeys(("slowing", "slowest"), "lifting"),
}
SETS_THEMSELVES = re.compile(r"\b(?:sets|workouts|sessions)\b(?! (?:ago|before))|세트 ?수|몇 ?세트")
GREW = re.compile(
    r"\b(?:go|gone|went) up\b|\b(?:grow\w*|grew|increased?|gain(?:ed)?|progress\w*|improved?|drop(?:ped)?|lost|lose)\b"
    r"|늘었|줄었|올랐"
)
LED_ON = re.compile(r"^(?:and|what about|how about|ok and)\b|\binstead\b|^(?:그럼|그리고)|(?:은|는)요?$")
OVER_SETS = re.compile(r"\btrend|\bover (?:time|the)\b|\bslope\b|추[세이]")
ASKS = re.compile(
    r"^(?!i )(?:.*\b)?(?:how|what|what's|whats|which|was|were|did|longest|shortest|average|avg|tell|show|give)\b"
    r"|몇|얼마|평균|알려|보여"
)
SHORT_WORDS = 4
THEN = re.compile(r"\b(?:then|that (?:day|time|one|set)|on it)\b|그때|그날|그 ?세트|그거|그건|그게")
REST_OF_SETS = re.compile(
    r"\b(?:rest(?:ed|ing)?|breaks?|pauses?)\b.{0,24}\bbetween (?:my |the |each )?sets\b"
    r"|세트 ?(?:사이|간)|쉬는 ?시간|쉰 ?시간"
)
DONE = re.compile(r"\b(?:did|was|were|took|long was)\b|[었았했됐]")
ADVISED = re.compile(
    r"\b(?:should|shall|need|best|ideal|enough|recommend\w*|ok|good)\b|해야|좋|할까|적당|충분|하면|짧[았은]|길[었은]"
)
COUNTED = re.compile(r"\bhow many\b|몇|며칠")


def reckoned(asked: Question, facts: Facts, spoken: Spoken) -> Question | None:
    """The question as one for what is stored; None where it is no such question."""
    facts = facts.whole
    said = ENDING.sub("", folded(asked.text).strip())
    if _is_of_a_photo(asked, facts) or len(said) > LONGEST_CHARS or len(said.split()) > LONGEST_WORDS:
        return None
    if REST_OF_SETS.search(said) and DONE.search(said) and not ADVISED.search(said):
        return replace(asked, target="rest_done", score=1.0)
    named = named_in(said, facts, asked)
    if _is_general(named, facts) or (facts.this and facts.this.is_round):
        return None
    found = _sought(asked, named, facts, spoken) or _gone_on(asked, named, facts, spoken)
    if found is None:
        return replace(asked, target="session", score=1.0, rep=None) if _is_a_set(asked, named, facts) else None
    target = _told_by_the_day(found, asked, facts) or "reckoned"
    return replace(asked, target=target, score=1.0, sought=found, rep=None, reps=(), sets=())


def _is_of_a_photo(asked: Question, facts: Facts) -> bool:
    """Whether the newest is a photo, and no exercise is named that sets are known of."""
    known = any(past.exercise == asked.exercise for past in facts.logged)
    return facts.photo is not None and not (asked.exercise is not None and known)


def _is_a_set(asked: Question, named: Named, facts: Facts) -> bool:
    """Whether no more is said than a set of the day: "how was the first set"."""
    alone = named.bare and not (named.quantities or named.kinds or named.compares)
    return alone and bool(asked.sets) and len(facts.session) > 1


def _is_general(named: Named, facts: Facts) -> bool:
    """Whether advice, a norm, a meaning or a share of a maximum is asked for. What another day was may be judged."""
    words, said = patterns()["words"], named.text
    if words["meaning"].search(said) and not named.kinds:
        return True
    of_then = named.quantities and named_days(said, facts.today)
    advice = words["other"].search(words["judged"].sub(" ", said) if of_then else said)
    return advice is not None or asks_share(said) or share_asked(said) is not None


def _told_by_the_day(found: Sought, asked: Question, facts: Facts) -> str | None:
    """The intent whose sentences on today's sets tell what is sought: each with its load and repetitions, or their
    total, exercise by exercise where there were several."""
    here = found.exercise == current(facts) and not found.form and len(found.parts) == 1
    today = facts.this is not None and found.parts[0] in (Part(), Part(days=Days(facts.today, facts.today)))
    if not (here and today) or found.quantity not in ("weight", "reps", "volume"):
        return None
    if found.aggregates == ("each",) and found.quantity != "volume":
        return "session"
    if found.aggregates not in (("total",), ()) or found.quantity == "weight":
        return None
    if found.quantity == "reps" and len(facts.day) < 2:
        return "count"
    several = any(past.exercise != found.exercise for past in facts.day) and asked.exercise is None
    return "day_total" if several else "session_total"


def _sought(asked: Question, named: Named, facts: Facts, spoken: Spoken) -> Sought | None:
    """What is sought where the message names all of it itself."""
    parts, paired = _scopes(asked, named, facts, spoken)
    quantities = named.quantities or _by_adjective(named.text, facts, asked, spoken, parts)
    quantities = quantities or _meant(asked, named, facts, parts, paired=paired)
    form = _form(named, quantities, paired=paired)
    if not quantities or not (form or _asks(named, quantities, parts, facts, asked)):
        return None
    if quantities == BOTH_WAYS and form and not paired:
        return None
    found = _put_together(asked, named, facts, quantities, parts, form, paired=paired)
    if not told_here(found, named, facts, paired=paired):
        return found if _is_a_sum(found, named.text, asked) else None
    return found


def _scopes(asked: Question, named: Named, facts: Facts, spoken: Spoken) -> tuple[tuple[Part, ...], bool]:
    """Of what it is asked; where how the repetitions changed is asked of this set, the last against the first."""
    parts, paired = scopes(named.text, facts, compares=named.compares)
    parts = parts or _of_then(named.text, spoken)
    of_this = not parts or (len(parts[0].reps) == 1 and not paired)
    if not (named.changed and of_this and set(named.quantities) & CHANGING) or named.than or named.kinds:
        return parts, paired
    numbers = tuple(rep.number for rep in facts.this.reps if rep.complete) if facts.this else ()
    if len(numbers) < 2 or other_exercise(asked, facts):
        return parts, paired
    return (parts[0] if parts else Part(reps=numbers[-1:]), Part(reps=numbers[:1])), True


def _form(named: Named, quantities: Sequence[str], *, paired: bool) -> Form | None:
    """How two are compared; "than" and "versus" ask for a difference, of two phases for how one stands to the other."""
    if named.form:
        return "percent" if named.form == "share" and named.changed and paired else named.form
    if named.than and named.quantities and not named.verdict and paired:
        return "difference"
    if not named.beside:
        return "difference" if paired and (named.changed or ENDS.search(named.text)) else None
    return "difference" if paired else "times" if set(quantities[1:]) & PROPORTIONS else None


def _asks(named: Named, quantities: Sequence[str], parts: Sequence[Part], facts: Facts, asked: Question) -> bool:
    """Whether a figure is asked for: by how it is summed up or compared, by its name alone, or of a scope alone."""
    if named.kinds or named.verdict or named.beside:
        return True
    said = named.text
    if quantities[0] in ALWAYS and (ASKS.search(said) or len(said.split()) <= SHORT_WORDS):
        return True
    if quantities[0] == "days":
        return COUNTED.search(said) is not None
    of_then = any(part.days or part.before for part in parts)
    if of_then or other_exercise(asked, facts):
        return quantities[0] in KEPT
    return named.bare and bool(parts)


def _put_together(
    asked: Question,
    named: Named,
    facts: Facts,
    quantities: tuple[str, ...],
    parts: tuple[Part, ...],
    form: Form | None,
    *,
    paired: bool,
) -> Sought:
    """What is sought, out of what is named; a scope that is left out is the usual one."""
    quantity, said, kinds = quantities[0], named.text, named.kinds
    parts = parts or (_usual_scope(said, facts, quantity, kinds),)
    parts = parts if paired else tuple(Part() if _is_this_set(one, quantity, facts) else one for one in parts[:1])
    per = _period(kinds, quantity, said)
    if per:
        parts = tuple(Part(every=True) if part == Part() or _is_today(part, facts) else part for part in parts)
    if form in ("difference", "percent") and not paired and quantity in GROWS and GREW.search(said):
        kinds = (*kinds, "trend")
    if not kinds and len(parts[0].reps) > 1 and not form and not paired:
        kinds = ("each",)
    of_all = per and quantity in OF_ALL_EXERCISES and asked.exercise is None
    exercise = None if of_all else _exercise(asked, facts, quantity, parts)
    form = None if "trend" in kinds else form
    second = next((one for one in quantities[1:] if one in PROPORTIONS), None)
    to = second if form and not paired else None
    also = quantities[1:] if not to and (paired or named.quantities) and set(quantities) <= PHASES else ()
    return Sought(quantity, aggregates_of(kinds, quantity), form, parts, exercise, to, per, also)


def _is_a_sum(found: Sought, said: str, asked: Question) -> bool:
    """Whether a number of sets or of training days is asked for that was heard as something else."""
    named = found.quantity == "days" or (found.quantity == "sets" and asked.target not in OF_THE_LOG)
    if not named or not any(one.days for one in found.parts):
        return False
    return found.form is None and ("total" in found.aggregates or COUNTED.search(said) is not None)


def _period(kinds: Sequence[str], quantity: str, said: str) -> Period | None:
    """Over which time sums are averaged, where that is asked for."""
    if "average" not in kinds or not (quantity == "days" or QUANTITIES[quantity].summable):
        return None
    words = patterns()["words"]
    return "week" if words["per_week"].search(said) else "day" if words["per_day"].search(said) else None


def _meant(asked: Question, named: Named, facts: Facts, parts: Sequence[Part], *, paired: bool) -> tuple[str, ...]:
    """The quantity of a message that names none: that of the intent which it was heard as, where it is of another day
    or exercise; else how hard the repetitions became, how many or how long they were."""
    said, of_a_rep = named.text, A_REP.search(named.text) is not None
    then = bool(parts and parts[0].days) or other_exercise(asked, facts) is not None
    if then and not named.compares and asked.score >= THRESHOLDS.heard and not asked.other:
        return HEARD.get(asked.target or "", ())
    if "trend" in named.kinds and of_a_rep:
        return ("lifting",)  # "did it get worse every rep"
    by_name = asked.exercise or (facts.this and facts.this.label.split()[-1] in said)
    if by_name and named.kinds and HOW_MANY.search(said):
        return ("reps",)
    ends = ENDS.search(said) is not None
    if paired and of_a_rep and (parts[1] == Part() or (ends and named.form == "difference")):
        return IN_ALL
    if paired and ends and named.bare and all(part.reps for part in parts):
        return IN_ALL
    wanted = named.form is not None and paired
    return ("hold",) if wanted and is_timed(asked.exercise or current(facts), facts) else ()


def _is_today(part: Part, facts: Facts) -> bool:
    return part.days == Days(facts.today, facts.today)


def _is_this_set(part: Part, quantity: str, facts: Facts) -> bool:
    """Whether "today" of what repetitions have is of the only set of today."""
    return _is_today(part, facts) and quantity in PHASES and facts.this is not None and len(facts.session) < 2


def _gone_on(asked: Question, named: Named, facts: Facts, spoken: Spoken) -> Sought | None:
    """What is sought where the message leaves out what was said before: "and on average?", "what % is that"."""
    said, before = named.text, spoken.sought or _as_sought(spoken, facts)
    if before is None or not named.bare or not may_be_of(said, before.quantity) or SETS_THEMSELVES.search(said):
        return None
    if spoken.sought is None and not (POINTS.search(said) or named.kinds or LED_ON.search(said) or THEN.search(said)):
        return None
    parts, paired = _scopes_beside(named, facts, before)
    parts = parts or _of_then(said, spoken) or _of_sets(named, facts, before)
    if not _goes_on(named, before, spoken, parts, paired=paired):
        return None
    form = named.form if paired or not parts else None
    if form and not parts:
        return replace(before, form=form) if len(before.parts) > 1 or before.to else None
    quantities = tuple(one for one in named.quantities if one != "reps") or (before.quantity, *before.also)
    exercise = asked.exercise if other_exercise(asked, facts) else before.exercise
    aggregates = aggregates_of(named.kinds, quantities[0]) or (() if form else before.aggregates)
    form = form or ("difference" if paired else None)
    found = Sought(quantities[0], aggregates, form, parts or before.parts, exercise, also=quantities[1:])
    return found if can_be_of(found) else None


def _scopes_beside(named: Named, facts: Facts, before: Sought) -> tuple[tuple[Part, ...], bool]:
    """The scopes that a message names; "the time before" is of the days that were spoken of, and "is that more than on
    saturday" holds those against the ones it names."""
    words, said, spoken_of = patterns()["words"], named.text, before.parts[0]
    more, points = words["more"].search(said) is not None, POINTS.search(said) is not None
    parts, paired = scopes(said, facts, compares=bool(named.form or named.verdict or (more and named.than and points)))
    if words["one_before"].search(said) and spoken_of.days:
        paired = bool(named.form or named.verdict or more)
        return (spoken_of, Part(until=spoken_of.days.first))[not paired :], paired
    if paired and parts[0] == Part() and spoken_of != parts[1] and points:
        return (spoken_of, parts[1]), True
    return parts, paired


def _of_then(said: str, spoken: Spoken) -> tuple[Part, ...]:
    """The other sets that were spoken of, where the message points at them: "and the tempo then"."""
    then = tuple(part for part in (spoken.sought.parts if spoken.sought else ()) if part.of_sets)
    then = then or ((Part(days=spoken.days),) if spoken.days else ())
    return then[-1:] if THEN.search(said) else ()


def _of_sets(named: Named, facts: Facts, before: Sought) -> tuple[Part, ...]:
    per_set = A_SET.search(named.text) and "average" in named.kinds
    return (_usual_scope(named.text, facts, before.quantity, named.kinds),) if per_set else ()


def _goes_on(named: Named, before: Sought, spoken: Spoken, parts: Sequence[Part], *, paired: bool) -> bool:
    """Whether a message changes one thing of what was sought; repetitions have a road of their own."""
    if spoken.reps and parts and parts[0].before:
        return False  # "the one before" is a repetition
    of_one = any(len(part.reps) == 1 for part in parts)
    of_reps = not any(part.of_sets for part in (*parts, *before.parts))
    if (of_one and not named.form) or (set(named.kinds) & EXTREMES and of_reps) or (named.verdict and not paired):
        return False
    if (named.than and not paired) or ("max" in named.quantities and not parts):
        return False
    if parts and parts[0].until:
        return True
    told = spoken.sought or before.quantity in KEPT or (THEN.search(named.text) and named.quantities)
    return bool(named.kinds or named.form or paired or (told and (parts or named.quantities)))


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
    total: tuple[Aggregate, ...] = ("total",) if spoken.target == "session_total" else ()
    part = Part(days=spoken.days) if spoken.days else _newest(spoken, exercise, facts)
    return Sought(quantity, total, None, (part,), exercise)


def _newest(spoken: Spoken, exercise: str | None, facts: Facts) -> Part:
    """The set that "when did i last squat" is of: the one before, where that exercise is in question."""
    return Part(before=True) if spoken.target == "when_last" and exercise == current(facts) else Part()


def _by_adjective(said: str, facts: Facts, asked: Question, spoken: Spoken, parts: Sequence[Part]) -> tuple[str, ...]:
    """What "slower" or "longer" compare: what was spoken of just before where it may be that, else the lifting."""
    names, _ = taken("adjectives", said)
    if not names:
        return ()
    before = spoken.sought or _as_sought(spoken, facts)
    if before and POINTS.search(said) and may_be_of(said, before.quantity):
        return (before.quantity,)
    if names[0] == "deep":
        return ("range",) if parts and parts[0].reps else ()
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


def _usual_scope(said: str, facts: Facts, quantity: str, kinds: Sequence[str]) -> Part:
    """Of what it is where nothing is said: what repetitions have is of this set, other quantities are of all sets;
    where sets are spoken of and there were several today, of these."""
    several = len(facts.session) > 1
    if quantity == "duration":
        return Part()
    total = "total" in kinds and quantity in ("reps", "volume") and facts.this is not None
    if several and (total or A_SET.search(said) or ("each" in kinds and quantity not in PHASES)) and of_today(facts):
        return Part(days=Days(facts.today, facts.today))
    if quantity in PHASES or total:
        return Part(every=True) if OVER_SETS.search(said) and not A_REP.search(said) else Part()
    return Part(every=True)
