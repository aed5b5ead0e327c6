"""Why no report is possible. Each error carries facts; the words a user reads are in `bot/sentences/`.

    AnalysisError
    ├── UnreadableMedia          the bytes are not a clip that can be decoded
    │   ├── EmptyFile            zero bytes
    │   ├── NotAVideo            no container that the decoder knows
    │   ├── NoVideoStream        sound only
    │   ├── NoFrames             a container whose pictures cannot be decoded
    │   ├── NotAPicture          no photo that can be decoded, or a damaged one
    │   ├── NoPictureInside      called a picture, but something else that is not read either
    │   └── NoVideoInside        called a video, but something else that is not read either
    ├── UnreadableLog            the bytes are not a sensor log that can be read
    │   ├── NotALog              neither a table of numbers nor anything else known
    │   ├── OtherFormat          a known kind of file that is not read: a spreadsheet, a database, a picture
    │   ├── DamagedLog           an archive, json or fit file that is cut short or broken
    │   ├── LockedLog            an archive with a password
    │   ├── NoRows               a header without numbers, or an archive without tables
    │   ├── FewAxes              acceleration, but not along three axes
    │   ├── GarbledRows          most rows do not fit the header
    │   ├── TooFewSamples        less than a repetition needs
    │   ├── TooSparse            too few samples a second to see a movement
    │   ├── SeveralRecordings    files sent together that are not parts of one recording
    │   ├── ImpossibleValues     numbers that no accelerometer gives in the unit they are said to have
    │   └── ColumnsUnsure        readable once the user answers a question
    │       ├── AxesUnsure       which columns are the acceleration
    │       ├── RateUnsure       how many samples a second
    │       └── UnitUnsure       in which unit
    ├── NoMotion                 a sound file without acceleration
    │   ├── ActivityOnly         a summary of an activity: so many minutes with heart rate, places, distance
    │   ├── SummaryOnly          the same without times
    │   ├── SetDiary             what sets were done, as an app for diaries exports it
    │   └── OtherSensorsOnly     other sensors of a phone or watch
    ├── BeyondLimits
    │   ├── TooLong              duration_s > limit_s
    │   ├── TooLarge             size_bytes > limit_bytes, or a picture with more pixels than are decoded
    │   ├── PhotoTooLarge        a photo with more pixels than are decoded
    │   ├── LogTooLarge          more bytes or rows than are read
    │   └── LogTooLong           more hours than are read
    ├── NobodyInView             no frame shows a person well enough
    │   └── NobodyInPicture      nor does a photo
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


class UnreadableLog(AnalysisError):
    """The bytes are not a sensor log that can be read."""


class NotALog(UnreadableLog):
    """Neither a table of numbers nor any other kind of file that is known."""


class OtherFormat(UnreadableLog):
    """A known kind of file that is not supported. Facts: format, as people call it."""


class DamagedLog(UnreadableLog):
    """An archive, json or fit file that is cut short or broken. Facts: format."""


class LockedLog(UnreadableLog):
    """An archive with a password."""


class NoRows(UnreadableLog):
    """A header without numbers under it, or an archive without a table."""


class FewAxes(UnreadableLog):
    """Acceleration along fewer than three axes, or its size alone."""


class GarbledRows(UnreadableLog):
    """Most rows do not fit the header. Facts: percent."""


class TooFewSamples(UnreadableLog):
    """Facts: samples, seconds."""


class TooSparse(UnreadableLog):
    """Facts: rate_hz, wanted_hz."""


class ImpossibleValues(UnreadableLog):
    """Facts: found_g, the size of acceleration at rest."""


class SeveralRecordings(UnreadableLog):
    """Files that were given as one recording and are several."""


class ColumnsUnsure(UnreadableLog):
    """Readable once the user has answered. Facts: choices, labels.

    choices are the codes (see `sensors.columns.ColumnChoice`) that come back as the `columns` of `read_log`, separated
    by spaces; labels are the texts of their buttons in the same order, separated by `|`: names of columns, units or
    rates, the same in every language.
    """


class AxesUnsure(ColumnsUnsure):
    """Which columns are the acceleration."""


class RateUnsure(ColumnsUnsure):
    """How many samples a second: the log has no clock, or one whose unit is not clear."""


class UnitUnsure(ColumnsUnsure):
    """In which unit the numbers are."""


class NoMotion(AnalysisError):
    """A readable file without acceleration. Facts: holds, the codes of what it does hold, separated by spaces."""


class ActivityOnly(NoMotion):
    """Facts: format, sport, minutes, holds."""


class SummaryOnly(NoMotion):
    """Facts: format, holds."""


class SetDiary(NoMotion):
    """A diary of sets: exercises, repetitions and weights."""


class OtherSensorsOnly(NoMotion):
    """Facts: holds."""


class NotAPicture(UnreadableMedia):
    """No photo that can be decoded, or a damaged one."""


class NoPictureInside(UnreadableMedia):
    """A file with a picture's name and other, unreadable content. Facts: ending."""


class NoVideoInside(UnreadableMedia):
    """A file with a video's name and other, unreadable content. Facts: ending."""


class BeyondLimits(AnalysisError):
    """More than the limits of the analysis allow."""


class TooLong(BeyondLimits):
    """Facts: duration_s, limit_s."""


class TooLarge(BeyondLimits):
    """Facts: size_bytes and limit_bytes, or pixels and limit_pixels."""


class PhotoTooLarge(BeyondLimits):
    """Facts: megapixels, limit_megapixels."""


class LogTooLarge(BeyondLimits):
    """Facts: limit_mb."""


class LogTooLong(BeyondLimits):
    """Facts: hours, limit_hours."""


class NobodyInView(AnalysisError):
    """No frame shows a person well enough. Facts: seen_share."""


class NobodyInPicture(NobodyInView):
    """A photo does not show a person well enough. Facts: seen_share."""


class UnknownExercise(AnalysisError):
    """Facts: name."""


class AssetError(AnalysisError):
    """A model file cannot be used."""


class AssetMissing(AssetError):
    """Facts: name."""


class AssetCorrupt(AssetError):
    """Facts: name, expected_sha256, found_sha256."""
