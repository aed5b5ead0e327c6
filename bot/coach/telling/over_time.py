"""What is said of many sets: totals, how often, since when, two weeks or two exercises beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from bot.coach.facts import Facts, PastSet
from bot.coach.facts.facts import MOST_TOLD
from bot.coach.facts.summing import by_exercise, days_of, moved_kg, often
from bot.coach.hearing.exercise_asked import current, label_of, other_exercise
from bot.coach.hearing.intents import Question
from bot.coach.hearing.over_time import how_many, of_volume, of_weight
from bot.coach.hearing.spans import Days
from bot.coach.language import Sentences, day, say, weight
from bot.coach.phrases import capital, listed
from bot.coach.telling import muscles as muscles
from bot.coach.telling import versus as versus
from bot.coach.telling.adapt import loads
from bot.coach.telling.answer import Answer
from bot.coach.telling.day_totals import day_total
from bot.coach.telling.grown import grown
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.neglected import WEEK, neglected, picks_of, untrained
from bot.coach.telling.overviews import overview
from bot.coach.telling.sessions import exercise_line
from bot.coach.telling.three_lifts import three_lifts
from bot.coach.telling.versus import counted, of_exercise, within
from bot.coach.words import folded
from pipeline.values import UNKNOWN

SHOWN_EXERCISES = 6
MOST_DONE = 3
SUGGESTED = 2
IDLE_SHOWN = 3  # groups of muscles
REGULAR_DAYS = 42  # six weeks: what was last done before is no longer regular


def on_days(facts: Facts, asked: Question) -> Answer:
    """The sets of the days that are asked for, newest first; where they are many or are to be counted, their sums."""
    known = of_exercise(facts, asked.exercise)
    found = within(known, asked.days)
    if not found:
        told = (say(facts.language, "days_newest"), *labelled_lines(facts, known[:1])) if known else ()
        return Answer((say(facts.language, "days_none"), *told), summed=(known[:1],) if known else ())
    if len(found) > MOST_TOLD:
        return _summed(facts, found, asked)
    key = "days_sum" if len(found) > 1 and any(past.rep_count for past in found) else "days_count"
    count = (counted(facts, key, found),) if how_many(folded(asked.text)) else ()
    return Answer((*count, *labelled_lines(facts, found), *_moved(facts, found, asked)), summed=(found,))


def totals(facts: Facts, asked: Question) -> Answer:
    """What all sets come to, or those of the exercise and the days that are asked for."""
    exercise = asked.exercise and (other_exercise(asked, facts) or current(facts))
    found = within(of_exercise(facts, exercise), asked.days)
    return _summed(facts, found, asked) if found else _none(facts, exercise)


def how_often(facts: Facts, asked: Question) -> Answer:
    """On how many days there was training, of those that are asked for or lately, and on which weekday most often; of
    one exercise in some days, its sets."""
    if asked.days and asked.exercise:
        return on_days(facts, asked)
    if asked.days and (sets := within(facts.logged, asked.days)):
        return Answer((*_days(facts, sets), counted(facts, "days_count", sets)), summed=(sets,))
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
    found = of_exercise(facts, exercise)
    if not found:
        return _none(facts, exercise)
    first = labelled_lines(facts, found[-1:])
    ago = (facts.today - found[-1].done_on).days
    since_then = counted(facts, "since_then_sum", found)
    when = (say(facts.language, "since_ago", count=ago),) if ago > 1 else ()
    return Answer((say(facts.language, "since_first"), *first, *when, since_then), summed=(found, found[-1:]))


def last_workout(facts: Facts, _: Question) -> Answer:
    """The newest day with sets, what was done on it, and how long ago it was."""
    if not facts.logged:
        return _none(facts, None)
    newest = max(past.done_on for past in facts.logged)
    sets = within(facts.logged, Days(newest, newest))
    lines = [exercise_line(facts, group) for group in by_exercise(sets)[:SHOWN_EXERCISES]]
    ago = (facts.today - newest).days
    when = (say(facts.language, "since_ago", count=ago),) if ago > 1 else ()
    return Answer((say(facts.language, "last_workout", day=day(facts.language, newest)), *when, *lines), summed=(sets,))


def most_done(facts: Facts, asked: Question) -> Answer:
    """The exercises of which there are most sets."""
    found = within(facts.logged, asked.days)
    if not found:
        return _none(facts, None)
    groups = by_exercise(found)[:MOST_DONE]
    lines = (exercise_line(facts, group) for group in groups)
    return Answer((say(facts.language, "most_done"), *lines), summed=(found,))


def _summed(facts: Facts, found: tuple[PastSet, ...], asked: Question) -> Answer:
    groups = by_exercise(found)
    whole = (counted(facts, "days_sum" if asked.days else "sum_all", found),) if len(groups) > 1 else ()
    lines = [exercise_line(facts, group) for group in groups[:SHOWN_EXERCISES]]
    return Answer((*whole, *lines, *_moved(facts, found, asked), *_days(facts, found)), summed=(found,))


def _moved(facts: Facts, sets: Sequence[PastSet], asked: Question) -> Sentences:
    """Weight times repetitions, where a total in weight is asked for."""
    said = folded(asked.text)
    if not (of_volume(said) or (of_weight(said) and how_many(said))):
        return ()
    kilograms, count = moved_kg(sets)
    if not count:
        return (say(facts.language, "moved_unknown"),)
    noun = "set" if count == 1 else "sets"
    return (say(facts.language, "moved", weight=weight(kilograms, facts.units), count=count, sets_word=noun),)


def _days(facts: Facts, sets: Sequence[PastSet]) -> Sentences:
    """From how many days the sets are, the first and the last of them."""
    known = days_of(sets)
    first, last = day(facts.language, known[0]), day(facts.language, known[-1])
    if len(known) == 1:
        return (say(facts.language, "over_one_day", day=first),)
    return (say(facts.language, "over_days", count=len(known), first=first, last=last),)


def _none(facts: Facts, exercise: str | None) -> Answer:
    if not facts.logged:
        return Answer((say(facts.language, "no_set"),), known=False)
    if exercise and not of_exercise(facts, exercise):
        return Answer((say(facts.language, "no_set_of", label=label_of(exercise, facts)),), known=False)
    return Answer((say(facts.language, "days_none"),))


def next_up(facts: Facts) -> Answer | None:
    """Which exercises that are trained regularly were longest ago, which muscles no set of the last days was for, and
    which exercises need a rest; None where none is regular. What loads a part that is to be spared is left out."""
    recent = within(facts.logged, Days(facts.today - timedelta(REGULAR_DAYS), facts.today))
    yesterday = facts.today - timedelta(1)
    groups = [group for group in by_exercise(recent) if group[0].exercise != UNKNOWN]
    resting = [group[0].label for group in groups if group[0].done_on >= yesterday]
    waiting = [group[0] for group in groups if group[0].done_on < yesterday and len(days_of(group)) > 1]
    fit = [one for one in waiting if not any(loads(part, {one.exercise}) for part in facts.spared)]
    if not fit:
        return None
    shown = tuple(sorted(fit, key=lambda one: one.done_on)[:SUGGESTED])
    unworked = idle(facts, {one.exercise for one in shown})
    rest = (say(facts.language, "train_rest", labels=capital(listed(resting, facts))),) if resting else ()
    said = (say(facts.language, "train_next"), *labelled_lines(facts, shown), *unworked, *rest)
    return Answer(said, summed=(shown,), general=unworked)


def idle(facts: Facts, suggested: Iterable[str] = ()) -> Sentences:
    """The muscles that no set of the last days worked, and exercises for those that no suggested one is for; nothing
    where there was no set at all."""
    found = untrained(facts)[:IDLE_SHOWN]
    if not found or not within(facts.logged, Days(facts.today - WEEK, facts.today)):
        return ()
    names = listed([group.called(facts.language) for group in found], facts)
    served = {group for group in found for name in suggested if group.is_worked_by(name)}
    first = next((group for group in found if group not in served), None)
    if first is None:
        return (say(facts.language, "train_idle", groups=names),)
    labels = listed([label_of(one, facts) for one in picks_of(first, facts)], facts)
    picks = say(facts.language, "muscle_picks", group=first.called(facts.language), labels=labels)
    return (say(facts.language, "train_idle", groups=names), picks)


ABOUT_THE_LOG: Mapping[str, Callable[[Facts, Question], Answer]] = {
    "days": on_days,
    "overview": overview,
    "sets_known": totals,
    "often": how_often,
    "since": since,
    "grown": grown,
    "last_workout": last_workout,
    "muscle_last": muscles.last_trained,
    "most_done": most_done,
    "day_total": day_total,
    "muscle_neglected": neglected,
    "muscle_picks": muscles.picks,
    "three_lifts": three_lifts,
    "versus_days": versus.two_spans,
    "which_span": versus.two_spans,
    "versus_exercise": versus.two_exercises,
    "versus_this": versus.this_and_another,
}
