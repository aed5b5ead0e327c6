"""What is said of two weeks or months beside each other, and of two exercises; and how many sets are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.coach.facts import Facts, PastSet
from bot.coach.facts.comparing import apart, best_of
from bot.coach.facts.growth import went
from bot.coach.facts.sets import past_set
from bot.coach.facts.summing import by_exercise, days_of
from bot.coach.hearing.exercise_asked import label_of
from bot.coach.hearing.intents import Question
from bot.coach.hearing.over_time import of_pace
from bot.coach.hearing.spans import Days, span
from bot.coach.language import Sentences, day, known, month, say, seconds
from bot.coach.phrases import capital, listed
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.rough import doubted_once, rough_before
from bot.coach.words import folded

WITHOUT_REPS: Mapping[str, str] = {"days_sum": "days_count", "sum_all": "sum_all_bare", "span_line": "span_line_bare"}


def two_spans(facts: Facts, asked: Question) -> Answer:
    """Two weeks or months beside each other: the days, the sets and the repetitions of each, what went up, and which
    was the better one; that alone where the rest was just said."""
    sets = of_exercise(facts, asked.exercise)
    later, earlier = (within(sets, span(name, facts.today)) for name in asked.spans)
    ways = ways_of(later, earlier)
    verdict = _better(facts, asked.spans, len(ways["up"]) - len(ways["down"])) if any(ways.values()) else ()
    if asked.target == "which_span" and verdict:
        return Answer(verdict, summed=(later, earlier))
    lines = (of_span(facts, name, done) for name, done in zip(asked.spans, (later, earlier), strict=True))
    open_ = (say(facts.language, f"not_over_{asked.spans[0]}"),) if asked.spans[0].startswith("this") else ()
    return Answer((*lines, *ups_and_downs(facts, ways), *verdict, *open_), summed=(later, earlier))


def _better(facts: Facts, spans: Sequence[str], ups: int) -> Sentences:
    """Which of two spans, the later one first, was the better one, where more exercises went up than down."""
    if not ups:
        return (say(facts.language, "better_neither"),)
    return (say(facts.language, "better_span", span=_named(facts, spans[0 if ups > 0 else 1])),)


def _named(facts: Facts, name: str) -> str:
    """A week or a month in the user's language; that of another year with its year."""
    if not name[0].isdecimal():
        return say(facts.language, f"span_{name}")
    return month(facts.language, span(name, facts.today).first, facts.today)


def two_exercises(facts: Facts, asked: Question) -> Answer:
    """Two exercises beside each other: the times of their newest sets where pace is asked for, else their best."""
    names = tuple(name for name in (asked.exercise, asked.other) if name)
    if of_pace(folded(asked.text)):
        return _paces(facts, names)
    best = tuple(one for one in (best_of(of_exercise(facts, name)) for name in names) if one)
    lines = labelled_lines(facts, best)
    heavier = apart("weight", *best)
    verdict = (say(facts.language, "versus_heavier", label=heavier.label),) if heavier else ()
    return Answer((say(facts.language, "versus_best"), *lines, *verdict), summed=tuple((one,) for one in best))


def this_and_another(facts: Facts, asked: Question) -> Answer:
    """The set in question beside the newest of another exercise: what was done in each, and at what pace."""
    if facts.this is None or asked.exercise is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    other = of_exercise(facts, asked.exercise)[:1]
    if not other:
        return Answer((say(facts.language, "no_set_of", label=label_of(asked.exercise, facts)),), known=False)
    both = (past_set(facts.this), *other)
    heavier = apart("weight", *both)
    verdict = (say(facts.language, "versus_heavier", label=heavier.label),) if heavier else ()
    timed = tuple(one for one in both if _is_timed(one))
    paces = tuple(_tempo_line(facts, one) for one in timed) if len(timed) == len(both) else ()
    doubts = (doubt for one in timed for doubt in rough_before(facts, one)) if paces else ()
    lines = (*labelled_lines(facts, both), *verdict, *paces, *doubts)
    return Answer(doubted_once(facts, lines), summed=tuple((one,) for one in both))


def _paces(facts: Facts, names: Sequence[str]) -> Answer:
    found = [next((one for one in of_exercise(facts, name) if _is_timed(one)), None) for name in names]
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


def _is_timed(past: PastSet) -> bool:
    return past.tempo is not None and known(past.tempo.eccentric_s) and known(past.tempo.concentric_s)


def _tempo_line(facts: Facts, past: PastSet) -> str:
    beat = past.tempo
    parts = {"lowering": seconds(beat.eccentric_s), "lifting": seconds(beat.concentric_s)} if beat else {}
    return say(
        facts.language, "versus_tempo", label=capital(past.label), day=day(facts.language, past.done_on), **parts
    )


def of_span(facts: Facts, name: str, sets: Sequence[PastSet]) -> str:
    """How many sets, days and repetitions a week or a month had."""
    named = capital(_named(facts, name))
    return counted(facts, "span_line", sets, span=named) if sets else say(facts.language, "span_none", span=named)


def ways_of(later: Sequence[PastSet], earlier: Sequence[PastSet]) -> Mapping[str, Sequence[str]]:
    """Which exercises' best sets went up, went down or stayed, of those that were done in both."""
    found: dict[str, list[str]] = {"up": [], "down": [], "same": []}
    for group in by_exercise(later):
        before = best_of(tuple(past for past in earlier if past.exercise == group[0].exercise))
        now = best_of(group)
        if now and before:
            found[went(now, before)].append(now.label)
    return found


def ups_and_downs(facts: Facts, ways: Mapping[str, Sequence[str]]) -> Sentences:
    return tuple(
        say(facts.language, f"went_{way}", labels=listed(names, facts)) for way, names in ways.items() if names
    )


def counted(facts: Facts, key: str, sets: Sequence[PastSet], **values: object) -> str:
    """A sentence with the numbers of sets, days and repetitions, the nouns agreeing with them."""
    counts = {"sets": len(sets), "days": len(days_of(sets)), "reps": sum(past.rep_count for past in sets)}
    key = WITHOUT_REPS.get(key, key) if counts["reps"] == 0 else key
    nouns = {f"{name}_word": name[:-1] if count == 1 else name for name, count in counts.items()}
    return say(facts.language, key, **counts, **nouns, **values)


def of_exercise(facts: Facts, exercise: str | None) -> tuple[PastSet, ...]:
    return tuple(past for past in facts.logged if exercise in (None, past.exercise))


def within(sets: tuple[PastSet, ...], days: Days | None) -> tuple[PastSet, ...]:
    return tuple(past for past in sets if days is None or days.hold(past.done_on))
