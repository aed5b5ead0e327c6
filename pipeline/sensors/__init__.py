"""Exports of phone and watch apps, read by content and cleaned: from files to a `MotionLog`, without any network.

`read_log` (in `read`) names every stage in order. `clock.resample` puts a log on an even clock for measuring.
"""

from pipeline.sensors.clock import UniformLog, resample
from pipeline.sensors.columns import ColumnChoice
from pipeline.sensors.read import read_log

__all__ = ["ColumnChoice", "UniformLog", "read_log", "resample"]
