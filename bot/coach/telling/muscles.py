"""What is said of muscles: when they were last trained, what an exercise works, two exercises beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.coach.facts import Facts, PastSet
from bot.coach.hearing.exercise_asked import current, label_of
from bot.coach.hearing.intents import Question
from bot.coach.hearing.muscles import Group, group_named, muscle_called, muscles_of
from bot.coach.knowledge import topics
from bot.coach.language import Sentences, say
from bot.coach.phrases import capital, listed
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.neglected import picks_of
from bot.coach.words import folded


def last_trained(facts: Facts, asked: Question) -> Answer:
    """The newest set of an exercise that is mainly for a group of muscles, and a newer one in which it helped."""
    group = asked.group
    if group is None:
        raise ValueError("no group of muscles is asked of")
    name = group.called(facts.language)
    main = next((past for past in facts.logged if group.is_main_of(past.exercise)), None)
    newest = next((past for past in facts.logged if group.is_worked_by(past.exercise)), None)
    if newest is None:
        said = say(facts.language, "muscle_none", group=name)
        return Answer((said,), known=False, general=(said,))
    intro = say(facts.language, "muscle_last" if main else "muscle_helped_only", group=name)
    helped = say(facts.language, "muscle_helped", group=name)
    also = (helped, *labelled_lines(facts, (newest,))) if main and main.done_on != newest.done_on else ()
    shown = tuple((one,) for one in (main, newest) if one)
    return Answer((intro, *_line(facts, main or newest), *also), summed=shown, general=(intro, helped))


def counted(facts: Facts, asked: Question, group: Group, tell: Callable[[Facts, Question], Answer]) -> Answer:
    """An answer on many sets, of the sets of one group of muscles alone."""
    name, kept = group.called(facts.language), _only_of(facts, group)
    intro = say(facts.language, "muscle_counts" if kept.logged else "muscle_none", group=name)
    if not kept.logged:
        return Answer((intro,), known=False, general=(intro,))
    told = tell(kept, asked)
    return replace(told, sentences=(intro, *told.sentences), general=(intro,))


def picks(facts: Facts, asked: Question) -> Answer:
    """Exercises for a group of muscles, and how much of them; what loads a part that is to be spared is left out."""
    if asked.group is None:
        raise ValueError("no group of muscles is asked of")
    names = picks_of(asked.group, facts)
    if not names:
        said = topics()["injury_return"].text(facts.language)
        return Answer((said,), topics=("injury_return",))
    labels = listed([label_of(one, facts) for one in names], facts)
    which = say(facts.language, "muscle_picks", group=asked.group.called(facts.language), labels=labels)
    sentences = (which, say(facts.language, "muscle_picks_much"))
    return Answer(sentences, general=sentences)


def _only_of(facts: Facts, group: Group) -> Facts:
    """The facts with the sets of one group of muscles alone."""
    kept = tuple(past for past in facts.logged if group.is_worked_by(past.exercise))
    this = facts.this if facts.this and group.is_worked_by(facts.this.exercise) else None
    history = tuple(past for past in facts.history if group.is_worked_by(past.exercise))
    return replace(facts, this=this, history=history, newer=0, log=kept)


def worked(facts: Facts, asked: Question) -> Answer | None:
    """What the exercise that is asked of works, by the catalogue; None where no exercise is, or it isn't known."""
    exercise = asked.exercise or current(facts)
    if exercise is None or not muscles_of(exercise):
        return None
    said = _works(exercise, facts)
    return Answer(said, general=said)


def compared(facts: Facts, asked: Question) -> Answer | None:
    """Two exercises of the catalogue beside each other: what each works; None where one is not known.

    Which one is better is not said: that depends on what it is for, unless a group of muscles is named.
    """
    names = [name for name in (asked.exercise, asked.other) if name and muscles_of(name)]
    if len(names) < 2:
        return None
    lines = [sentence for name in names for sentence in _works(name, facts)]
    said = (*lines, *_verdict(names, group_named(folded(asked.text)), facts))
    return Answer(said, general=said)


def _verdict(names: Iterable[str], group: Group | None, facts: Facts) -> Sentences:
    if group is None:
        return (say(facts.language, "versus_depends"),)
    mainly = [name for name in names if group.is_main_of(name)]
    if len(mainly) != 1:
        return (say(facts.language, "versus_alike_for", group=group.called(facts.language)),)
    label = label_of(mainly[0], facts)
    return (say(facts.language, "versus_for", group=group.called(facts.language), label=label),)


def _works(exercise: str, facts: Facts) -> Sentences:
    """One sentence on what an exercise works, the most worked first."""
    first, *others = (muscle_called(one, facts.language) for one in muscles_of(exercise))
    label = capital(label_of(exercise, facts))
    if not others:
        return (say(facts.language, "works_one", label=label, first=first),)
    return (say(facts.language, "works", label=label, first=first, others=listed(others, facts)),)


def _line(facts: Facts, past: PastSet) -> Sentences:
    ago = (facts.today - past.done_on).days
    return (*labelled_lines(facts, (past,)), *((say(facts.language, "since_ago", count=ago),) if ago > 1 else ()))
