"""One reader for each app: it says whether it knows a table, and which sensors it holds."""

from pipeline.sensors.apps import (
    androsensor,
    delsys,
    empatica,
    generic,
    long_rows,
    metamotion,
    phyphox,
    physics_toolbox,
    power_sense,
    sensor_log,
    sensor_logger,
)
from pipeline.sensors.apps.reader import Reader

# the first that claims a table reads it; the last claims every one
READERS: tuple[Reader, ...] = (
    sensor_logger,
    metamotion,
    sensor_log,
    power_sense,
    androsensor,
    physics_toolbox,
    delsys,
    phyphox,
    empatica,
    long_rows,
    generic,
)

__all__ = ["READERS", "Reader"]
