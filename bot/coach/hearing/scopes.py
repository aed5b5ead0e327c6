"""Of what a message asks: which repetitions of this set, which sets of the day, which days; and two of them beside each
other, the one that is asked of and the one that it is held against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.estimates import in_units
from bot.coach.facts.quantities import QUANTITIES
from bot.coach.hearing.days import BARE_WEEKDAY, SINCE_ANY, TO_COME, day_of_month, day_of_week, named_days
from bot.coach.hearing.numbered import NUMBER_WORDS, rep_number, rep_numbers, set_numbers, than_number
from bot.coach.hearing.sought import Part
from bot.coach.hearing.spans import Days, span, span_before, spans_named
from bot.coach.language import load
from bot.coach.words import is_korean

OF_A_REP = frozenset(name for name, one in QUANTITIES.items() if one.of_rep)  # what a repetition has
NUMBERS: Mapping[str, int] = {
    **{word: at for at, word in enumerate(NUMBER_WORDS, start=1)},
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "few": 3,
    "couple": 2,
}
MANY = r"\d{1,2}|two|three|four|five|six"
GROUP = re.compile(
    rf"\b(?P<end>first|last|final) (?P<size>{MANY})\b"
    r"(?! ?(?:[a-z-]+ ){0,2}(?:sets?|weeks?|days?|sessions?|workouts?|months?|times)\b)"
    r"(?: reps?| ones?)?|(?P<kend>처음|마지막|앞|뒤) ?(?P<ksize>두|세|네|다섯|\d) ?(?:개|번|회|반복)"
)
HALF = re.compile(r"\b(?P<half>first|second|last) half\b|(?P<khalf>앞|처음|전반|뒤|후반) ?(?:절반|반부?)")
FROM_TILL = re.compile(r"\breps? #?(?P<first>\d{1,2}) ?(?:-|–|to|till|through) ?#?(?P<last>\d{1,2})\b")
KOREAN_REP = re.compile(r"(?<![\d.])(\d{1,2}) ?번(?!째| ?(?:했|더|씩|만|이나|정도|중|하|해))")
HOW_MANY_SETS = re.compile(r"(?:두|세|네|다섯) ?세트")  # not the second one
OF_THE_AVERAGE = re.compile(
    r"\b(?:than|against|from|to|vs\.?|versus|with) (?:the |my )?(?:average|mean)\b|평균(?:보다|이랑|하고|과| ?대비)"
)
ENDS = re.compile(
    r"\b(?:first|start|beginning)\b(?: rep| one)?(?: and| to| v| vs\.?| versus| till| against)(?: (?:at|my|the)){0,2}"
    r" (?:last|end|final|finish)\b"
    r"|\b(?:last|final|end)(?: rep| one| lift)?(?: to| v| vs\.?| versus| against| over) (?:the |my )?"
    r"(?:first|start|beginning)\b"
    r"|(?:첫|처음) ?(?:번째|반복|개|거|것)?(?:이?랑|하고|와|과|부터|에서) ?(?:마지막|끝)"
)
OF_MORE = re.compile(r"\b(?:sets?|weeks?|months?|sessions?|workouts?|days?|halves|half)\b|세트|주|달")
LOADED_SET = re.compile(
    r"\b(?P<load>\d{1,3}(?:\.\d)?) ?(?:kgs?|kilos?|lbs?|pounds?)? (?:set|one)\b"
    r"|(?P<korean>\d{1,3}(?:\.\d)?) ?(?:kg|키로|킬로) ?(?:세트|때)"
)
END_SETS = re.compile(r"\b(?P<which>first|last|final) set\b(?! of)|(?P<korean>첫|마지막) ?세트")
SET_BEFORE = re.compile(r"\b(?:set before|previous set|prior set|one before)\b|앞 ?세트|이전 ?세트|직전 ?세트|전 ?세트")
LAST_TIME = re.compile(r"\b(?:last|previous) (?:time|session|workout)\b|(?:지난|저번) ?번|지난번|저번(?! ?[주달])")
NEWEST = re.compile(
    rf"\b(?:last|past|previous) (?P<count>{MANY}|few|couple of) (?P<kind>(?:[a-z-]+ ){{1,2}})?"
    r"(?P<what>sessions|workouts|times|days|weeks|months)\b"
    r"|(?:최근|지난) ?(?P<kcount>\d{1,2}|한|두|세|네) ?(?P<kwhat>번|회|일|주|달|개월)(?: ?동안| ?간)?"
)
ROLLING = re.compile(r"\b(?:over|in|for) the (?:last|past) (?P<unit>week|month)\b|최근 ?(?P<korean>일주일|한 ?달)")
ROLLING_DAYS: Mapping[str, int] = {"week": 7, "일주일": 7, "month": 30, "한달": 30, "한 달": 30}
EVERY = re.compile(
    r"\b(?:ever|all[- ]time|so far|since i (?:started|began)|overall|in general"
    r"|all (?:my|the) [\w -]{0,16}sets|all (?:my |the )?(?:[\w-]+ ){0,2}(?:sessions|workouts)"
    r"|my usual|all of them)\b|지금까지|여태|전체 (?:세트|기록)|통산"
)
OF_TODAY = re.compile(r"\btoday(?:'s)?\b|\bthis (?:session|workout)\b|오늘")
OF_THIS = re.compile(r"\bthis (?:set|one)\b|\bthat set\b|이번 ?세트|이 세트|방금")
A_REP = re.compile(r"\breps?\b|\brepetitions?\b|반복|번째")
CONNECTED = re.compile(
    r"\b(?:and|or|to|than|vs\.?|versus|with|against|between|from)\b|보다|이?랑|하고|와 |과 |에서|부터"
)
OVER_SETS = re.compile(r"\btrend|\bover (?:time|the)\b|\bslope\b|추[세이]")
A_SET = re.compile(r"\bsets?\b|세트")
SCOPES = (
    *(ENDS, GROUP, HALF, FROM_TILL, NEWEST, ROLLING, EVERY, OF_TODAY),
    *(OF_THIS, LAST_TIME, SET_BEFORE, LOADED_SET),
)
FROM_TO = re.compile(
    r"\bfrom (?P<base>.{2,40}?) to (?P<now>.{2,40})|(?P<kbase>[가-힣0-9 ]{2,20})에서 (?P<know>.{2,40})"
)


@cache
def patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The patterns of data/reckoning.toml by table and name."""
    return {
        table: {name: re.compile(pattern) for name, pattern in patterns.items()}
        for table, patterns in load("data/reckoning.toml").items()
    }


def scopes(said: str, facts: Facts, *, compares: bool) -> tuple[tuple[Part, ...], bool]:
    """Of what it is asked, and whether two are held beside each other: the first is then held against the second.
    Nothing where no scope is named."""
    if compares and (found := FROM_TO.search(said)):
        bases, nows = (
            named_scopes(found["base"] or found["kbase"], facts),
            named_scopes(found["now"] or found["know"], facts),
        )
        if bases and nows:
            return (nows[0], bases[0]), True
    if compares and OF_THE_AVERAGE.search(said) and (parts := named_scopes(said, facts)) and len(parts[0].reps) == 1:
        return (parts[0], Part()), True
    words = patterns()["words"]
    behind = words["korean_than"].search(said) if compares and is_korean(said) else None
    if compares and (cut := behind or words["than"].search(said)):
        before, after = said[: cut.start()], said[cut.end() :]
        bases, nows = (named_scopes(one, facts) for one in ((before, after) if behind else (after, before)))
        bases = bases or (_than_rep(said, facts) if nows and nows[0].reps else ())
        if len(bases) > 1 and not nows:
            return (bases[0], bases[-1]), True
        if bases:
            return (nows[0] if nows else _beside(bases[0], facts), bases[0]), True
    parts = named_scopes(said, facts)
    if len(parts) > 1 and (compares or ENDS.search(said)):
        earlier, later = sorted(parts[:2], key=lambda part: _when(part, facts))
        return (later, earlier), True
    if compares and parts and parts[0].days and OF_TODAY.search(said) and of_today(facts) and not OF_THIS.search(said):
        return (Part(days=Days(facts.today, facts.today)), parts[0]), True
    if compares and parts and parts[0].of_sets and not _is_today(parts[0], facts):
        beside = _beside(parts[0], facts)
        return (parts[0], beside) if 0 < beside.set_number < parts[0].set_number else (beside, parts[0]), True
    if not compares and len(parts) > 1 and all(part.days for part in parts):
        return (_joined_days(parts),), False
    return parts[:1], False


def _than_rep(said: str, facts: Facts) -> tuple[Part, ...]:
    """The repetition of "than the first", where another was named before it."""
    number, reps = than_number(said), facts.this.reps if facts.this else ()
    return (Part(reps=(number,)),) if any(rep.number == number and rep.complete for rep in reps) and number else ()


def _is_today(part: Part, facts: Facts) -> bool:
    return part.days == Days(facts.today, facts.today)


def _joined_days(parts: Sequence[Part]) -> Part:
    known = [part.days for part in parts if part.days]
    return Part(days=Days(min(one.first for one in known), max(one.last for one in known)))


def _beside(part: Part, facts: Facts) -> Part:
    """What a scope is held against where no other is named: this set; a week or month the one that runs."""
    if part.reps:
        return Part()
    if part.span:
        later = {"last_week": "this_week", "last_month": "this_month"}.get(part.span)
        if part.span.startswith("this"):
            before = span_before(part.span, facts.today)
            return Part(days=span(before, facts.today), span=before)
        return Part(days=span(later, facts.today), span=later) if later else Part()
    number = len(facts.session) - sum(past in facts.session for past in facts.history[: facts.newer])
    if part.set_number and part.set_number == number and number > 1:
        return Part(set_number=number - 1)
    return Part()


def _when(part: Part, facts: Facts) -> tuple[date, int]:
    """By what the earlier of two scopes is told."""
    if part.days:
        return (part.days.first, 0)
    if part.before or part.every or part.newest:
        return (date.min, 0)
    return (facts.today, part.reps[0] if part.reps else part.set_number or 99)


def named_scopes(said: str, facts: Facts) -> tuple[Part, ...]:
    """The scopes that a piece of text names, in its order."""
    if (dated := day_of_month(said, facts.today)) and any(dated.hold(past.done_on) for past in facts.history):
        return (Part(days=dated),)  # else "on the 3rd" is of a repetition
    if this := facts.this:
        if numbers := _reps_in(said, this):
            return numbers
        if sets := _sets_in(said, facts):
            return sets
    if LAST_TIME.search(said) and not named_days(said, facts.today):
        return (Part(until=facts.today) if facts.same_workout and of_today(facts) else Part(before=True),)
    if newest := NEWEST.search(said):
        return (_newest(newest, facts),)
    if rolling := ROLLING.search(said):
        days = ROLLING_DAYS[rolling["unit"] or rolling["korean"]]
        return (Part(days=Days(facts.today - timedelta(days - 1), facts.today)),)
    found = tuple(dict.fromkeys(_days_in(said, facts)))
    if found:
        return found
    if OF_THIS.search(said):
        return (Part(),)
    if OF_TODAY.search(said):
        return (Part(days=Days(facts.today, facts.today)),) if of_today(facts) else (Part(),)
    return (Part(every=True),) if EVERY.search(said) else ()


def _days_in(said: str, facts: Facts) -> Iterator[Part]:
    for piece in CONNECTED.split(said):
        names = spans_named(piece, facts.today) if piece else ()
        if SINCE_ANY.search(piece or "") and (first := named_days(piece, facts.today)):
            yield Part(days=Days(first.first, facts.today))
            continue
        for name in names:
            one = day_of_week(piece, span(name, facts.today))
            yield Part(days=one) if one else Part(days=span(name, facts.today), span=name)
        bare = BARE_WEEKDAY.search(piece) if piece and not names else None
        piece = f"on {bare.group()}" if bare and not TO_COME.search(said) else piece
        if not names and piece and (days := named_days(piece, facts.today) or day_of_month(piece, facts.today)):
            yield Part(days=days)


def _newest(found: re.Match[str], facts: Facts) -> Part:
    told, what = found["count"] or found["kcount"], found["what"] or found["kwhat"]
    count = NUMBERS.get(told.split()[0]) or int(told)
    days = {"days": 1, "일": 1, "weeks": 7, "주": 7, "months": 30, "달": 30, "개월": 30}.get(what)
    if days is None or (found["kind"] and what == "days"):  # "the last three bench days"
        return Part(newest=count)
    return Part(days=Days(facts.today - timedelta(days * count - 1), facts.today))


def _reps_in(said: str, this: SetFacts) -> tuple[Part, ...]:
    """The repetitions of this set that are named: groups, or single ones each as a scope of its own."""
    numbers = tuple(rep.number for rep in this.reps if rep.complete)
    if len(numbers) < 2:
        return ()
    if ENDS.search(said) and not OF_MORE.search(said):
        return (Part(reps=numbers[:1]), Part(reps=numbers[-1:]))
    groups = [_group(found, numbers) for found in GROUP.finditer(said)]
    groups += [_half(found, numbers) for found in HALF.finditer(said)]
    if span_named := FROM_TILL.search(said):
        first, last = int(span_named["first"]), int(span_named["last"])
        groups.append(tuple(number for number in numbers if first <= number <= last))
    if groups:
        return tuple(Part(reps=one) for one in groups if one)
    named = rep_numbers(said) or tuple(int(one) for one in KOREAN_REP.findall(said))
    if not named and A_REP.search(said) and (one := rep_number(said)) is not None:
        named = (one,)
    known = (numbers[-1] if number == -1 else number for number in named)
    return tuple(Part(reps=(number,)) for number in dict.fromkeys(known) if number in numbers)


def _group(found: re.Match[str], numbers: tuple[int, ...]) -> tuple[int, ...]:
    told = found["size"] or found["ksize"]
    size = NUMBERS.get(told) or int(told)
    return numbers[:size] if (found["end"] or found["kend"]) in ("first", "처음", "앞") else numbers[-size:]


def _half(found: re.Match[str], numbers: tuple[int, ...]) -> tuple[int, ...]:
    size = len(numbers) // 2
    first = (found["half"] or found["khalf"]) in ("first", "앞", "처음", "전반")
    return numbers[:size] if first else numbers[-size:]


def _sets_in(said: str, facts: Facts) -> tuple[Part, ...]:
    sets = facts.session
    named = [number if number > 0 else len(sets) for number in set_numbers(HOW_MANY_SETS.sub(" ", said))]
    if len(sets) > 1 and SET_BEFORE.search(said):
        return (Part(before=True),)
    if len(sets) > 1:
        named += [
            1 if (one["which"] or one["korean"]) in ("first", "첫") else len(sets) for one in END_SETS.finditer(said)
        ]
        named += [number for one in LOADED_SET.finditer(said) for number in _of_load(one, facts)]
    return tuple(Part(set_number=number) for number in dict.fromkeys(named) if 0 < number <= len(sets))


def _of_load(found: re.Match[str], facts: Facts) -> tuple[int, ...]:
    """The set of the day with a load, where no other has the same."""
    loads = [f"{in_units(past.weight_kg, facts.units):.3g}" if past.weight_kg else "" for past in facts.session]
    wanted = f"{float(found['load'] or found['korean']):.3g}"
    return (loads.index(wanted) + 1,) if loads.count(wanted) == 1 else ()


def of_today(facts: Facts) -> bool:
    """Whether "today" is of several sets, not of the set in question alone."""
    return facts.this is None or (facts.this.done_on == facts.today and len(facts.session) > 1)


def usual_scope(said: str, facts: Facts, quantity: str, kinds: Sequence[str]) -> Part:
    """Of what it is where nothing is said: what repetitions have is of this set, other quantities are of all sets;
    where sets are spoken of and there were several today, of these."""
    several = len(facts.session) > 1
    if quantity == "duration":
        return Part()
    of_reps = quantity in OF_A_REP
    total = "total" in kinds and quantity in ("reps", "volume") and facts.this is not None
    if several and (total or A_SET.search(said) or ("each" in kinds and not of_reps)) and of_today(facts):
        return Part(days=Days(facts.today, facts.today))
    if of_reps or total:
        return Part(every=True) if OVER_SETS.search(said) and not A_REP.search(said) else Part()
    return Part(every=True)
