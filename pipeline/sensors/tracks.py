"""TCX, GPX and KML: what they are of and what they hold, read from the names of their elements.

Nothing is expanded: a document that declares an entity is refused.
"""

from __future__ import annotations

from xml.parsers import expat

from pipeline.errors import ActivityOnly, DamagedLog
from pipeline.sensors.activity import Activity
from pipeline.sensors.holds import Held, sport_called

# Garmin's TrainingCenterDatabase v2 and GPX 1.1 with its extensions
ELEMENTS = {"HeartRateBpm": Held.HEART_RATE, "hr": Held.HEART_RATE, "Position": Held.PLACE, "trkpt": Held.PLACE,
            "DistanceMeters": Held.DISTANCE, "Cadence": Held.CADENCE, "cad": Held.CADENCE, "Watts": Held.POWER,
            "Speed": Held.SPEED, "coordinates": Held.PLACE, "atemp": Held.TEMPERATURE}  # fmt: skip
ROOTS = {"TrainingCenterDatabase": "TCX", "gpx": "GPX", "kml": "KML"}


def xml_activity(data: bytes) -> ActivityOnly | None:
    """What a TCX, GPX or KML file holds; None for other XML. Raises DamagedLog."""
    found = Activity("")
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: _start(found, parser, tag, attributes)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise DamagedLog(format=found.format or "XML") from error
    return found.only() if found.format else None


def _refuse(*_: object) -> None:
    raise DamagedLog(format="XML")


def _start(found: Activity, parser: expat.XMLParserType, tag: str, attributes: dict[str, str]) -> None:
    name = tag.rpartition(":")[2]
    found.format = found.format or ROOTS.get(name, "")
    if name in ELEMENTS:
        found.held.add(ELEMENTS[name])
    if name == "Activity":
        found.sport = sport_called(attributes.get("Sport", ""))
    if name == "TotalTimeSeconds":
        parser.CharacterDataHandler = lambda text: _seconds(found, parser, text)


def _seconds(found: Activity, parser: expat.XMLParserType, text: str) -> None:
    parser.CharacterDataHandler = None
    found.seconds += float(text)
