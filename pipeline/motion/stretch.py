"""One run of repetitions and a little around it, prepared for comparing readings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.values import Array


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """shape (T, 3): the movement in which repetitions are compared, 1 on average; again (T,): its autocorrelation;
    effort (T + 1,): cumulative path length, 1 at the end; busy (T + 1,): cumulative probability of being within a set;
    inside: first and last frame of the run.
    """

    shape: Array
    again: Array
    effort: Array
    busy: Array
    inside: tuple[float, float]


def stretch_of(shape: Array, busy: Array, inside: tuple[float, float]) -> Stretch:
    """The stretch whose movement is `shape` (T, D) in any unit; busy (T,) 0..1; inside: its first and last frame."""
    scaled = shape / (np.sqrt((shape**2).sum(axis=1).mean()) + 1e-9)
    speed = np.linalg.norm(np.diff(scaled, axis=0, prepend=scaled[:1]), axis=1)
    frames = np.arange(len(speed))
    speed = speed * ((frames >= inside[0]) & (frames <= inside[1]))
    effort, chances = (np.concatenate([[0], np.cumsum(values)]) for values in (speed, busy))
    return Stretch(scaled, _again(scaled), effort / (speed.sum() + 1e-9), chances, inside)


def _again(shape: Array) -> Array:
    """(T,) autocorrelation of (T, 3), each lag against the power of what it compares."""
    frames, centred = len(shape), shape - shape.mean(axis=0)
    spectrum = (np.abs(np.fft.rfft(centred, 2 * frames, axis=0)) ** 2).sum(axis=1)
    power = np.concatenate([[0], np.cumsum((centred**2).sum(axis=1))])
    lags = np.arange(frames)
    compared = (power[frames - lags] + power[frames] - power[lags]) / 2 + 0.05 * power[frames]
    return np.asarray(np.fft.irfft(spectrum, 2 * frames)[:frames] / (compared + 1e-9))
