"""The joint angles that photos of a pose have in common, written into the pose's own file.

Angles are those drawn in the picture, so the spread holds the cameras' differences as well as people's. A pose and its
mirror image are one pose: each photo is turned the way that lies nearer to the others before medians are taken.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from pipeline.catalogue.pose import FEWEST_PHOTOS
from pipeline.catalogue.pose import JOINTS as REFERENCE_JOINTS
from pipeline.kinematics import JOINTS, angle_deg
from pipeline.learn.poses.photos import Photos
from pipeline.values import Array

ROUNDS: Final = 6  # of turning photos and taking medians again; none turns after three or four
MIDDLE_SHARES: Final = (1 / 6, 5 / 6)  # what lies between is two thirds
HEADING: Final = "[reference]"


def reference_angles(angles_deg: Array) -> tuple[Array, Array]:
    """Medians and spreads (J, 2 sides) of a pose's photos, angles_deg (N, J, 2), NaN where not seen."""
    turned = angles_deg
    for _ in range(ROUNDS):
        middle = np.nanmedian(turned, axis=0)
        mirrored = turned[:, :, ::-1]
        nearer = _apart(mirrored, middle) < _apart(turned, middle)
        turned = np.where(nearer[:, None, None], mirrored, turned)
    low, high = np.nanquantile(turned, MIDDLE_SHARES, axis=0)
    return np.nanmedian(turned, axis=0), (high - low) / 2


def photo_angles_deg(photos: Photos) -> Array:
    """(N, J, 2) angles of the joints as drawn; NaN where a landmark is not known, guessed, or read out of a cluster:
    seen from the side, another landmark was often taken for the far knee."""
    seen = np.where(photos.exact_33[..., None], photos.image_px, np.nan)
    return np.stack(
        [np.stack([angle_deg(seen, side) for side in JOINTS[joint]], axis=1) for joint in REFERENCE_JOINTS], axis=1
    )


def write_references(photos: Photos, folder: Path) -> int:
    """Each pose's file in the folder ends with its reference angles; how many were written."""
    angles, written = photo_angles_deg(photos), 0
    for number, name in enumerate(photos.names):
        path = folder / f"{name}.toml"
        described = path.read_text(encoding="utf-8").split(f"\n{HEADING}")[0].rstrip() + "\n"
        table = _table(angles[photos.answer == number])
        path.write_text(described + table, encoding="utf-8")
        written += bool(table)
    return written


def _apart(angles_deg: Array, middle_deg: Array) -> Array:
    """(N,) how far photos lie from the middle, joints that differ much counting no more than those that differ some."""
    return np.asarray(np.nanmean(np.minimum(np.abs(angles_deg - middle_deg), 60), axis=(1, 2)))


def _table(angles_deg: Array) -> str:
    """The reference of a pose's photos, (N, J, 2), as TOML; empty where no joint was measured often enough."""
    sides = zip(*reference_angles(angles_deg), strict=True)
    lines = [
        f"{joint} = [{', '.join(f'[{m:.0f}, {max(s, 1):.0f}]' for m, s in zip(*found, strict=True))}]"
        for number, (joint, both) in enumerate(zip(REFERENCE_JOINTS, sides, strict=True))
        if (found := _measured(angles_deg[:, number], both)) is not None
    ]
    head = f"\n{HEADING} # median and half of the middle two thirds, degrees in the picture, one side and the other\n"
    return head + f"photos = {len(angles_deg)}\n" + "\n".join(lines) + "\n" if lines else ""


def _measured(angles_deg: Array, sides: tuple[Array, Array]) -> tuple[Array, Array] | None:
    """Medians and spreads of a joint's sides; of both together where one was seldom measured; None where both were."""
    seen = np.isfinite(angles_deg)
    if seen.sum(axis=0).min() >= FEWEST_PHOTOS:
        return sides
    if seen.sum() < FEWEST_PHOTOS:
        return None
    low, middle, high = np.nanquantile(angles_deg, (MIDDLE_SHARES[0], 0.5, MIDDLE_SHARES[1]))
    return np.full(2, middle), np.full(2, (high - low) / 2)
