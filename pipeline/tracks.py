"""Store the track of a set as bytes and read it back, so that it can be counted again without its file.

Poses are stored as half-precision floats: 0.25 px in a 640 px picture and under a millimetre of a body, finer than
MediaPipe's jitter; a minute at 30 Hz takes about 0.6 MB. Sensor logs are stored in single precision, since a hard punch
and the noise of a resting wrist (0.01 m/s²) share a column: a minute at 100 Hz takes about 0.15 MB.
"""

from __future__ import annotations

import io
import json

import numpy as np
from numpy.lib.npyio import NpzFile

from pipeline.values import Caveat, Doubt, MotionLog, PoseTrack

SCHEMA = 1
LOG_SCHEMA = 2


def to_bytes(track: PoseTrack | MotionLog) -> bytes:
    """The track as compressed bytes."""
    return _packed_log(track) if isinstance(track, MotionLog) else _packed_poses(track)


def from_bytes(data: bytes) -> PoseTrack | MotionLog:
    """The track that `to_bytes` wrote. Raises ValueError for another schema."""
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        schema = int(stored["size"][0])
        if schema == LOG_SCHEMA:
            return _log(stored)
        if schema != SCHEMA:
            raise ValueError(f"a track of schema {SCHEMA} or {LOG_SCHEMA} was wanted, got {schema}")
        return _poses(stored)


def _packed_poses(track: PoseTrack) -> bytes:
    buffer = io.BytesIO()
    size = np.array([SCHEMA, track.width_px, track.height_px, track.people])
    np.savez_compressed(
        buffer,
        size=size,
        times_s=track.times_s,
        image_px=track.image_px.astype(np.float16),
        world_m=track.world_m.astype(np.float16),
        visibility=track.visibility.astype(np.float16),
        cuts_s=np.array(track.cuts_s, dtype=np.float64),
        luminance=np.array([] if track.luminance is None else [track.luminance], dtype=np.float64),
    )
    return buffer.getvalue()


def _poses(stored: NpzFile) -> PoseTrack:
    _, width, height, people = (int(value) for value in stored["size"])
    arrays = {name: stored[name] for name in ("times_s", "image_px", "world_m", "visibility")}
    # tracks stored by older versions lack cuts and luminance
    cuts_s, bright = (stored[name].tolist() if name in stored.files else [] for name in ("cuts_s", "luminance"))
    luminance = bright[0] if bright else None
    return PoseTrack(
        **arrays, width_px=width, height_px=height, people=people, cuts_s=tuple(cuts_s), luminance=luminance
    )


def _packed_log(log: MotionLog) -> bytes:
    buffer = io.BytesIO()
    caveats = [{"doubt": caveat.doubt.value, "facts": dict(caveat.facts)} for caveat in log.caveats]
    np.savez_compressed(
        buffer,
        size=np.array([LOG_SCHEMA, log.has_gravity]),
        times_s=log.times_s,
        acceleration_m_s2=log.acceleration_m_s2.astype(np.float32),
        rotation_rad_s=log.rotation_rad_s.astype(np.float32),
        about=np.array(json.dumps({"source": log.source, "caveats": caveats})),
    )
    return buffer.getvalue()


def _log(stored: NpzFile) -> MotionLog:
    about = json.loads(str(stored["about"]))
    arrays = {name: stored[name] for name in ("times_s", "acceleration_m_s2", "rotation_rad_s")}
    caveats = tuple(Caveat(Doubt(caveat["doubt"]), caveat["facts"]) for caveat in about["caveats"])
    return MotionLog(**arrays, source=about["source"], has_gravity=bool(stored["size"][1]), caveats=caveats)
