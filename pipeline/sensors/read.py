"""From files to a `MotionLog`: opened, told by content, read by the app's own reader, cleaned, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import EmptyFile, NoRows, NotALog, OtherFormat, OtherSensorsOnly
from pipeline.sensors.apps import generic, sensor_logger
from pipeline.sensors.channels import Channel
from pipeline.sensors.columns import ColumnChoice
from pipeline.sensors.compose import compose
from pipeline.sensors.files import Member, members, text_of
from pipeline.sensors.limits import Budget
from pipeline.sensors.table import Table, table
from pipeline.values import MotionLog


def read_log(
    paths: Sequence[Path], *, names: Sequence[str] | None = None, columns: ColumnChoice | None = None
) -> MotionLog:
    """The motion that the files of one recording hold, cleaned, in m/s² and rad/s, from time 0 on.

    paths are files, folders or archives; names what the user called them, where the paths do not tell; columns the
    answer to an earlier ColumnsUnsure. Raises UnreadableLog, NoMotion, LogTooLarge, LogTooLong, EmptyFile.
    """
    called = list(names) if names is not None else [path.name for path in paths]
    opened = members(paths, called, Budget())
    if not opened:
        raise EmptyFile()
    choice = columns or ColumnChoice()
    tables = [found for member in opened if member.kind == "text" and (found := _table(member))]
    if not tables:
        raise _no_table(opened)
    channels = [channel for each in tables for channel in _channels(each, choice, {})]
    if not channels:
        raise OtherSensorsOnly(holds="")
    return compose(channels, choice)


def _table(member: Member) -> Table | None:
    text = text_of(member.data)
    return table(member.name, text) if text else None


def _channels(table: Table, choice: ColumnChoice, metadata: Mapping[str, str]) -> tuple[Channel, ...]:
    if sensor_logger.claims(table):
        return sensor_logger.channels(table, metadata)
    return generic.channels(table, choice)


def _no_table(opened: Sequence[Member]) -> Exception:
    formats = [member.kind for member in opened if member.kind not in ("text", "binary")]
    if formats:
        return OtherFormat(format=formats[0])
    return NoRows() if any(member.kind == "text" for member in opened) else NotALog()
