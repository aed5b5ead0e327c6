"""Convert a decoded picture to what the pose network reads: small, upright, 8-bit RGB."""

from __future__ import annotations

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import VideoReformatter

from pipeline.video.tone import eight_bit_table

Pixels = npt.NDArray[np.uint8]

HDR_TRANSFERS = {16: "pq", 18: "hlg"}  # ITU-T H.273, table 3


class Converter:
    """Converts decoded pictures to small upright 8-bit RGB; what depends on the stream alone is computed once."""

    def __init__(self, first: av.VideoFrame, longest_side_px: int) -> None:
        shrink = min(1.0, longest_side_px / max(first.width, first.height))
        self.width_px, self.height_px = (max(2, round(side * shrink / 2) * 2) for side in (first.width, first.height))
        self.quarter_turns = round(first.rotation / 90) % 4  # counter-clockwise, as numpy.rot90 counts
        transfer = HDR_TRANSFERS.get(int(first.color_trc or 0))
        self.table = eight_bit_table(transfer) if transfer else None
        self._shrinking, self._colouring = VideoReformatter(), VideoReformatter()  # two, since each caches its tables

    def __call__(self, picture: av.VideoFrame) -> Pixels:
        if self.table is None:
            # shrinking first and converting colours second takes a quarter of the time of both at once
            stored = self._shrinking.reformat(picture, self.width_px, self.height_px, "yuv420p", interpolation="AREA")
            shown = self._colouring.reformat(stored, format="rgb24", interpolation="POINT").to_ndarray()
        else:
            size = self.width_px, self.height_px
            shown = self.table[self._shrinking.reformat(picture, *size, "rgb48le", interpolation="AREA").to_ndarray()]
        return np.ascontiguousarray(np.rot90(shown, self.quarter_turns), dtype=np.uint8)
