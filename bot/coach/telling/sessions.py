"""What is said of the sets of one day: each by its number, how they went on, what they come to."""

from __future__ import annotations

from bot.coach.facts import Facts, PastSet, SetFacts, past_set
from bot.coach.facts.comparing import best_of, heaviest
from bot.coach.language import Sentences, day, degrees, known, plain, say, seconds, timed_as, weight
from bot.coach.phrases import capital
from bot.coach.telling.history import best as best_ever
from bot.coach.telling.history import timed_with_load
from bot.coach.telling.rough import doubted_once, rough, rough_before
from bot.coach.telling.sets import reps_sentence

SHOWN_SETS = 8  # lines; more nobody reads in a chat


def session(facts: Facts, this: SetFacts) -> Sentences:
    """The sets of that day in their order, and how the repetitions went on."""
    sets = facts.session
    if len(sets) < 2:
        return (say(facts.language, "session_one", label=this.label, when=_when(facts, this)),)
    lines = tuple(set_line(facts, number, past) for number, past in list(enumerate(sets, start=1))[-SHOWN_SETS:])
    return (*lines, *_trend(facts, sets))


def one_of(facts: Facts, this: SetFacts, numbers: tuple[int, ...], *, of_range: bool = False) -> Sentences:
    """The sets of that day with these numbers; -1 is the last one. `of_range`: how far each went, not its times."""
    sets = facts.session
    wanted = dict.fromkeys(number if number > 0 else len(sets) + 1 + number for number in numbers)
    known = [number for number in wanted if 0 < number <= len(sets)]
    if not known:
        return (count(facts, this)[0],)
    tell = _ranged if of_range else _told
    return doubted_once(facts, (sentence for number in known for sentence in tell(facts, number, sets[number - 1])))


def count(facts: Facts, this: SetFacts) -> Sentences:
    """How many sets of the exercise there were that day."""
    found = len(facts.session)
    word = "set" if found == 1 else "sets"
    return (
        say(facts.language, "session_count", count=found, sets_word=word, label=this.label, when=_when(facts, this)),
    )


def total(facts: Facts, this: SetFacts) -> Sentences:
    """All repetitions of that day, and the weight that was moved where every set's is known."""
    sets = facts.session
    if any(past.hold_s is not None for past in sets):
        return count(facts, this)
    if not total_reps(facts):
        return (say(facts.language, "session_none", label=this.label, when=_when(facts, this)),)
    said = reps_sentence(facts, "session_total", total_reps(facts), label=this.label, when=_when(facts, this))
    moved_kg = volume_kg(facts)
    more = (say(facts.language, "session_volume", weight=weight(moved_kg, facts.units)),) if moved_kg else ()
    return (said, *more, *count(facts, this))


def best(facts: Facts, this: SetFacts) -> Sentences:
    """The best set of that day: the heaviest, of these the one with most repetitions, or the longest."""
    sets = facts.session
    top = best_of(sets)
    if len(sets) < 2 or top is None:
        return session(facts, this) if facts.last_same is None else best_ever(facts, this.exercise, this.label)
    return (say(facts.language, "session_best", number=sets.index(top) + 1), set_line(facts, sets.index(top) + 1, top))


def whole_day(facts: Facts, this: SetFacts) -> Sentences:
    """Every exercise of that day: its sets, repetitions and heaviest weight, in the order in which they were begun."""
    sets = facts.day
    groups = [[past for past in sets if past.exercise == name] for name in dict.fromkeys(one.exercise for one in sets)]
    intro = say(facts.language, "day_today" if this.done_on == facts.today else "day_intro")
    only = (say(facts.language, "day_only", label=this.label),) if len(groups) == 1 else ()
    return (intro, *(exercise_line(facts, tuple(group)) for group in groups), *only)


def rest_done(facts: Facts, _: SetFacts) -> Sentences:
    """That it is not measured, and what is advised."""
    return (say(facts.language, "rest_not_measured"),)


def exercise_line(facts: Facts, sets: tuple[PastSet, ...]) -> str:
    """What sets of one exercise come to."""
    values: dict[str, object] = {"label": capital(sets[0].label), "sets_word": "set" if len(sets) == 1 else "sets"}
    held = [past.hold_s for past in sets if past.hold_s is not None]
    if held:
        values |= {"count": len(sets), "seconds": plain(max(held))}
        several = {"total": plain(sum(held))} if len(held) > 1 else {}
        way = timed_as(sets[0].exercise)
        return say(facts.language, f"day_lines_{way}" if several else f"day_line_{way}", **values, **several)
    reps = sum(past.rep_count for past in sets)
    values |= {"count": len(sets), "reps": reps, "reps_word": "rep" if reps == 1 else "reps"}
    top = heaviest(sets)
    if not reps:
        return say(facts.language, "day_line_none", **values)
    if top is None or top.weight_kg is None:
        return say(facts.language, "day_line", **values)
    return say(facts.language, "day_line_load", weight=weight(top.weight_kg, facts.units), **values)


def total_reps(facts: Facts) -> int:
    """The repetitions of all sets of that day."""
    return sum(past.rep_count for past in facts.session)


def volume_kg(facts: Facts) -> float:
    """Weight times repetitions over the sets of that day; 0 where a weight is not known."""
    sets = facts.session
    if any(past.weight_kg is None for past in sets):
        return 0.0
    return sum((past.weight_kg or 0.0) * past.rep_count for past in sets)


def _told(facts: Facts, number: int, past: PastSet) -> Sentences:
    beat = past.tempo
    line = set_line(facts, number, past)
    if beat is None or beat.eccentric_s != beat.eccentric_s or beat.concentric_s != beat.concentric_s:
        return (line,)
    parts = {"lowering": seconds(beat.eccentric_s), "lifting": seconds(beat.concentric_s)}
    this = facts.this if facts.this and past_set(facts.this) == past else None
    doubt = rough(facts, this) if this else rough_before(facts, past)
    return (line, say(facts.language, "session_tempo", number=number, **parts), *doubt)


def _ranged(facts: Facts, number: int, past: PastSet) -> Sentences:
    if not known(past.range_deg):
        return (set_line(facts, number, past), say(facts.language, "range_unknown"))
    said = say(facts.language, "session_range", number=number, range=degrees(past.range_deg))
    return (set_line(facts, number, past), said)


def set_line(facts: Facts, number: int, past: PastSet) -> str:
    """One set of that day by its number."""
    if past.hold_s is not None:
        key, parts = timed_with_load(facts, f"session_line_{timed_as(past.exercise)}", past)
        return say(facts.language, key, number=number, **parts)
    if past.weight_kg is None:
        return reps_sentence(facts, "session_line_bare", past.rep_count, number=number)
    load = weight(past.weight_kg, facts.units)
    return reps_sentence(facts, "session_line", past.rep_count, number=number, weight=load)


def _trend(facts: Facts, sets: tuple[PastSet, ...]) -> Sentences:
    """Whether the repetitions fell over the sets, where their weight stayed or is not known."""
    if any(past.hold_s is not None for past in sets):
        return ()
    change = sets[-1].rep_count - sets[0].rep_count
    return (say(facts.language, "session_less" if change < 0 else "session_more" if change > 0 else "session_same"),)


def which_of_the_day(facts: Facts, this: SetFacts) -> Sentences:
    """Which of the sets of that day the set in question is; nothing where it is the only one."""
    sets = facts.session
    if len(sets) < 2:
        return ()
    number = len(sets) - sum(past in sets for past in facts.history[: facts.newer])
    return (say(facts.language, "counted_which", number=number, label=this.label, when=_when(facts, this)),)


def _when(facts: Facts, this: SetFacts) -> str:
    if this.done_on == facts.today:
        return say(facts.language, "session_today")
    return say(facts.language, "session_day", day=day(facts.language, this.done_on))
