"""Use what the same person named earlier: such a set is expected again, and a family's member is called as before.

A person trains a dozen exercises, not sixty. `weights/recognizer.md` says what expecting them buys.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

import numpy as np

from pipeline.recognize.decide import Answers, family_of, prior
from pipeline.values import UNKNOWN, Array, Recognition

AGREEING: Final = 3  # the latest names of a family must agree: whoever does both kinds is asked. Our choice
# shares of a person's sets expected to be of a family that they named earlier: each, and all together. Low on purpose:
# with 0.4 in all, exercises never named before would be named 4 to 5 points less often (weights/recognizer.md)
EACH_SHARE: Final = 0.05
NAMED_SHARE: Final = 0.2


def expecting_named(answers: Answers, told: Sequence[str]) -> Answers:
    """The answers to a set of somebody who gave these names to earlier ones.

    The shares of a family's members stay as the movement has them.
    """
    families = [family_of(name) for name in answers.names]
    expected = times_expected(families, np.exp(prior(answers.names)), {family_of(name) for name in told})
    if expected is None:
        return answers
    likely = answers.probabilities * expected
    return Answers(answers.names, likely / likely.sum())


def times_expected(kinds: Sequence[str], common: Array, told: AbstractSet[str]) -> Array | None:
    """(K,) how many times as likely as without `told` each name is before anything is seen of it (Bayes' rule); None
    where nothing of `told` is among the kinds.

    kinds: of each of K names the family that it counts to. common (K,): how common each is in itself. Of each kind in
    `told` EACH_SHARE of the sets are expected, of all together at most NAMED_SHARE; the others of any kind, as common
    as it is.
    """
    named = told & set(kinds) - {UNKNOWN}
    if not named:
        return None
    shares = common / common.sum()
    usual = {kind: sum(share for own, share in zip(kinds, shares, strict=True) if own == kind) for kind in named}
    each = min(EACH_SHARE, NAMED_SHARE / len(named))
    rest = 1 - each * len(named)
    return np.array([rest + (each / usual[kind] if kind in named else 0.0) for kind in kinds])


def with_earlier_name(recognition: Recognition, told: Sequence[str]) -> Recognition:
    """The recognition; where only the family is sure (`coarse`), with the member that the person named lately
    (`as_before`).

    told: the names that the person gave to earlier sets, newest first. A name is not taken where the movement makes it
    so unlikely that it is not among the alternatives.
    """
    if not recognition.coarse:
        return recognition
    family = family_of(recognition.name)
    latest = [name for name in told if family_of(name) == family][:AGREEING]
    likely = (recognition.name, *(candidate.name for candidate in recognition.alternatives))
    if len(set(latest)) != 1 or latest[0] not in likely:
        return recognition
    others = tuple(candidate for candidate in recognition.alternatives if candidate.name != latest[0])
    return replace(recognition, name=latest[0], alternatives=others, coarse=False, as_before=True)
