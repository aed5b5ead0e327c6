"""Features of a reading's ends: what it takes of the set, what it leaves, and whether the network agrees."""

from __future__ import annotations

import numpy as np

from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.reading_batch import Columns, ReadingBatch
from pipeline.reps.batch import medians


def ends(batch: ReadingBatch) -> Columns:
    """How far the first and the last repetition are from the ends of the set, and how unlike the others."""
    shape, stretch = batch.stretch.shape, batch.stretch
    points = shape[batch.cycles]
    far = medians(np.linalg.norm(points[:, :, 1] - points[:, :, 0], axis=2), batch.known)
    closing = medians(np.linalg.norm(points[:, :, 2] - points[:, :, 0], axis=2), batch.known)
    usual = batch.usual_s * FRAME_HZ + 1e-9
    first, last = batch.cycles[:, 0, 0], batch.last_cycle[:, 2]
    effort = np.maximum((stretch.effort[last + 1] - stretch.effort[first]) / batch.reps, 1e-3)
    size = medians(batch.sizes, batch.known) + 1e-9
    rows = np.arange(len(batch.reps))
    ends = np.stack([batch.lengths_s[:, 0], batch.lengths_s[rows, batch.reps - 1]])
    return {
        "closing": np.minimum(closing / (far + 0.05), 1.5),
        "far": np.log(np.clip(far, 0.05, 3)),
        "first": np.clip((first - stretch.inside[0]) / usual, 0, 3),
        "last": np.clip((stretch.inside[1] - last) / usual, 0, 3),
        "early": np.clip((stretch.inside[0] - first) / usual, 0, 1.5),
        "late": np.clip((last - stretch.inside[1]) / usual, 0, 1.5),
        "before": np.clip(stretch.effort[first] / effort, 0, 3),
        "after": np.clip((1 - stretch.effort[last + 1]) / effort, 0, 3),
        "odd_ends": np.minimum(np.abs(np.log(np.maximum(ends, 0.08) / batch.usual_s)).max(axis=0), 1.5),
        "odd_end_size": np.minimum(np.minimum(batch.sizes[:, 0], batch.sizes[rows, batch.reps - 1]) / size, 1.3),
    }


def business(batch: ReadingBatch) -> Columns:
    """Whether the network sees a set going on within each repetition, and how much of it is left outside."""
    busy, rows = batch.stretch.busy, np.arange(len(batch.reps))
    lengths = np.maximum(batch.cycles[:, :, 2] - batch.cycles[:, :, 0], 1)
    within = busy[batch.cycles[:, :, 2]] - busy[batch.cycles[:, :, 0]]
    idle = 1 - within / lengths
    left = busy[-1] - (within * batch.known).sum(axis=1)
    return {
        "idle_first": idle[:, 0],
        "idle_last": idle[rows, batch.reps - 1],
        "idlest": np.where(batch.known, idle, 0).max(axis=1),
        "busy_left": np.clip(left / (batch.usual_s * FRAME_HZ + 1e-9), 0, 3),
    }
