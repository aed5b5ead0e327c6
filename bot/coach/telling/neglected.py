"""Which muscles have gone without training, by the sets that are known and what the catalogue says each works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coach.facts import Facts, PastSet
from bot.coach.hearing.intents import Question
from bot.coach.hearing.muscles import Group, single_groups
from bot.coach.hearing.spans import Days
from bot.coach.language import Sentences, day, say
from bot.coach.phrases import listed
from bot.coach.telling.adapt import loads
from bot.coach.telling.answer import Answer
from bot.coach.telling.versus import within
from pipeline.values import UNKNOWN

WEEK = timedelta(6)  # before today: seven days in all
SHOWN_LAST = 2  # groups of which it is said when they were trained last


@dataclass(frozen=True, slots=True)
class Work:
    """The groups of muscles by what sets did for them: nothing, some help in exercises for others, or the most."""

    none: tuple[Group, ...]
    helped: tuple[Group, ...]
    main: tuple[Group, ...]


def work_of(sets: Sequence[PastSet]) -> Work:
    """What the sets did for every group of muscles."""
    main = tuple(group for group in single_groups() if any(group.is_main_of(past.exercise) for past in sets))
    worked = tuple(group for group in single_groups() if any(group.is_worked_by(past.exercise) for past in sets))
    none = tuple(group for group in single_groups() if group not in worked)
    return Work(none, tuple(group for group in worked if group not in main), main)


def neglected(facts: Facts, asked: Question) -> Answer:
    """The groups of muscles that no set of the days asked for (else of the last seven) was for, those that only helped,
    and when the former were trained last."""
    if not facts.logged:
        return Answer((say(facts.language, "no_set"),), known=False)
    wanted = asked.days or Days(facts.today - WEEK, facts.today)
    found = within(facts.logged, wanted)
    if not found:
        return Answer((say(facts.language, "days_none"), say(facts.language, "neglect_known")))
    work = work_of(found)
    when = {"first": day(facts.language, wanted.first), "last": day(facts.language, wanted.last)}
    none = (say(facts.language, "neglect_none", groups=_called(work.none, facts), **when),) if work.none else ()
    helped = (say(facts.language, "neglect_helped", groups=_called(work.helped, facts)),) if work.helped else ()
    every = () if work.none or work.helped else (say(facts.language, "neglect_nothing", **when),)
    unnamed = sum(past.exercise == UNKNOWN for past in found)
    beside = (say(facts.language, "neglect_unnamed", count=unnamed),) if unnamed else ()
    said = (*none, *_last(facts, work.none), *helped, *every, *beside, say(facts.language, "neglect_known"))
    return Answer(said, summed=(found,), general=said)


def untrained(facts: Facts) -> tuple[Group, ...]:
    """The groups of muscles that no set of the last seven days worked, but for those whose exercises all load a part
    that is to be spared."""
    none = work_of(within(facts.logged, Days(facts.today - WEEK, facts.today))).none
    return tuple(group for group in none if picks_of(group, facts))


def picks_of(group: Group, facts: Facts) -> tuple[str, ...]:
    """Exercises for a group of muscles, without those that load a part that is to be spared."""
    return tuple(one for one in group.picks if not any(loads(part, {one}) for part in facts.spared))


def _called(groups: Sequence[Group], facts: Facts) -> str:
    return listed([group.called(facts.language) for group in groups], facts)


def _last(facts: Facts, groups: Sequence[Group]) -> Sentences:
    """Of those that were trained before, the ones longest ago and when that was."""
    found: list[tuple[date, Group]] = []
    for group in groups:
        newest = next((past for past in facts.logged if group.is_worked_by(past.exercise)), None)
        found += [(newest.done_on, group)] if newest else []
    longest_ago = sorted(found, key=lambda one: one[0])[:SHOWN_LAST]
    return tuple(
        say(facts.language, "neglect_last", group=group.called(facts.language), day=day(facts.language, done_on))
        for done_on, group in longest_ago
    )
