"""Writes sentences about a set that are false, and knows that they are: what a model that lies would say."""

from __future__ import annotations

import random
from collections.abc import Callable

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.estimates import POUNDS_PER_KG
from bot.coach.hearing.numbered import NUMBER_WORDS, TEENS

WORDS = ("zero", *NUMBER_WORDS, *TEENS[:6])
Lie = Callable[[random.Random, SetFacts], str]


def lie(rng: random.Random, facts: Facts) -> str:
    """One false sentence about the set in question."""
    if facts.this is None:
        raise ValueError("there is nothing to lie about without a set")
    return rng.choice(LIES)(rng, facts.this)


def _wrong(rng: random.Random, *true: float, low: int = 1, high: int = 40) -> int:
    """A whole number that is none of the true ones, nor what one of them rounds to."""
    taken = {round(value + step) for value in true for step in (-0.5, 0, 0.5)}
    return rng.choice([number for number in range(low, high) if number not in taken])


def _count(rng: random.Random, this: SetFacts) -> str:
    wrong = _wrong(rng, this.rep_count, len(this.reps) - this.rep_count, 7, 10)
    written = WORDS[wrong] if wrong < len(WORDS) and rng.random() < 0.4 else str(wrong)
    noun = rng.choice(["reps", "repetitions", "clean reps", "full reps", "more reps than last time"])
    start = rng.choice(["You did", "I counted", "That was", "Great job,", "In total you managed", "You hit"])
    return f"{start} {written} {noun}."


def _phase(rng: random.Random, this: SetFacts) -> str:
    wrong = rng.choice([0.1, 0.9, 3.3, 3.7, 4.4, 5.0, 6.5, 7.1, 12.0])
    unit = rng.choice(["s", " s", " seconds", " sec", "-second"])
    part = rng.choice(["lowering", "lifting", "pause", "eccentric", "concentric", "descent"])
    shape = rng.choice(
        ["Your {part} took {wrong}{unit}.", "You spent {wrong}{unit} on the {part}.", "The {part}: {wrong}{unit}."]
    )
    return shape.format(part=part, wrong=wrong, unit=unit)


def _swapped_phases(rng: random.Random, this: SetFacts) -> str:
    """The right numbers on the wrong phases."""
    beat = this.tempo
    if beat is None or round(beat.eccentric_s, 1) == round(beat.concentric_s, 1):
        return _phase(rng, this)
    down, up = f"{beat.concentric_s:.1f}", f"{beat.eccentric_s:.1f}"
    return rng.choice(
        [
            f"You lowered for {down} s and lifted for {up} s.",
            f"Your tempo was {down}-{beat.pause_s:.1f}-{up}-{beat.rest_s:.1f}.",
            f"It was {down} seconds down, {up} seconds up.",
            f"The lowering took {down} s.",
        ]
    )


def _wrong_unit(rng: random.Random, this: SetFacts) -> str:
    weight = this.weight_kg or 60.0
    return rng.choice(
        [
            f"You lifted {weight:g} lb.",
            f"You used {weight * 2.2046:.0f} kg.",
            f"You did {this.rep_count} sets.",
            f"The set took {this.rep_count} minutes.",
            f"Your depth was {this.rep_count} degrees.",
            f"You improved by {this.rep_count} %.",
            f"You held it for {this.rep_count} seconds.",
        ]
    )


def _weight(rng: random.Random, this: SetFacts) -> str:
    known_kg = (this.weight_kg or 0.0, 57.5, 50, 45, 70, 76)
    wrong = _wrong(rng, *known_kg, *(known * POUNDS_PER_KG for known in known_kg), low=20, high=200)
    shape = rng.choice(
        ["You lifted {} kg.", "Next time use {} kg.", "With {} kilos on the bar you did well.", "You had {} pounds."]
    )
    return shape.format(wrong)


def _past(rng: random.Random, this: SetFacts) -> str:
    wrong = _wrong(rng, 7, 10, this.rep_count, 22, 6)
    return rng.choice(
        [
            f"Last time you did {wrong} reps.",
            f"Last time you did {this.rep_count} reps."
            if this.rep_count not in (7, 10)
            else f"Last time it was {wrong} reps.",
            f"Your best ever is {wrong} reps.",
            f"That is {_wrong(rng, 1, this.rep_count - 7)} more reps than last time.",
            f"{_wrong(rng, 7, 5, 18, 14, 28)} days ago you did the same.",
        ]
    )


def _rep(rng: random.Random, this: SetFacts) -> str:
    number = _wrong(rng, *range(1, len(this.reps) + 1), low=len(this.reps) + 2, high=40)
    return rng.choice(
        [
            f"Rep {number} was the best one.",
            f"Your knees came in on rep {number}.",
            f"Rep {number} took 2.1 s to lower.",
            "Rep 2 took 9.9 s to lower.",
            f"You lost tension on reps {number} and {number + 1}.",
            "Reps 1 and 2 were too shallow.",
            "Rep 1 was the slowest.",
        ]
    )


def _score(rng: random.Random, this: SetFacts) -> str:
    return rng.choice(
        [
            f"I give it {rng.randint(1, 10)}/10.",
            f"Your form score is {rng.randint(11, 99)} %.",
            f"You burned {rng.randint(11, 99)} calories.",
            f"Your heart rate was {rng.randint(90, 180)}.",
            f"You are in the top {rng.randint(2, 30)} percent.",
            f"That was an RPE of {rng.randint(5, 10)}.",
            "You lifted twice as much as before.",
            "You did half of what you did last time.",
            "You added a couple of reps.",
            f"Your 1RM is {rng.choice([61, 90, 100, 120])} kg.",
            f"Do {rng.randint(11, 30)} reps next time.",
            f"Lower for {rng.choice([7, 9, 15, 30])} seconds.",
        ]
    )


def _body(rng: random.Random, this: SetFacts) -> str:
    return rng.choice(
        [
            "Your knees caved in on the way up.",
            "Your back rounded badly.",
            "Your elbows flared too much.",
            "Your heels came off the floor.",
            "Your form was perfect.",
            "That was excellent technique.",
            "Your pace was steady throughout the set.",
            "You set a new record in depth, far deeper than last time.",
        ]
    )


def _pair(rng: random.Random, this: SetFacts) -> str:
    """Two repetitions the wrong way round, or alike although they are not."""
    timed = sorted((rep for rep in this.reps if rep.complete), key=lambda rep: rep.concentric_s)
    quick, slow = timed[0], timed[-1]
    took = f"{slow.concentric_s:.1f} s on rep {quick.number} and {quick.concentric_s:.1f} s on rep {slow.number}"
    return rng.choice(
        [
            f"Rep {quick.number} was slower than rep {slow.number}.",
            f"Rep {quick.number} was slower than rep {slow.number}: lifting took {took}.",
            f"Rep {slow.number} was faster than rep {quick.number}.",
            f"Rep {quick.number} and rep {slow.number} were alike.",
            f"Rep {slow.number} was harder than rep {quick.number}.",
        ]
    )


LIES: tuple[Lie, ...] = (_count, _phase, _swapped_phases, _wrong_unit, _weight, _past, _rep, _pair, _score, _body)


def lying_turn(rng: random.Random, facts: Facts) -> tuple[str, list[str]]:
    """What the model says in one turn, and the lies in it."""
    lies = [lie(rng, facts) for _ in range(rng.randint(1, 4))]
    truths = ["Sink until your hips reach knee height.", "Nice work on this set!", "You did 8 reps."]
    sentences = lies + rng.sample(truths, rng.randint(0, 2))
    rng.shuffle(sentences)
    return " ".join(sentences), lies
