"""What is to be said at each moment of a clip, as values."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.chart.steadiness import Steadiness, steadiness
from pipeline.spans import Span, spans
from pipeline.values import Rep, SetReport


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: complete repetitions so far, the span it lies in and the seconds since that began, the last
    finished repetition, and of a hold the seconds held so far."""

    done: int
    span: Span | None
    into_s: float
    last: Rep | None
    held_s: float | None


@dataclass(frozen=True, slots=True)
class Story:
    """A report arranged by time."""

    reps: tuple[Rep, ...]
    spans: tuple[Span, ...]
    hold: Steadiness | None

    def at(self, time_s: float) -> Moment:
        """The moment at this time; a span holds its start but not its end."""
        finished = [rep for rep in self.reps if rep.end_s <= time_s]
        span = next((span for span in self.spans if span.start_s <= time_s < span.end_s), None)
        return Moment(
            done=sum(rep.complete for rep in finished),
            span=span,
            into_s=time_s - span.start_s if span else 0.0,
            last=finished[-1] if finished else None,
            held_s=self._held_s(time_s),
        )

    def _held_s(self, time_s: float) -> float | None:
        return None if self.hold is None else min(max(time_s, self.hold.start_s), self.hold.end_s) - self.hold.start_s


def story(report: SetReport) -> Story:
    """The report's spans and repetitions; of a hold the stretch that was held."""
    return Story(report.reps, spans(report), steadiness(report))
