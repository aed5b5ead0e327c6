"""What the user told, in words: "your knee needs care", "you train with dumbbells"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.coach.facts import Facts, Language, Told
from bot.coach.language import plain, say, sentences, weight
from pipeline.catalogue import find

PROPER = frozenset(
    {"Romanian", "Bulgarian", "Russian", "Turkish", "Arnold", "Nordic", "Zercher", "Pendlay", "Smith", "Cossack"}
)


def in_words(told: Iterable[Told], facts: Facts) -> str:
    """What was told as one phrase in the user's language."""
    return ", ".join(phrase(one, facts) for one in told)


def phrase(one: Told, facts: Facts) -> str:
    """One fact in words; a value that no list has is said as it is."""
    language = facts.language
    if one.kind == "bodyweight":
        return say(language, "told_bodyweight", weight=weight(one.weight_kg, facts.units))
    if one.kind == "injury":
        return say(language, "told_injury", part=part_name(one.value, facts))
    if one.kind == "goal":
        return say(language, "told_goal", goal=_named("goal", one.value, facts))
    if aim := one.aim:
        amount = weight(aim.value, facts.units) if aim.measure == "kg" else plain(aim.value)
        return say(language, f"told_aim_{aim.measure}", label=catalogued(aim.exercise, language), amount=amount)
    return say(
        language, "told_equipment", items=listed([_named("item", v, facts) for v in one.value.split("+")], facts)
    )


def part_name(part: str, facts: Facts) -> str:
    """A part of the body in the user's language."""
    return _named("part", part, facts)


def _named(table: str, value: str, facts: Facts) -> str:
    return sentences(facts.language).get(f"told_{table}_{value}", value)


def listed(names: Sequence[str], facts: Facts) -> str:
    """Names as a sentence holds them: "squat, push-up and plank"."""
    if len(names) < 2:
        return "".join(names)
    joiner = say(facts.language, "told_and")
    last = f" {joiner} " if facts.language == "en" else f"{joiner} "
    return f"{', '.join(names[:-1])}{last}{names[-1]}"


def set_label(name: str | None, language: Language) -> str:
    """How an exercise is called within a sentence; None for one that was not recognised."""
    return say(language, "unnamed_exercise") if name is None else in_a_sentence(name)


def catalogued(slug: str, language: Language) -> str:
    """How the catalogue calls an exercise within a sentence; its slug in words where it has none."""
    entry = find(slug)
    return in_a_sentence(entry.names[language]) if entry else slug.replace("_", " ")


def in_a_sentence(name: str) -> str:
    """An exercise's name as it stands within a sentence: "Squat" becomes "squat", "Romanian deadlift" stays."""
    return name if name.split(" ")[0] in PROPER else name[:1].lower() + name[1:]


def capital(label: str) -> str:
    """A label as it begins a sentence."""
    return label[:1].upper() + label[1:]
