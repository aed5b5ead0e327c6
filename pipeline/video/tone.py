"""Tone mapping: HDR video (HLG or PQ) to 8-bit sRGB, as an ordinary screen would show it.

A curve for each channel, not a colour-managed conversion: the pose network needs a picture of ordinary contrast, not
exact colours. Curves: ITU-R BT.2100-2 (HLG inverse OETF, PQ EOTF), then Reinhard's 2002 operator and the sRGB curve.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from pipeline.values import Array

LEVELS = 1 << 16
REFERENCE_WHITE_CD_M2 = 203.0  # BT.2408: HDR reference white, mapped to 8-bit white
HLG_PEAK_CD_M2 = 1000.0
PQ_PEAK_CD_M2 = 10_000.0


@cache
def eight_bit_table(transfer: str) -> npt.NDArray[np.uint8]:
    """(65536,) lookup table from 16-bit code values to 8-bit sRGB; transfer is "hlg" or "pq"."""
    signal = np.arange(LEVELS) / (LEVELS - 1)
    light = _hlg_light(signal) if transfer == "hlg" else _pq_light(signal)
    relative = light / REFERENCE_WHITE_CD_M2
    white = relative[-1]
    shown = relative * (1 + relative / white**2) / (1 + relative)
    table = np.round(255 * _srgb(shown / shown[-1])).astype(np.uint8)
    table.setflags(write=False)
    return table


def _hlg_light(signal: Array) -> Array:
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    return np.asarray(HLG_PEAK_CD_M2 * np.clip(scene, 0, 1) ** 1.2)  # 1.2: system gamma at 1000 cd/m2


def _pq_light(signal: Array) -> Array:
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    root = signal ** (1 / m2)
    return np.asarray(PQ_PEAK_CD_M2 * (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1))


def _srgb(light: Array) -> Array:
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.clip(light, 0, 1) ** (1 / 2.4) - 0.055)
