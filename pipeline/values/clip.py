"""What a video container says of its clip."""

from dataclasses import dataclass

from pipeline.values.checks import require


@dataclass(frozen=True, slots=True)
class Clip:
    """What a container says of its clip before any picture is decoded: name (without folder), length, rate, upright
    size.

    key_frames_s: times that the decoder can seek to, after the first frame; empty where the container lists none.
    """

    name: str
    duration_s: float
    frame_rate_hz: float
    width_px: int
    height_px: int
    key_frames_s: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        require(self.width_px > 0 and self.height_px > 0, f"a clip has a size, got {self.width_px}x{self.height_px}")
        require(self.duration_s >= 0, f"duration_s must not be negative, got {self.duration_s}")
