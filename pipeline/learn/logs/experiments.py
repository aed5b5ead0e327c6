"""Measure the gain of self-supervised pretraining and of made-up windows: smaller networks, people held out, several
seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.learn.class_measures import accuracy
from pipeline.learn.logs.augment import Variety
from pipeline.learn.logs.export import export
from pipeline.learn.logs.figures import UNCALIBRATED
from pipeline.learn.logs.lessons import ANSWERS, ULIFT_EXERCISES, lessons
from pipeline.learn.logs.network import LogNetwork, Recipe
from pipeline.learn.logs.pretrain import pretrain
from pipeline.learn.logs.recordings import REST, LabelledLog, Recording
from pipeline.learn.logs.teaching import Draw, drawn, teach
from pipeline.learn.logs.trials import CHANGES, attempt
from pipeline.learn.logs.vae import VaeRecipe, teach_vae, with_made
from pipeline.motion.network import open_network
from pipeline.values import Array

FEW: Final = 5  # examples a class
AS_WORN: Final = Variety(anyhow=0, half_turns=0, negated=0, slight_deg=0, without_gravity=0, slow=0, noise_m_s2=0)


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of the experiments, chosen so that all take some ten minutes of one core."""

    recipe: Recipe = Recipe(widths=(24, 32, 48, 64), steps=400, batch=96, averaged_over=20)  # noqa: RUF009 - both are frozen
    few_steps: int = 200
    pretrain_steps: int = 400
    vae: VaeRecipe = VaeRecipe(steps=800)  # noqa: RUF009
    made_share: float = 0.25
    seeds: tuple[int, ...] = (1, 2)


def experiments(taught: Sequence[Recording], held: Sequence[LabelledLog], plan: Plan) -> dict[str, dict[str, float]]:
    """Accuracy of held-out people's sets as recorded (15 classes), by start and amount of data, a mean over seeds.

    The self-supervised stage sees the taught people's signals only, without labels.
    """
    few = few_of(taught, np.random.default_rng(0))
    amounts = {"all examples": (taught, plan.recipe.steps), f"{FEW} examples a class": (few, plan.few_steps)}
    rows: dict[str, list[dict[str, float]]] = {amount: [] for amount in amounts}
    for seed in plan.seeds:
        blank = LogNetwork(len(ANSWERS), plan.recipe)
        started = pretrain(drawn(lessons(taught), plan.recipe), blank, plan.recipe, plan.pretrain_steps, seed)
        for amount, (recordings, steps) in amounts.items():
            recipe = replace(plan.recipe, steps=steps)
            rows[amount].append(_ways(recordings, deepcopy(started), held, recipe, plan, seed))
    return {amount: {way: float(np.mean([row[way] for row in of])) for way in of[0]} for amount, of in rows.items()}


def few_of(recordings: Sequence[Recording], rng: np.random.Generator) -> list[Recording]:
    """FEW sets of each exercise and FEW rests, from as many people as can be."""
    kept: list[Recording] = []
    for label in (*ULIFT_EXERCISES, REST):
        of_label = [one for one in recordings if one.label == label and one.data_set == "ulift"]
        firsts = {one.person: one for one in [of_label[index] for index in rng.permutation(len(of_label))]}
        kept += list(firsts.values())[:FEW]
    return kept


def _ways(
    recordings: Sequence[Recording],
    started: LogNetwork,
    held: Sequence[LabelledLog],
    recipe: Recipe,
    plan: Plan,
    seed: int,
) -> dict[str, float]:
    draw = drawn(lessons(recordings), recipe)
    as_worn = drawn(lessons(recordings), replace(recipe, variety=AS_WORN))
    made = with_made(draw, teach_vae(as_worn, len(ANSWERS), plan.vae, seed), plan.made_share, recipe.variety)
    fresh = [LogNetwork(len(ANSWERS), recipe) for _ in range(2)]
    return {
        "from scratch": _right(draw, fresh[0], held, recipe, seed),
        "pretrained": _right(draw, started, held, recipe, seed),
        "from scratch, with made windows": _right(made, fresh[1], held, recipe, seed),
    }


def _right(draw: Draw, network: LogNetwork, held: Sequence[LabelledLog], recipe: Recipe, seed: int) -> float:
    taught = teach(draw, network, recipe, seed)
    opened = open_network(export([taught], UNCALIBRATED, "single"))
    pooled = attempt(opened, held, CHANGES["as recorded"], 0).pooled
    truth = np.array([ULIFT_EXERCISES.index(one.label) for one in held])
    return accuracy(truth, of_ulift(pooled))


def of_ulift(by_answer: Array) -> Array:
    """(M, 15) of (M, C): the exercises of uLift only, as its own papers count."""
    return np.asarray(by_answer[:, [ANSWERS.index(name) for name in ULIFT_EXERCISES]])
