"""Answers fitted to what the user told: the injured part spared, the equipment at hand, the goal, the bodyweight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.coach.facts import Facts
from bot.coach.facts.estimates import in_units, protein_g
from bot.coach.hearing.told import Learned
from bot.coach.knowledge import topics
from bot.coach.language import load, plain, say
from bot.coach.phrases import in_words, part_name
from bot.coach.telling.answer import Answer


def adapted(answer: Answer, intent: str | None, facts: Facts) -> Answer:
    """The answer with what the user's own facts add to it; the same answer where they add nothing."""
    if not answer.known or not (facts.told or facts.aching):
        return answer
    more = [*_equipment(answer.topics, facts), *_goal(answer.topics, facts)]
    care = tuple(_care(answer, intent, facts))
    added = (*(topics()[name].text(facts.language) for name in more), *care, *_own_sentences(answer, facts))
    fresh = (one for one in dict.fromkeys(added) if one not in answer.sentences)
    whole = answer.whole or bool(care)
    return replace(answer, sentences=(*answer.sentences, *fresh), topics=(*answer.topics, *more), whole=whole)


def noted(learned: Learned, facts: Facts) -> tuple[str, ...]:
    """The sentences that confirm what was just learned."""
    lines = [say(facts.language, "healed", part=part_name(one.value, facts)) for one in learned.healed]
    if learned.facts:
        lines += [say(facts.language, "noted", told=in_words(learned.facts, facts)), say(facts.language, "noted_where")]
    return tuple(lines)


def topic_of(learned: Learned) -> str | None:
    """The topic that a message asks for which only tells something."""
    table = load("data/adapt.toml")
    for one in learned.facts:
        tables: Mapping[str, Mapping[str, str]] = {
            "injury": table["topics"],
            "goal": table["goals"],
            "equipment": table["equipment"],
        }
        for value in one.value.split("+"):
            if name := tables.get(one.kind, {}).get(value):
                return str(name)
    return None


def _care(answer: Answer, intent: str | None, facts: Facts) -> Iterator[str]:
    """What each part of the body to be spared asks for, wherever training or its load is advised."""
    table, names = load("data/adapt.toml"), set(answer.topics)
    exercises = {table["form_of"][name] for name in names & set(table["form_of"])}
    if intent in table["training_intents"] and facts.this:
        exercises.add(facts.this.exercise)
    planning = intent == "train_next" or bool(names & {*table["plans"], *table["of_pain"], *table["of_load"]})
    for part in facts.spared:
        if part in table["loads"] and (planning or loads(part, exercises)):
            yield say(facts.language, f"care_{part}")
        elif intent == "next_weight" and facts.this:
            yield say(facts.language, "next_mind", part=part_name(part, facts), label=facts.this.label)


def _own_sentences(answer: Answer, facts: Facts) -> Iterator[str]:
    """Sentences of one's own: the equipment for a barbell lift, the grams of protein."""
    table, names = load("data/adapt.toml"), set(answer.topics)
    if names & set(table["barbell_forms"]):
        yield from (say(facts.language, f"with_{one}") for one in _only_equipment(facts)[:1])
    if "protein" in names and (grams := protein_g(facts)) is not None:
        weight = next(one.weight_kg for one in reversed(facts.told) if one.kind == "bodyweight")
        shown = f"{plain(in_units(weight, facts.units))} {facts.units}"
        yield say(facts.language, "protein_for_you", weight=shown, grams=grams)


def loads(part: str, exercises: set[str]) -> bool:
    """Whether one of the exercises loads a part of the body, by the beginnings of their names in data/adapt.toml."""
    starts: Sequence[str] = load("data/adapt.toml")["loads"].get(part, ())
    return any(exercise.startswith(start) or f"_{start}" in exercise for exercise in exercises for start in starts)


def _equipment(names: Sequence[str], facts: Facts) -> tuple[str, ...]:
    """The topic on the user's equipment, added to a plan that leaves it open."""
    if not set(names) & {"week_plan", "start"}:
        return ()
    return tuple(load("data/adapt.toml")["equipment"][one] for one in _only_equipment(facts)[:1])


def _only_equipment(facts: Facts) -> list[str]:
    """What the user trains with, where that is less than a gym or a barbell."""
    items = [item for told in facts.told_values("equipment") for item in told.split("+")]
    if {"gym", "barbell", "machines"} & set(items):
        return []
    return [item for item in items if item in load("data/adapt.toml")["equipment"]]


def _goal(names: Sequence[str], facts: Facts) -> tuple[str, ...]:
    """The topic on the user's goal, added to a plan or to a question on repetitions that it decides."""
    asked = set(names) & {"week_plan", "start", "reps_for_muscle", "reps_for_strength"}
    found = [load("data/adapt.toml")["goals"].get(goal) for goal in facts.told_values("goal")] if asked else []
    return tuple(name for name in found if name and name not in names)[:1]
