"""Questions about what is stored, put together of a quantity, an aggregate, a scope and a comparison.

"How much slower was set 3 than set 1 on the way up" is the lifting of set 3 held against that of set 1, whatever the
words between. A message is one of these where it names how something is summed up or compared, and of which quantity;
where it names a quantity of another day, of some repetitions or of one set; or, in few words, where what it leaves out
was said just before: "and of the last three?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.coach.facts import Facts
from bot.coach.facts.quantities import QUANTITIES
from bot.coach.hearing.days import in_full, named_days
from bot.coach.hearing.exercise_asked import current, other_exercise
from bot.coach.hearing.gone_on import HEARD, as_sought, gone_on, of_then
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
from bot.coach.hearing.overviews import overview_asked
from bot.coach.hearing.pointing import ENDING, NOTHING_SPOKEN, Spoken
from bot.coach.hearing.scopes import (
    A_REP,
    A_SET,
    ENDS,
    OF_A_REP,
    OF_THIS,
    of_today,
    patterns,
    scopes,
    usual_scope,
)
from bot.coach.hearing.shares import asks_share, share_asked
from bot.coach.hearing.sought import Form, Part, Period, Sought
from bot.coach.hearing.spans import Days
from bot.coach.hearing.told_here import ALWAYS, KEPT, POINTS, told_here
from bot.coach.words import folded

LONGEST_CHARS = 140
LONGEST_WORDS = 24
IN_ALL = ("lifting", "range")  # what two repetitions are held against each other in, where nothing is named
CHANGING = OF_A_REP - {"lifting", "speed"}  # whose course has a road of its own
PROPORTIONS = frozenset({"lifting", "lowering", "pause", "length", "range"})
TOTALS = ("reps", "volume")  # in what two days are held against each other, where nothing is named
PER_SET = ("reps", "weight")  # what the average set has, where nothing is named
GROWS = frozenset({"weight", "reps", "volume", "hold"})  # "how much did my weight go up" is of all sets
OF_THE_LOG = frozenset({"sets_known", "session_total", "session_count", "often", "since"})  # answered on another road
OF_ALL_EXERCISES = frozenset({"volume", "sets", "days"})
GREW = re.compile(
    r"\b(?:go|gone|went) up\b|\b(?:grow\w*|grew|increased?|gain(?:ed)?|progress\w*|improved?|drop(?:ped)?|lost|lose)\b"
    r"|늘었|줄었|올랐"
)
ASKS = re.compile(
    r"^(?!i )(?:.*\b)?(?:how|what|what's|whats|which|was|were|did|longest|shortest|average|avg|tell|show|give)\b"
    r"|몇|며칠|얼마|평균|알려|보여"
)
SHORT_WORDS = 4
ROUND = re.compile(r"\brounds?\b|라운드")
OF_ROUNDS = frozenset({"reps", "sets", "days", "interval"})  # which blows have, too
REST_OF_SETS = re.compile(
    r"\b(?:rest(?:ed|ing)?|breaks?|pauses?)\b.{0,24}\bbetween (?:my |the |each )?sets\b"
    r"|세트 ?(?:사이|간)|쉬는 ?시간|쉰 ?시간"
)
DONE = re.compile(r"\b(?:did|was|were|took|long was)\b|[었았했됐]")
ADVISED = re.compile(
    r"\b(?:should|shall|need|best|ideal|enough|recommend\w*|ok|good)\b|해야|좋|할까|적당|충분|하면|짧[았은]|길[었은]"
)
MORE = re.compile(r"\b(?:more|less|fewer)\b|많|적[게은었]|더 ?했")
COUNTED = re.compile(r"\bhow many\b|몇|며칠")


def reckoned(asked: Question, facts: Facts, spoken: Spoken) -> Question | None:
    """The question as one for what is stored; None where it is no such question."""
    facts = facts.whole
    said = in_full(ENDING.sub("", folded(asked.text).strip()))
    if _is_of_a_photo(asked, facts) or len(said) > LONGEST_CHARS or len(said.split()) > LONGEST_WORDS:
        return None
    if overview_asked(said, facts.today):
        return None
    of_round = facts.this is not None and facts.this.is_round
    said = ROUND.sub(_a_set, said) if of_round else said
    if REST_OF_SETS.search(said) and DONE.search(said) and not ADVISED.search(said):
        return replace(asked, target="rest_done", score=1.0)
    named = named_in(said, facts, asked)
    if _is_general(named, facts):
        return None
    roads = (_sought, gone_on) if named.quantities or not POINTS.search(said) else (gone_on, _sought)
    found = next((one for road in roads if (one := road(asked, named, facts, spoken))), None)
    if of_round and not (found and found.quantity in OF_ROUNDS and any(part.of_sets for part in found.parts)):
        return None
    if found is None:
        return replace(asked, target="session", score=1.0, rep=None) if _is_a_set(asked, named, facts) else None
    target = _told_by_the_day(found, asked, facts) or "reckoned"
    return replace(asked, target=target, score=1.0, sought=found, rep=None, reps=(), sets=())


def _a_set(found: re.Match[str]) -> str:
    """A round as the set that it is."""
    return "세트" if found.group() == "라운드" else found.group().replace("round", "set")


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
    """What is sought where the message names all of it itself, and it is reckoned."""
    found, paired = _named_whole(asked, named, facts, spoken)
    if found and not told_here(found, named, facts, paired=paired):
        return found if _is_a_sum(found, named.text, asked) else None
    return found


def period_sought(asked: Question, facts: Facts) -> Sought | None:
    """What is sought of some days, on whichever road it is answered: the next message may go on with it."""
    named = named_in(in_full(ENDING.sub("", folded(asked.text).strip()))[:LONGEST_CHARS], facts.whole, asked)
    found, _ = _named_whole(asked, named, facts.whole, NOTHING_SPOKEN, asks=True)
    if found is None or not found.parts[0].days or not QUANTITIES[found.quantity].summable:
        return None
    return found if found.aggregates else replace(found, aggregates=("total",))


def _named_whole(
    asked: Question, named: Named, facts: Facts, spoken: Spoken, *, asks: bool = False
) -> tuple[Sought | None, bool]:
    """What is sought where the message names all of it itself, and whether two scopes of it are."""
    parts, paired = _scopes(asked, named, facts, spoken)
    if spoken.reps and any(part.before for part in parts) and not A_SET.search(named.text):
        return None, paired  # "slower than the one before" is of repetitions
    of_days = named.quantities == ("days",) and "average" in named.kinds and not COUNTED.search(named.text)
    if of_days and not _period(named.kinds, "days", named.text):
        named = replace(named, quantities=())  # "my average over all sessions" is of no days
    quantities = named.quantities or _by_adjective(named.text, facts, asked, spoken, parts)
    quantities = quantities or _meant(asked, named, facts, parts, paired=paired)
    form = _form(named, quantities, paired=paired)
    if not quantities or not (asks or form or _asks(named, quantities, parts, facts, asked)):
        return None, paired
    if quantities == BOTH_WAYS and form and not paired:
        return None, paired
    return _put_together(asked, named, facts, quantities, parts, form, paired=paired), paired


def _scopes(asked: Question, named: Named, facts: Facts, spoken: Spoken) -> tuple[tuple[Part, ...], bool]:
    """Of what it is asked; where how the repetitions changed is asked of this set, the last against the first."""
    parts, paired = scopes(named.text, facts, compares=named.compares)
    parts = parts or of_then(named.text, spoken)
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
    if named.than and (named.quantities or quantities == TOTALS or "total" in named.kinds) and paired:
        return None if named.verdict else "difference"
    if not named.beside:
        return "difference" if paired and (named.changed or ENDS.search(named.text)) else None
    return "difference" if paired else "times" if set(quantities[1:]) & PROPORTIONS else None


def _asks(named: Named, quantities: Sequence[str], parts: Sequence[Part], facts: Facts, asked: Question) -> bool:
    """Whether a figure is asked for: by how it is summed up or compared, by its name alone, or of a scope alone."""
    if named.kinds or named.verdict or named.beside:
        return True
    said = named.text
    if quantities[0] == "interval":
        return True
    if quantities[0] in ALWAYS and (ASKS.search(said) or len(said.split()) <= SHORT_WORDS):
        return True
    if quantities[0] == "days":
        return COUNTED.search(said) is not None
    of_then = any(part.days or part.before or part.until for part in parts)
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
    if paired and ("total" in kinds or quantity == "volume" or quantities == TOTALS) and not OF_THIS.search(said):
        parts = tuple(_whole_day(part, parts, facts) for part in parts)
    if quantities == TOTALS and not named.quantities:
        kinds = (*kinds, "total")
    parts = parts or (usual_scope(said, facts, quantity, kinds),)
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
    also = quantities[1:] if not to and (paired or named.quantities) and set(quantities) <= OF_A_REP else ()
    guessed = quantities == PER_SET and not named.quantities
    also = PER_SET[1:] if guessed else TOTALS[1:] if quantities == TOTALS and not named.quantities else also
    return Sought(quantity, aggregates_of(kinds, quantity), form, parts, exercise, to, per, also, guessed)


def _whole_day(part: Part, parts: Sequence[Part], facts: Facts) -> Part:
    """A scope beside that of a day: this set stands for all of today."""
    beside_a_day = any(one.days for one in parts)
    return Part(days=Days(facts.today, facts.today)) if part == Part() and beside_a_day and of_today(facts) else part


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
    if "trend" in named.kinds and parts and parts[0].of_sets and not paired:
        return _grown(asked.exercise or current(facts), facts)
    then = bool(parts and parts[0].days) or other_exercise(asked, facts) is not None
    if then and not named.compares and asked.score >= THRESHOLDS.heard and not asked.other:
        return HEARD.get(asked.target or "", ())
    middle = not paired and {"average", "median"} & set(named.kinds)
    if middle and asked.score >= THRESHOLDS.heard and (heard := HEARD.get(asked.target or "")):
        return heard  # "how low did i get on average"
    if middle and (parts[0].of_sets if parts else named.bare):
        return ("hold",) if is_timed(asked.exercise or current(facts), facts) else PER_SET
    if {"average", "median"} & set(named.kinds) and A_SET.search(said):
        return ("hold",) if is_timed(asked.exercise or current(facts), facts) else ("reps",)  # "average lunges per set"
    if paired and (MORE.search(said) or "total" in named.kinds) and _of_whole_days(asked, named, parts):
        return ("hold",) if is_timed(asked.exercise or current(facts), facts) else TOTALS
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


def _of_whole_days(asked: Question, named: Named, parts: Sequence[Part]) -> bool:
    """Whether what two days come to is compared: "did i do more today than on sunday", "more than all of saturday"."""
    if asked.other or named.verdict or all(part.span for part in parts):
        return False
    summed = "total" in named.kinds
    return any(part.days for part in parts) if summed else named.than and all(part.days for part in parts)


def _grown(exercise: str | None, facts: Facts) -> tuple[str, ...]:
    """In what an exercise grows: its load, else how long or how often."""
    if is_timed(exercise, facts):
        return ("hold",)
    return ("weight",) if any(past.weight_kg for past in facts.logged if past.exercise == exercise) else ("reps",)


def _is_today(part: Part, facts: Facts) -> bool:
    return part.days == Days(facts.today, facts.today)


def _is_this_set(part: Part, quantity: str, facts: Facts) -> bool:
    """Whether "today" of what repetitions have is of the only set of today."""
    return _is_today(part, facts) and quantity in OF_A_REP and facts.this is not None and len(facts.session) < 2


def _by_adjective(said: str, facts: Facts, asked: Question, spoken: Spoken, parts: Sequence[Part]) -> tuple[str, ...]:
    """What "slower" or "longer" compare: what was spoken of just before where it may be that, else the lifting."""
    names, _ = taken("adjectives", said)
    if not names:
        return ()
    before = spoken.sought or as_sought(spoken, facts)
    if before and POINTS.search(said) and may_be_of(said, before.quantity):
        return (before.quantity,)
    if names[0] == "deep":
        return ("range",) if parts and parts[0].reps else ()
    if names[0] == "long" and parts and parts[0].reps:
        return ("length",)
    if names[0] == "long":
        return ("hold",) if is_timed(asked.exercise or current(facts), facts) else ()
    return BOTH_WAYS


def _exercise(asked: Question, facts: Facts, quantity: str, parts: Sequence[Part]) -> str | None:
    """The exercise that is asked of; None for all of them."""
    if other := other_exercise(asked, facts):
        return other
    if asked.exercise is None and quantity == "interval":
        return None
    if asked.exercise is None and quantity in OF_ALL_EXERCISES and any(part.span or part.newest for part in parts):
        return None
    return current(facts)
