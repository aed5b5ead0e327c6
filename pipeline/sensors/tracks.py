"""TCX, GPX and KML: sport and kinds of measurements, read from the names of their elements.

Nothing is expanded: a document that declares an entity is refused.
"""

from __future__ import annotations

import re
from datetime import datetime
from xml.parsers import expat

from pipeline.errors import AnalysisError, DamagedLog, NoMotion, OtherFormat
from pipeline.sensors.activity import Activity
from pipeline.sensors.holds import Held, Sport, held_by, sport_called

# Garmin's TrainingCenterDatabase v2, GPX 1.1 with its extensions, KML 2.3, Apple's export
ELEMENTS = {"HeartRateBpm": Held.HEART_RATE, "hr": Held.HEART_RATE, "Position": Held.PLACE, "trkpt": Held.PLACE,
            "DistanceMeters": Held.DISTANCE, "Cadence": Held.CADENCE, "cad": Held.CADENCE, "Watts": Held.POWER,
            "Speed": Held.SPEED, "coordinates": Held.PLACE, "atemp": Held.TEMPERATURE}  # fmt: skip
ROOTS = {"TrainingCenterDatabase": "TCX", "gpx": "GPX", "kml": "KML", "HealthData": "Apple Health"}
TIMES = ("Time", "time", "when")
BLANKS = b"\xef\xbb\xbf \t\r\n"
READ_BYTES = 16_000_000  # half a second of elements; a day's track has 10 MB
ROOT = re.compile(rb"<([A-Za-z][\w:.-]*)")


def xml_activity(data: bytes) -> AnalysisError:
    """What a TCX, GPX or KML file contains; another kind of XML is called by its name."""
    root = ROOT.search(data[:READ_BYTES])
    name = root.group(1).decode().rpartition(":")[2] if root else ""
    if name not in ROOTS:
        return OtherFormat(format="HTML" if name.lower() == "html" else "XML")
    found = _Elements(Activity(ROOTS[name]))
    try:
        found.read(data.lstrip(BLANKS))  # Strava writes blanks before what an XML file must begin with
    except (expat.ExpatError, ValueError, LookupError):  # the last for an encoding that nobody knows
        return DamagedLog(format=ROOTS[name])
    except DamagedLog as error:
        return error
    return found.told()


class _Elements:
    """Listens to the elements of one document."""

    def __init__(self, activity: Activity) -> None:
        self.activity, self.text = activity, ""
        self.first, self.last = "", ""

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._hear
        parser.Parse(data[:READ_BYTES], len(data) <= READ_BYTES)

    def told(self) -> NoMotion:
        if not self.activity.seconds and self.first:
            times = [datetime.fromisoformat(text) for text in (self.first, self.last)]
            self.activity.seconds = max(0.0, (times[1] - times[0]).total_seconds())
        return self.activity.only()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name, self.text = tag.rpartition(":")[2], ""
        if name in ELEMENTS:
            self.activity.held.add(ELEMENTS[name])
        if name == "Activity":
            self.activity.sport = sport_called(attributes.get("Sport", ""))
        if name == "Record":
            self.activity.held |= held_by(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", attributes.get("type", "")))

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "type" and self.activity.sport is Sport.OTHER:  # of a GPX track
            self.activity.sport = sport_called(self.text)
        if name == "TotalTimeSeconds":
            self.activity.seconds += float(self.text)
        if name in TIMES and re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", self.text.strip()
        ):
            self.first, self.last = self.first or self.text.strip(), self.text.strip()

    def _hear(self, text: str) -> None:
        self.text = (self.text + text)[:100]


def _refuse(*_: object) -> None:
    raise DamagedLog(format="XML")
