"""Why no report is possible. Each error carries facts; the words a user reads are in `bot/replies.py`.

    AnalysisError
    ├── UnreadableMedia          the bytes are not a clip that can be decoded
    │   ├── EmptyFile            zero bytes
    │   ├── NotAVideo            no container that the decoder knows
    │   ├── NoVideoStream        sound only
    │   └── NoFrames             a container whose pictures cannot be decoded
    ├── BeyondLimits
    │   ├── TooLong              duration_s > limit_s
    │   └── TooLarge             size_bytes > limit_bytes, or a picture with more pixels than are decoded
    ├── NobodyInView             no frame shows a person well enough
    ├── UnknownExercise          a name that the catalogue does not hold
    └── AssetError
        ├── AssetMissing         a model file is not on this machine yet
        └── AssetCorrupt         a model file whose sha256 is not the one written down

Doubt about a report that *is* possible is not an error: see `values.Caveat`.
"""

from __future__ import annotations


class AnalysisError(Exception):
    """No report is possible. `facts` are the numbers and names a sentence about it needs."""

    def __init__(self, **facts: float | str) -> None:
        super().__init__(", ".join(f"{key}={value}" for key, value in facts.items()))
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:  # keyword arguments survive the trip from a worker process
        return _rebuild, (type(self), self.facts)


def _rebuild(kind: type[AnalysisError], facts: dict[str, float | str]) -> AnalysisError:
    return kind(**facts)


class UnreadableMedia(AnalysisError):
    """The bytes are not a clip that can be decoded."""


class EmptyFile(UnreadableMedia):
    """The file has no bytes."""


class NotAVideo(UnreadableMedia):
    """No container that the decoder knows."""


class NoVideoStream(UnreadableMedia):
    """There is sound but no picture."""


class NoFrames(UnreadableMedia):
    """There is a picture stream, but not one picture could be decoded."""


class BeyondLimits(AnalysisError):
    """More than is analysed."""


class TooLong(BeyondLimits):
    """Facts: duration_s, limit_s."""


class TooLarge(BeyondLimits):
    """Facts: size_bytes and limit_bytes, or pixels and limit_pixels."""


class NobodyInView(AnalysisError):
    """No frame shows a person well enough. Facts: seen_share."""


class UnknownExercise(AnalysisError):
    """Facts: name."""


class AssetError(AnalysisError):
    """A model file cannot be used."""


class AssetMissing(AssetError):
    """Facts: name."""


class AssetCorrupt(AssetError):
    """Facts: name, expected_sha256, found_sha256."""
