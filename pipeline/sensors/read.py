"""Read files into a `MotionLog`: open them, recognise the app by content, parse, clean, and combine the sensors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.errors import AnalysisError, EmptyFile, FewAxes, NoRows, NotALog, OtherFormat, OtherSensorsOnly, SetDiary
from pipeline.sensors import jsons
from pipeline.sensors.apps import READERS
from pipeline.sensors.cell_units import without_units
from pipeline.sensors.channels import ACCELERATIONS, Channel, Quantity
from pipeline.sensors.columns import ColumnChoice
from pipeline.sensors.compose import compose
from pipeline.sensors.context import Context, context
from pipeline.sensors.diary import is_diary
from pipeline.sensors.files import Member, members
from pipeline.sensors.fit import fit_activity
from pipeline.sensors.fit_motion import fit_channels
from pipeline.sensors.holds import Held, held_by, listed
from pipeline.sensors.layout import table
from pipeline.sensors.limits import Budget
from pipeline.sensors.merge import tell_alike
from pipeline.sensors.printed import printed
from pipeline.sensors.split_decimals import with_points
from pipeline.sensors.table import Table
from pipeline.sensors.text import text_of
from pipeline.sensors.thousands import without_thousands
from pipeline.sensors.tidy import tidy
from pipeline.sensors.tracks import xml_activity
from pipeline.values import Caveat, Doubt, MotionLog

HEAD_CHARS = 400  # enough of a text to see the names of its columns
SPEAKS = re.compile(r"acc|beschl|g.?force|magnitude|^a[xyz]$")  # of acceleration


@dataclass(frozen=True, slots=True)
class Text:
    """A text file and the folder it lay in: the files of one recording share it."""

    name: str
    folder: str
    text: str


def read_log(
    paths: Sequence[Path], *, names: Sequence[str] | None = None, columns: ColumnChoice | None = None
) -> MotionLog:
    """The motion that the files of one recording hold, cleaned, in m/s² and rad/s, from time 0 on.

    paths: files, folders or archives. names: what the user called them, where the paths do not say. columns: the answer
    to an earlier ColumnsUnsure. Raises UnreadableLog, NoMotion, LogTooLarge, LogTooLong, EmptyFile.
    """
    choice = columns or ColumnChoice()
    opened = members(paths, names if names is not None else [path.name for path in paths], Budget())
    texts = [text for member in opened if (text := _text(member))]
    recordings = [_channels(group, choice) for group in _by_recording(texts)]
    recordings += [list(fit_channels(member.data)) for member in opened if member.kind == "fit"]
    moving = _each_once([channels for channels in recordings if _moves(channels)])
    if not moving:
        raise _nothing(opened, texts, [channel for channels in recordings for channel in channels])
    log = compose(max(moving, key=_size), choice)
    others = len(moving) - 1
    return replace(log, caveats=(*log.caveats, Caveat(Doubt.SEVERAL_RECORDINGS, {"count": others}))) if others else log


def _text(member: Member) -> Text | None:
    found = text_of(member.data) if member.kind == "text" else None
    if found is None:
        return None
    folder = str(PurePosixPath(member.name).parent)
    return Text(member.name, "" if folder == "." else folder.removesuffix("/meta").removesuffix("meta"), found)


def _by_recording(texts: Iterable[Text]) -> list[list[Text]]:
    """The files of each folder: apps put one recording into one folder."""
    groups: dict[str, list[Text]] = {}
    for text in texts:
        groups.setdefault(text.folder, []).append(text)
    return list(groups.values())


def _channels(texts: Sequence[Text], choice: ColumnChoice) -> list[Channel]:
    """Every motion sensor of one recording."""
    known = context((text.text for text in texts), choice)
    return [channel for text in texts for found in _tables(text) for channel in _read(found, known)]


def _tables(text: Text) -> list[Table]:
    start = text.text[:HEAD_CHARS].lstrip()
    if re.match(r"\[\s*[{\[]|\{", start):
        return jsons.tables(text.name, text.text)
    if start.startswith("<"):
        return []
    bare = without_units(without_thousands(with_points(text.text)))
    undressed = printed(text.name, bare) or tidy(text.name, bare)
    if undressed:
        return undressed
    found = table(text.name, bare)
    return [found] if found else []


def _read(table: Table, known: Context) -> tuple[Channel, ...]:
    return next(reader for reader in READERS if reader.claims(table)).channels(table, known)


def _moves(channels: Sequence[Channel]) -> bool:
    return any(channel.quantity in (*ACCELERATIONS, Quantity.UNKNOWN) for channel in channels)


def _each_once(recordings: Iterable[list[Channel]]) -> list[list[Channel]]:
    """Recordings that contain the same rows, wholly or in part, as one, whatever their names."""
    found: list[list[Channel]] = []
    for recording in recordings:
        alike = [other for other in found if tell_alike(other, recording)]
        others = [other for other in found if not any(other is one for one in alike)]
        found = [*others, [channel for one in (*alike, recording) for channel in one]]
    return found


def _size(channels: Sequence[Channel]) -> int:
    return max(len(channel.times_ns) for channel in channels)


def _nothing(opened: Sequence[Member], texts: Sequence[Text], channels: Sequence[Channel]) -> AnalysisError:
    """The error that says why there is no motion: what is there instead."""
    if not opened:
        return EmptyFile()
    told = [found for member in opened if (found := _activity(member))]
    activities = [found for found in told if not isinstance(found, OtherFormat)]
    if activities:
        return activities[0]
    if any(is_diary(text.text) for text in texts):
        return SetDiary()
    heads = [part for text in texts for part in (text.name, text.text[:HEAD_CHARS])]
    held = held_by(*heads) | {Held(channel.quantity.value) for channel in channels}
    if held:
        return OtherSensorsOnly(holds=listed(held))
    if told:  # a page, or another document of XML, beside nothing that is known
        return told[0]
    formats = [member.kind for member in opened if member.kind not in ("text", "binary")]
    if formats:
        return OtherFormat(format=formats[0])
    if any(_of_few_axes(text.text) for text in texts):
        return FewAxes()
    return NoRows() if any(re.match(r"[^\n,;\t]+([,;\t][^\n,;\t]+){2}", text.text) for text in texts) else NotALog()


def _of_few_axes(text: str) -> bool:
    """Whether a header mentions acceleration with numbers under it."""
    head, _, rest = text.lstrip().partition("\n")
    cells = re.split("[,;\t]", head[:HEAD_CHARS].replace('"', ""))
    return len(re.findall(r"\d+", rest[:HEAD_CHARS])) > 1 and any(SPEAKS.search(cell.lower()) for cell in cells)


def _activity(member: Member) -> AnalysisError | None:
    if member.kind == "fit":
        return fit_activity(member.data)
    xml = member.kind == "text" and member.data[:HEAD_CHARS].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<")
    return xml_activity(member.data) if xml else None
