"""What an activity file of a sports watch contains, so that the refusal can say why it cannot be measured.

Such files hold summaries (heart rate each second, places), not the motion of the wrist.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.errors import ActivityOnly, NoMotion, SummaryOnly
from pipeline.sensors.holds import Held, Sport, listed


@dataclass(slots=True)
class Activity:
    """What was found so far. format: what people call the kind of file, "" while unknown."""

    format: str
    seconds: float = 0.0
    sport: Sport = Sport.OTHER
    held: set[Held] = field(default_factory=set)

    def only(self) -> NoMotion:
        """The error that says all of it."""
        minutes = round(self.seconds / 60)
        if not minutes:
            return SummaryOnly(format=self.format, holds=listed(self.held))
        return ActivityOnly(format=self.format, sport=self.sport.value, minutes=minutes, holds=listed(self.held))
