"""The user's answer about a table whose columns could not be recognised: as a short code for a button, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.sensors.channels import Unit

SPELLED = {Unit.G: "g", Unit.MILLI_G: "mg", Unit.M_S2: "ms2", Unit.CM_S2: "cms2", Unit.MM_S2: "mms2",
           Unit.FT_S2: "fts2", Unit.RAD_S: "rad", Unit.DEG_S: "deg"}  # fmt: skip
UNITS = {code: unit for unit, code in SPELLED.items()}
CODE = re.compile(r"(?:a(\d+)-(\d+)-(\d+))?\.?(?:u(\w+))?\.?(?:r(\d+(?:_\d+)?))?")


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What was answered so far: the acceleration's columns (from 0), its unit, the rate; None where not asked."""

    acceleration: tuple[int, int, int] | None = None
    unit: Unit | None = None
    rate_hz: float | None = None

    @property
    def code(self) -> str:
        """At most 40 characters without spaces, such as "a1-2-3.ug.r50": fits Telegram's callback data."""
        parts = (
            "a" + "-".join(map(str, self.acceleration)) if self.acceleration else "",
            "u" + SPELLED[self.unit] if self.unit else "",
            "r" + f"{self.rate_hz:g}".replace(".", "_") if self.rate_hz else "",
        )
        return ".".join(part for part in parts if part)

    @classmethod
    def from_code(cls, code: str) -> ColumnChoice:
        """The choice of this code. Raises ValueError for anything else."""
        found = CODE.fullmatch(code)
        if not found or not code or (found.group(4) and found.group(4) not in UNITS):
            raise ValueError(f"not a choice of columns: {code!r}")
        x, y, z, unit, rate = found.groups()
        return cls(
            (int(x), int(y), int(z)) if x else None,
            UNITS[unit] if unit else None,
            float(rate.replace("_", ".")) if rate else None,
        )
