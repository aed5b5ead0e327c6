"""The network of whole sets: which exercise a set shows, all of it looked at together.

Random convolutions, the share of time that each is above a threshold and by how much, and a linear score (MiniRocket,
Dempster 2021, doi 10.1145/3447548.3467231; MultiRocket, Tan 2022, doi 10.1007/s10618-022-00844-1). Scores along the
sensor's own axes are computed for all signs of the axes, one of which is how the people trained on wore it. There are
two such networks, for sets with gravity and for sets whose gravity an app removed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np

from pipeline.motion.set_channels import SIGNINGS, SetChannels, feels_gravity, set_channels
from pipeline.recognize.network import open_session
from pipeline.values import Array

CORES: Final = 2  # of the machines this runs on: sets are scored in parallel


@dataclass(frozen=True, slots=True)
class SetRules:
    """How scores (1 for the right class, 0 for others) become log probabilities; chosen on people of the second and
    third fold.

    sharpness: factor of a score. as_recorded: how much likelier the signs as recorded are than others, as a logarithm.
    free_share: weight of the scores along rotation-free axes against those along the sensor's own. unfamiliar: scores
    below it carry next to no information.
    """

    sharpness: float = 18.0
    as_recorded: float = 2.0
    free_share: float = 1.0
    unfamiliar: float = 0.4


RULES: Final = SetRules()


@dataclass(frozen=True, slots=True, eq=False)
class SetNetwork:
    """classes (K,): its answers, exercises only. gravity: whether it is for sets with gravity."""

    classes: tuple[str, ...]
    session: Any
    gravity: bool = True

    def scores(self, channels: SetChannels) -> tuple[Array, Array]:
        """(8, K) along the sensor's own axes, a row for each choice of signs, and (1, K) along rotation-free axes."""
        given = {
            "own": channels.own,
            "own_stretched": channels.own_stretched,
            "free": channels.free,
            "free_stretched": channels.free_stretched,
        }
        own, free = self.session.run(["own_scores", "free_scores"], given)
        return np.asarray(own, dtype=np.float64), np.asarray(free, dtype=np.float64)

    def log_evidence(self, acceleration_m_s2: Array) -> Array | None:
        """(K,) the evidence of a set (T, 3) at RATE_HZ for each class.

        None where the set is too short, or has no gravity and the network is for sets with gravity.
        """
        return self.log_evidences([acceleration_m_s2])[0]

    def log_evidences(self, sets: Sequence[Array]) -> list[Array | None]:
        """The `log_evidence` of each set of one log; nobody turns a worn sensor over during a workout, so the sets
        share what they say about the signs.
        """
        with ThreadPoolExecutor(CORES) as threads:  # the network releases the interpreter's lock
            scored = list(threads.map(self._scored, sets))
        worn = [np.zeros(len(SIGNINGS)) if one is None else signing_logs(one[0]) for one in scored]
        every = np.sum(worn, axis=0)
        return [None if one is None else evidence(*one, every - own) for one, own in zip(scored, worn, strict=True)]

    def _scored(self, acceleration_m_s2: Array) -> tuple[Array, Array] | None:
        if self.gravity and not feels_gravity(acceleration_m_s2):
            return None
        channels = set_channels(acceleration_m_s2)
        return None if channels is None else self.scores(channels)


def signing_logs(own: Array) -> Array:
    """(8,) log probability of each choice of signs by one set's scores (8, K), relative to all being equal."""
    likely = np.logaddexp(np.logaddexp.reduce(RULES.sharpness * own, axis=1), RULES.sharpness * RULES.unfamiliar)
    return np.asarray(likely - np.logaddexp.reduce(likely) + np.log(len(likely)))


def evidence(own: Array, free: Array, worn: Array | None = None) -> Array:
    """(K,) log evidence of both kinds of scores, with any choice of signs possible.

    worn (8,): what else is known of the signs, log probabilities relative to all being equal.
    """
    signed = RULES.sharpness * own if worn is None else RULES.sharpness * own + worn[:, None]
    signed[0] += RULES.as_recorded
    least = RULES.sharpness * RULES.unfamiliar
    any_signing = np.logaddexp(np.logaddexp.reduce(signed, axis=0), least)
    return np.asarray(any_signing + RULES.free_share * np.logaddexp(RULES.sharpness * free[0], least))


def with_evidence(
    pooled: Array, names: Sequence[str], classes: Sequence[str], evidence_logs: Array, *, alone: bool = False
) -> Array:
    """(C,) log probabilities of the answers `names`, with the evidence of the whole set for `classes` (some of the
    names).

    It is added to what the set's windows say of these classes, or replaces it (`alone`). The sum over these classes
    stays: windows tell a set from rest.
    """
    rows = [names.index(name) for name in classes]
    joined = evidence_logs if alone else pooled[rows] + evidence_logs
    changed = pooled.copy()
    changed[rows] = joined - np.logaddexp.reduce(joined) + np.logaddexp.reduce(pooled[rows])
    return changed


@cache
def set_network(*, gravity: bool = True) -> SetNetwork:
    """The shipped network for sets with gravity or without, loaded once a process."""
    name = "motion_sets.onnx" if gravity else "motion_sets_bare.onnx"
    return open_set_network((resources.files("pipeline.weights") / name).read_bytes())


def open_set_network(model: bytes) -> SetNetwork:
    """The network in an ONNX file's bytes."""
    session = open_session(model)
    said = session.get_modelmeta().custom_metadata_map
    return SetNetwork(tuple(json.loads(said["classes"])), session, json.loads(said.get("gravity", "true")))
