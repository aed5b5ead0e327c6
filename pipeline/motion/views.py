"""One-dimensional views of a stretch of a log, independent of how the sensor was turned or mirrored.

Along the stretch's own main directions, along gravity and across it, as size, as amount of movement, and as distance
from its usual posture; slow and quick. In some of them an exercise swings once a repetition, whichever exercise it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from pipeline.motion.beat_channels import BANDS, EVERY, FRAME_HZ, below
from pipeline.motion.signals import RATE_HZ, Motion, low_passed, principal_direction
from pipeline.values import Array

FAMILIES = ("first", "second", "change", "vertical", "size", "across", "effort", "posture", "template")
_BANDS_HZ = ((0.0, 1.0), (0.0, 3.0), (0.2, 1.2), (0.25, 3.0))  # 0: with the posture
_CHANGE = 4  # frames between two moments whose difference is a change: 0.32 s
_EFFORT_S = (0.2, 0.4)


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """A whole log in its frequency bands, at FRAME_HZ, each (T, 3): what the views of its stretches are made of."""

    bands: tuple[Array, ...]
    gravity: Array
    quick: Array
    posture: Array
    shape: Array


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One view: values (T,), family one of FAMILIES."""

    family: str
    values: Array


def bank_of(motion: Motion) -> Bank:
    """The log's bands."""
    acceleration = low_passed(motion.acceleration, BANDS.fastest, RATE_HZ)[::EVERY]
    gravity = below(acceleration, BANDS.gravity)
    bands = tuple(
        below(acceleration, high_hz) - (below(acceleration, low_hz) if low_hz else 0.0) for low_hz, high_hz in _BANDS_HZ
    )
    return Bank(
        bands,
        gravity,
        acceleration - gravity,
        below(acceleration, BANDS.posture),
        acceleration - below(acceleration, 0.15),
    )


def views_of(bank: Bank, first: int, last: int) -> tuple[View, ...]:
    """Every view of the frames from first up to but without last."""
    part = slice(first, last)
    quick, gravity = bank.quick[part], bank.gravity[part]
    return (
        *(view for band in bank.bands for view in _own(band[part])),
        *_upright(quick, gravity),
        *_efforts(np.linalg.norm(quick, axis=1)),
        *_postures(bank.posture[part]),
    )


def _own(values: Array) -> tuple[View, ...]:
    """Along the two main directions and along that of the changes."""
    centred = values - values.mean(axis=0)
    directions = np.linalg.eigh(centred.T @ centred)[1]
    views = [View("first", centred @ directions[:, 2]), View("second", centred @ directions[:, 1])]
    if len(values) > _CHANGE + 1:
        views.append(View("change", centred @ principal_direction(values[_CHANGE:] - values[:-_CHANGE])))
    return tuple(views)


def _upright(quick: Array, gravity: Array) -> tuple[View, ...]:
    down = gravity / np.maximum(np.linalg.norm(gravity, axis=1, keepdims=True), BANDS.least_gravity)
    vertical = (quick * down).sum(axis=1)
    across = quick - vertical[:, None] * down
    size = np.linalg.norm(quick + gravity, axis=1)
    size = size - below(size, 0.2)
    sideways = View("across", below(across @ principal_direction(across), 3.0))
    named = (("vertical", vertical), ("size", size))
    return (sideways, *(View(name, below(values, hz)) for name, values in named for hz in (1.2, 3.0)))


def _efforts(activity: Array) -> tuple[View, ...]:
    smooth = [View("effort", gaussian_filter1d(activity, width_s * FRAME_HZ)) for width_s in _EFFORT_S]
    return (*smooth, View("effort", np.log1p(gaussian_filter1d(activity, 0.12 * FRAME_HZ))))


def _postures(posture: Array) -> tuple[View, ...]:
    """Distance from the usual posture, and from the one farthest from it."""
    away = np.linalg.norm(posture - np.median(posture, axis=0), axis=1)
    return View("posture", away), View("posture", np.linalg.norm(posture - posture[int(away.argmax())], axis=1))
