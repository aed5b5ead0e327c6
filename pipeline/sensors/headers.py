"""Parse the head of a column: which sensor, which axis, which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.sensors.channels import OF_ACCELERATION, OF_ROTATION, Quantity, Unit

BRACKETS = re.compile(r"[\(\[]([^()\[\]]*)[\)\]]")
DEVICE = re.compile(r"^\s*([^:]+?)\s*:\s*(.+)$")
# first "xGravity", "x_gyro"; then "accelerationX", "gFx", "gravity_x", "X-Axis", "ACCELEROMETER X", "Acc. z", "ax"
LAST = re.compile(
    r"^(?P<stem>.*?)[\s_\-./]*(?P<axis>[xyzXYZ])(?:[\s_\-]*(?:axis|축|軸|轴)|[\s_\-]*value|_CAL|_RAW)?$", re.IGNORECASE
)
FIRST = re.compile(r"^(?P<stem>.*[\s_\-])?(?P<axis>[xyz])(?P<rest>(?:[\s_\-]|(?=[A-Z])).*)$")
# "X축 가속도", "x軸加速度", "X-Beschleunigung"
BEFORE = re.compile(r"^(?P<axis>[xyz])(?:[\s_\-]*[축軸轴][\s_\-]*|[\s_\-]+)(?P<stem>.+)$", re.IGNORECASE)
UNIT_BEHIND = re.compile(r"^(.*?)(?:_in)?_(g|mg|dps|mps2|ms2|rads|(?:rad|deg)_(?:per_)?s|m_s2)$")
TURNS = {"pitch": "x", "roll": "y", "yaw": "z"}  # AndroSensor calls the gyroscope's axes so

SECONDS = {"s": 1_000_000_000, "sec": 1_000_000_000, "secs": 1_000_000_000, "seconds": 1_000_000_000,
           "second": 1_000_000_000, "unix": 1_000_000_000, "с": 1_000_000_000,
           "ms": 1_000_000, "milliseconds": 1_000_000, "millisecond": 1_000_000, "millis": 1_000_000,
           "msec": 1_000_000, "msecs": 1_000_000, "мс": 1_000_000,
           "us": 1000, "µs": 1000, "μs": 1000, "microseconds": 1000, "microsecond": 1000, "micros": 1000,
           "usec": 1000, "usecs": 1000, "ns": 1, "nanoseconds": 1, "nanosecond": 1, "nsec": 1, "nsecs": 1,
           "min": 60_000_000_000, "minutes": 60_000_000_000, "days": 86_400_000_000_000,
           "초": 1_000_000_000, "秒": 1_000_000_000, "밀리초": 1_000_000}  # fmt: skip

WORDS = (
    (
        Quantity.LINEAR,
        re.compile(r"lin|user|usr|without|ohne|no.?grav|body.?acc|dynamic|free.?acc|선형|제외|線形|线性"),
    ),
    (Quantity.GRAVITY, re.compile(r"grav(?!.?force)|schwere|중력|重力")),
    (
        Quantity.ROTATION,
        re.compile(
            r"gyr|g[iy]ros|^giro|jirosk|rot|omega|ang(ular)?.?(vel|rate)|(vel|vit)\w*.ang|winkelgesch|drehrate|^w$|^gy$"
            r"|자이로|각속도|ジャイロ|角速度|陀螺|гиро|углов"
        ),
    ),
    (
        Quantity.OTHER,
        re.compile(
            r"mag|compass|quat|euler|orient|attitude|^b$|^vel|velocity|position|^pos$|displac|beacon|^[qmv]$|자기|磁"
            r"|^e[mce]g|^force"
        ),
    ),
    (
        Quantity.ACCELERATION,
        re.compile(
            r"acc|beschl|g.?force|^gf$|^a$|^ac$|^g$|가속|加速|aceler|ускорен|przysp|versnel|vme$|zrychl|kiiht|gyors"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's head, parsed. axis is "" where it is not an axis."""

    stem: str
    axis: str
    quantity: Quantity
    unit: Unit | None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Triple:
    """Three columns of one sensor, in the order x, y, z."""

    quantity: Quantity
    columns: tuple[int, int, int]
    unit: Unit | None
    stem: str = ""
    device: str = ""


def unit_of(text: str) -> Unit | None:
    """The unit in brackets or at the end of the text; None for one that is not of motion."""
    plain = re.sub(r"[\s·*^]", "", text.lower()).replace("â", "").replace("м/с", "m/s")
    if plain in ("g", "gs", "gforce"):
        return Unit.G
    if plain in ("mg", "milli-g"):
        return Unit.MILLI_G
    if metres := re.fullmatch(r"([cm]?)(m/s(2|²|/s|\?|\ufffd|\x82)|ms-?2|mps2|m/sec2|meters?/s(ec(ond)?)?2)", plain):
        return {"": Unit.M_S2, "c": Unit.CM_S2, "m": Unit.MM_S2}[metres[1]]
    if re.fullmatch(r"(ft|feet|foot)/?s(ec(ond)?)?(-?2|²|/s(ec)?)", plain):
        return Unit.FT_S2
    if re.fullmatch(r"(rad(ian)?s?/s(ec)?|rads-?1|rps|radpers)", plain):
        return Unit.RAD_S
    if re.fullmatch(r"((°|deg(ree)?s?|\ufffd)/s(ec)?|dps|degs-?1|°s-?1)", plain):
        return Unit.DEG_S
    return None


def heading(text: str) -> Heading:
    """The parsed head; axis "" where it does not name one of three."""
    device, name = _device(text.strip())
    bracket = BRACKETS.search(name)
    unit = unit_of(bracket.group(1)) if bracket else None
    foreign = bracket is not None and unit is None and bracket.group(1).strip().lower() not in ("", "n", "r")
    plain = re.sub(r"\s+", " ", BRACKETS.sub(" ", name)).strip(" _-")
    stem, axis = _axis(plain, unit)
    if bracket is None and (found := UNIT_BEHIND.match(plain.lower())):
        stem, axis = _axis(found.group(1), None)
        unit = unit_of(re.sub("_(per_)?s", "/s", found.group(2)).replace("rads", "rad/s"))
    quantity = _quantity(stem.lower(), unit)
    if foreign and quantity in (Quantity.ACCELERATION, Quantity.UNKNOWN):
        quantity = Quantity.OTHER
    return Heading(stem.lower(), axis, quantity, unit, device)


def triples(header: Sequence[str]) -> tuple[Triple, ...]:
    """Every three columns that are one sensor's x, y and z, in the order of the header."""
    found: dict[tuple[str, str, Quantity, Unit | None], dict[str, int]] = {}
    for column, text in enumerate(header):
        head = heading(text)
        if head.axis:
            found.setdefault((head.device, head.stem, head.quantity, head.unit), {}).setdefault(head.axis, column)
    whole = [
        Triple(quantity, (axes["x"], axes["y"], axes["z"]), unit, stem, device)
        for (device, stem, quantity, unit), axes in found.items()
        if len(axes) == 3
    ]
    return tuple(_beside_a(triple, whole) for triple in whole)


def time_scale(text: str) -> int | None:
    """Nanoseconds in one unit of a time column; None where its head does not say."""
    bracket = BRACKETS.search(text)
    word = bracket.group(1) if bracket else re.split(r"[\s_]", text.strip())[-1]
    return SECONDS.get(word.strip().lower())


def _device(text: str) -> tuple[str, str]:
    found = DEVICE.match(text)
    return (found.group(1).lower(), found.group(2)) if found else ("", text)


def _axis(plain: str, unit: Unit | None) -> tuple[str, str]:
    if unit in OF_ROTATION and (word := plain.lower().split(" ")[-1]) in TURNS:
        return plain[: -len(word)].strip(), TURNS[word]
    if found := FIRST.match(plain):
        return ((found.group("stem") or "") + found.group("rest")).strip(" _-"), found.group("axis")
    if found := LAST.match(plain):
        return found.group("stem"), found.group("axis").lower()
    if found := BEFORE.match(plain):
        return found.group("stem"), found.group("axis").lower()
    return plain, ""


def quantity_called(word: str) -> Quantity:
    """What a sensor of that name measures; UNKNOWN where the name does not say."""
    return next((quantity for quantity, pattern in WORDS if pattern.search(word.lower())), Quantity.UNKNOWN)


def _quantity(stem: str, unit: Unit | None) -> Quantity:
    named = quantity_called(stem)
    if unit in OF_ROTATION:
        return Quantity.ROTATION
    if unit in OF_ACCELERATION and named in (Quantity.UNKNOWN, Quantity.ROTATION, Quantity.OTHER):
        return Quantity.ACCELERATION
    return named


def _beside_a(triple: Triple, all_of_them: Sequence[Triple]) -> Triple:
    """gx, gy, gz beside ax, ay, az is a gyroscope."""
    if triple.stem == "g" and triple.unit is None and any(other.stem == "a" for other in all_of_them):
        return Triple(Quantity.ROTATION, triple.columns, None, triple.stem, triple.device)
    return triple
