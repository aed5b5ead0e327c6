"""What is said of many sets: totals, how often, since when, two weeks or two exercises beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot.coach.facts import Facts, PastSet
from bot.coach.facts.comparing import apart, best_of
from bot.coach.facts.summing import by_exercise, days_of, moved_kg, often
from bot.coach.hearing.days import Days, span
from bot.coach.hearing.exercise_asked import current, label_of, other_exercise
from bot.coach.hearing.intents import Question
from bot.coach.hearing.over_time import how_many, of_pace, of_weight
from bot.coach.language import Sentences, day, say, seconds, weight
from bot.coach.phrases import listed
from bot.coach.telling.adapt import loads
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.rough import doubted_once, rough_before
from bot.coach.telling.sessions import exercise_line
from bot.coach.words import folded
from pipeline.values import UNKNOWN

SHOWN_SETS = 5  # lines; more nobody reads in a chat
SHOWN_EXERCISES = 6
MOST_DONE = 3
SUGGESTED = 2
REGULAR_DAYS = 42  # six weeks: what was last done before is no longer regular


def on_days(facts: Facts, asked: Question) -> Answer:
    """The sets of the days that are asked for, newest first; where they are many or are to be counted, their sums."""
    known = _of_exercise(facts, asked.exercise)
    found = _within(known, asked.days)
    counted = how_many(folded(asked.text))
    if not found:
        told = (say(facts.language, "days_newest"), *labelled_lines(facts, known[:1])) if known else ()
        return Answer((say(facts.language, "days_none"), *told))
    if len(found) > SHOWN_SETS:
        return _summed(facts, found, asked)
    count = (_counted(facts, "days_count", found),) if counted else ()
    return Answer((*count, *labelled_lines(facts, found), *_moved(facts, found, asked)), summed=(found,))


def totals(facts: Facts, asked: Question) -> Answer:
    """What all sets come to, or those of the exercise and the days that are asked for."""
    exercise = asked.exercise and (other_exercise(asked, facts) or current(facts))
    found = _within(_of_exercise(facts, exercise), asked.days)
    return _summed(facts, found, asked) if found else _none(facts, exercise)


def how_often(facts: Facts, asked: Question) -> Answer:
    """On how many days there was training, of those that are asked for or lately; and on which weekday most often."""
    if asked.days and (sets := _within(facts.logged, asked.days)):
        return Answer((*_days(facts, sets), _counted(facts, "days_count", sets)), summed=(sets,))
    if (found := often(facts.logged, facts.today)) is None:
        return since(facts, asked)
    values = {"count": found.days, "weeks": found.weeks, "rate": found.days_a_week}
    said = say(facts.language, "often" if found.days_a_week > 1 else "seldom", **values)
    usual = (say(facts.language, f"weekday_{'none' if found.weekday is None else found.weekday}"),)
    pause = (
        (say(facts.language, "often_break", count=found.longest_break_days),) if found.longest_break_days > 1 else ()
    )
    return Answer((said, *usual, *pause, say(facts.language, "often_known")), summed=(facts.logged,))


def since(facts: Facts, asked: Question) -> Answer:
    """The first set that is known, and what came since."""
    exercise = asked.exercise and (other_exercise(asked, facts) or current(facts))
    found = _of_exercise(facts, exercise)
    if not found:
        return _none(facts, exercise)
    first = labelled_lines(facts, found[-1:])
    ago = (facts.today - found[-1].done_on).days
    since_then = _counted(facts, "since_then_sum", found)
    when = (say(facts.language, "since_ago", count=ago),) if ago > 1 else ()
    return Answer((say(facts.language, "since_first"), *first, *when, since_then), summed=(found,))


def most_done(facts: Facts, asked: Question) -> Answer:
    """The exercises of which there are most sets."""
    found = _within(facts.logged, asked.days)
    if not found:
        return _none(facts, None)
    groups = by_exercise(found)[:MOST_DONE]
    lines = (exercise_line(facts, group) for group in groups)
    return Answer((say(facts.language, "most_done"), *lines), summed=(found,))


def two_spans(facts: Facts, asked: Question) -> Answer:
    """Two weeks or months beside each other: the days, the sets and the repetitions of each, and what went up."""
    known = _of_exercise(facts, asked.exercise)
    later, earlier = (_within(known, span(name, facts.today)) for name in asked.spans)
    lines = (_of_span(facts, name, sets) for name, sets in zip(asked.spans, (later, earlier), strict=True))
    open_ = (say(facts.language, f"not_over_{asked.spans[0]}"),) if asked.spans[0].startswith("this") else ()
    return Answer((*lines, *_ups_and_downs(facts, later, earlier), *open_), summed=(later, earlier))


def two_exercises(facts: Facts, asked: Question) -> Answer:
    """Two exercises beside each other: the times of their newest sets where pace is asked for, else their best."""
    names = tuple(name for name in (asked.exercise, asked.other) if name)
    if of_pace(folded(asked.text)):
        return _paces(facts, names)
    best = tuple(one for one in (best_of(_of_exercise(facts, name)) for name in names) if one)
    lines = labelled_lines(facts, best)
    heavier = apart("weight", *best)
    verdict = (say(facts.language, "versus_heavier", label=heavier.label),) if heavier else ()
    return Answer((say(facts.language, "versus_best"), *lines, *verdict), summed=tuple((one,) for one in best))


def _paces(facts: Facts, names: Sequence[str]) -> Answer:
    found = [next((one for one in _of_exercise(facts, name) if one.tempo), None) for name in names]
    timed = tuple(one for one in found if one)
    untimed = (label_of(name, facts) for name, one in zip(names, found, strict=True) if one is None)
    lines = [_tempo_line(facts, one) for one in timed]
    lines += [say(facts.language, "versus_untimed", label=label) for label in untimed]
    if len(timed) == len(names):
        slower = apart("concentric", *timed)
        lines.append(
            say(facts.language, "versus_slower", label=slower.label) if slower else say(facts.language, "versus_even")
        )
    doubts = (doubt for one in timed for doubt in rough_before(facts, one))
    return Answer(doubted_once(facts, (*lines, *doubts)), summed=tuple((one,) for one in timed))


def _tempo_line(facts: Facts, past: PastSet) -> str:
    beat = past.tempo
    parts = {"lowering": seconds(beat.eccentric_s), "lifting": seconds(beat.concentric_s)} if beat else {}
    return say(
        facts.language, "versus_tempo", label=_capital(past.label), day=day(facts.language, past.done_on), **parts
    )


def _of_span(facts: Facts, name: str, sets: Sequence[PastSet]) -> str:
    named = say(facts.language, f"span_{name}")
    return _counted(facts, "span_line", sets, span=named) if sets else say(facts.language, "span_none", span=named)


def _ups_and_downs(facts: Facts, later: Sequence[PastSet], earlier: Sequence[PastSet]) -> Sentences:
    """Which exercises' best sets went up, went down or stayed, of those that were done in both."""
    went: dict[str, list[str]] = {"up": [], "down": [], "same": []}
    for group in by_exercise(later):
        before = best_of(tuple(past for past in earlier if past.exercise == group[0].exercise))
        now = best_of(group)
        if now and before:
            went[_way(now, before)].append(now.label)
    return tuple(
        say(facts.language, f"went_{way}", labels=listed(names, facts)) for way, names in went.items() if names
    )


def _way(now: PastSet, before: PastSet) -> str:
    """By weight, where it is known of both and differs, else by repetitions or the time held."""
    for measure in ("weight", "hold", "reps"):
        if more := apart(measure, now, before):
            return "up" if more is now else "down"
    return "same"


def _summed(facts: Facts, found: tuple[PastSet, ...], asked: Question) -> Answer:
    groups = by_exercise(found)
    whole = (_counted(facts, "days_sum" if asked.days else "sum_all", found),) if len(groups) > 1 else ()
    lines = [exercise_line(facts, group) for group in groups[:SHOWN_EXERCISES]]
    return Answer((*whole, *lines, *_moved(facts, found, asked), *_days(facts, found)), summed=(found,))


def _counted(facts: Facts, key: str, sets: Sequence[PastSet], **values: object) -> str:
    """A sentence with the numbers of sets, days and repetitions, the nouns agreeing with them."""
    counts = {"sets": len(sets), "days": len(days_of(sets)), "reps": sum(past.rep_count for past in sets)}
    nouns = {f"{name}_word": name[:-1] if count == 1 else name for name, count in counts.items()}
    return say(facts.language, key, **counts, **nouns, **values)


def _moved(facts: Facts, sets: Sequence[PastSet], asked: Question) -> Sentences:
    """Weight times repetitions, where a total in weight is asked for."""
    if not (of_weight(folded(asked.text)) and how_many(folded(asked.text))):
        return ()
    kilograms, count = moved_kg(sets)
    if not count:
        return (say(facts.language, "moved_unknown"),)
    return (say(facts.language, "moved", weight=weight(kilograms, facts.units), count=count),)


def _days(facts: Facts, sets: Sequence[PastSet]) -> Sentences:
    """From how many days the sets are, the first and the last of them."""
    known = days_of(sets)
    first, last = day(facts.language, known[0]), day(facts.language, known[-1])
    if len(known) == 1:
        return (say(facts.language, "over_one_day", day=first),)
    return (say(facts.language, "over_days", count=len(known), first=first, last=last),)


def _of_exercise(facts: Facts, exercise: str | None) -> tuple[PastSet, ...]:
    return tuple(past for past in facts.logged if exercise in (None, past.exercise))


def _within(sets: tuple[PastSet, ...], days: Days | None) -> tuple[PastSet, ...]:
    return tuple(past for past in sets if days is None or days.hold(past.done_on))


def _none(facts: Facts, exercise: str | None) -> Answer:
    if not facts.logged:
        return Answer((say(facts.language, "no_set"),), known=False)
    if exercise and not _of_exercise(facts, exercise):
        return Answer((say(facts.language, "no_set_of", label=label_of(exercise, facts)),), known=False)
    return Answer((say(facts.language, "days_none"),))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def next_up(facts: Facts) -> Answer | None:
    """Which exercises that are trained regularly were longest ago, and which need a rest; None where none is regular.
    What loads a part that is to be spared is left out."""
    recent = _within(facts.logged, Days(facts.today - timedelta(REGULAR_DAYS), facts.today))
    yesterday = facts.today - timedelta(1)
    groups = [group for group in by_exercise(recent) if group[0].exercise != UNKNOWN]
    resting = [group[0].label for group in groups if group[0].done_on >= yesterday]
    waiting = [group[0] for group in groups if group[0].done_on < yesterday and len(days_of(group)) > 1]
    fit = [one for one in waiting if not any(loads(part, {one.exercise}) for part in facts.spared)]
    if not fit:
        return None
    shown = tuple(sorted(fit, key=lambda one: one.done_on)[:SUGGESTED])
    rest = (say(facts.language, "train_rest", labels=_capital(listed(resting, facts))),) if resting else ()
    return Answer((say(facts.language, "train_next"), *labelled_lines(facts, shown), *rest), summed=(recent,))


ABOUT_THE_LOG: Mapping[str, Callable[[Facts, Question], Answer]] = {
    "days": on_days,
    "sets_known": totals,
    "often": how_often,
    "since": since,
    "most_done": most_done,
    "versus_days": two_spans,
    "versus_exercise": two_exercises,
}
