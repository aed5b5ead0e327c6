"""Frames to a PoseTrack with MediaPipe Tasks. Landmarks as the network gives them: smoothing is `kinematics.py`'s.

track_clip   a clip in as many parts as there are landmarkers, side by side: one landmarker keeps one core busy
track        frames that somebody else made, one after another
look         everybody in one picture
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final

from pipeline.pose.landmarker import Follower, Onlooker
from pipeline.pose.lean import lean_beside
from pipeline.pose.light import body_luminance
from pipeline.pose.parts import parts_of
from pipeline.pose.person import RULES, Person, Sighting, Trail, in_doubt, trails_of, usual_number, who_trains
from pipeline.pose.quickness import Pacemaker
from pipeline.pose.search import hidden_but, searched
from pipeline.pose.seen import Row, Seen, followed, followed_share, together, track_of
from pipeline.pose.visibility import Steadied
from pipeline.values import Clip, PoseTrack
from pipeline.video.cuts import ChangeOfPicture
from pipeline.video.decode import WHOLE, Frame, Part, Sampling
from pipeline.video.pace import Pace
from pipeline.video.pixels import Pixels

Advanced = Callable[[float], None]
Shown = Callable[[Part, Pace], Iterable[Frame]]  # the frames of a part of the clip, as densely as the pace says


@dataclass(frozen=True, slots=True)
class PoseOptions:
    """Working points of the pose stage.

    People are counted on a frame each 2 s, oftener while any of the last three counts found several (one of two is
    missed now and then): a count costs as much as two tracked frames. Where it is in doubt who trains, everybody is
    looked for alone on at most most_looks frames; two dozen tell a movement from a stance. A clip with a person on
    under a tenth of its frames carries no set. Two landmarkers: the machines this runs on have two cores; a part of
    under 4 s is done before a second thread has paid for itself. A part is looked at from a second before it on: a
    landmarker that has only just found somebody was seen 70 px off on its first three pictures, upside down at worst,
    and a rep that spans two parts was mistimed.
    """

    count_people_every_s: float = 2.0
    count_several_every_s: float = 0.75
    counts_remembered: int = 3
    most_people: int = 3
    most_looks: int = 24
    least_seen_share: float = 0.1
    landmarkers: int = 2
    shortest_part_s: float = 4.0
    lead_in_s: float = 1.0

    def until_next_count_s(self, sightings: Sequence[Sighting]) -> float:
        several = any(len(sighting.people) > 1 for sighting in sightings[-self.counts_remembered :])
        return self.count_several_every_s if several else self.count_people_every_s


OPTIONS: Final = PoseOptions()


class PoseEstimator:
    """Landmarkers kept ready for clip after clip. Not for several threads at once."""

    def __init__(self, model: Path) -> None:
        lean = lean_beside(model)
        self._followers = [Follower(lean) for _ in range(OPTIONS.landmarkers)]
        self._onlooker = Onlooker(lean, OPTIONS.most_people)
        self._looking, self._telling = threading.Lock(), threading.Lock()
        self._threads = ThreadPoolExecutor(OPTIONS.landmarkers, thread_name_prefix="landmarker")

    def track_clip(
        self, shown: Shown, clip: Clip, sampling: Sampling, *, advanced: Advanced = lambda _: None
    ) -> PoseTrack:
        """The track of the one who trains in the clip; `advanced` is told the seconds of clip done since it was last.

        Frames are taken at sampling.calm_rate_hz, at sampling.rate_hz where somebody moves fast. Where several people
        are in view and the landmarker followed another than the one who trains, the clip is gone through again with
        everybody else hidden; where it is in doubt who trains, everybody is looked for alone first. Raises what
        `shown` raises, and NobodyInView when under least_seen_share of the frames show anybody.
        """
        parts = parts_of(
            clip.duration_s, OPTIONS.landmarkers, OPTIONS.shortest_part_s, OPTIONS.lead_in_s, clip.key_frames_s
        )
        seen = self._looked_closer(shown, self._side_by_side(shown, parts, sampling, advanced), clip)
        trail = who_trains(seen.sightings, seen.size_px) if usual_number(seen.sightings) > 1 else None
        if trail is not None and followed_share(seen, trail) < RULES.followed:
            alone = partial(_alone, shown, trail)
            again = self._side_by_side(alone, parts, sampling, lambda _: None)
            seen = replace(again, sightings=seen.sightings)
        return track_of(seen, trail, OPTIONS.least_seen_share)

    def track(self, shown: Iterable[Frame], *, advanced: Advanced = lambda _: None) -> PoseTrack:
        """The track of the person whom the landmarker follows in these frames. Raises NobodyInView as above."""
        unheeded = Pacemaker(Pace(1.0), 1.0, 1.0)
        seen = self._follow(self._followers[0], shown, unheeded, advanced)
        return track_of(seen, None, OPTIONS.least_seen_share)

    def look(self, pixels: Pixels) -> tuple[Person, ...]:
        """Everybody in one picture (height, width, 3) RGB, at most most_people, the likeliest first."""
        with self._looking:
            return self._onlooker.see(pixels)

    def close(self) -> None:
        """All networks are released."""
        self._threads.shutdown()
        for follower in self._followers:
            follower.close()
        self._onlooker.close()

    def __enter__(self) -> PoseEstimator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _looked_closer(self, shown: Shown, seen: Seen, clip: Clip) -> Seen:
        """The same with everybody looked for one by one, if it is in doubt who trains."""
        several = usual_number(seen.sightings) > 1
        if not in_doubt(seen.sightings if several else followed(seen), seen.size_px):
            return seen
        every_s = max(OPTIONS.count_several_every_s, clip.duration_s / OPTIONS.most_looks)
        found = searched(trails_of(seen.sightings), shown(WHOLE, Pace(1 / every_s)), self.look)
        return replace(seen, sightings=found) if usual_number(found) > 1 else seen

    def _side_by_side(self, shown: Shown, parts: Sequence[Part], sampling: Sampling, advanced: Advanced) -> Seen:
        """What is seen in all parts of the clip, a thread and a landmarker each."""

        def told(seconds: float) -> None:
            with self._telling:
                advanced(seconds)

        def followed(follower: Follower, part: Part) -> Seen:
            pace = Pace(sampling.calm_rate_hz)
            pacemaker = Pacemaker(pace, sampling.calm_rate_hz, sampling.rate_hz)
            led_in = max(0.0, part[0] - OPTIONS.lead_in_s), part[1]
            return self._follow(follower, shown(led_in, pace), pacemaker, told, from_s=part[0])

        work = [self._threads.submit(followed, *pair) for pair in zip(self._followers, parts, strict=False)]
        wait(work)  # where one part fails, the other's landmarker must not be at work when the next clip comes
        return together([part.result() for part in work])

    def _follow(
        self,
        follower: Follower,
        shown: Iterable[Frame],
        pacemaker: Pacemaker,
        advanced: Advanced,
        from_s: float = 0.0,
    ) -> Seen:
        """What is seen from the second `from_s` on; pictures before it only lead the follower to the person."""
        rows: list[Row] = []
        sightings: list[Sighting] = []
        size_px, count_due_s = (0, 0), 0.0
        change, steadied = ChangeOfPicture(), Steadied()
        follower.forget()
        for frame in shown:
            person, size_px = follower.see(frame.pixels), frame.size_px
            if person is not None:
                person = replace(person, visibility=steadied(frame.time_s, person.visibility))
            pacemaker.saw(frame.time_s, person)
            changed = change(frame.pixels)
            if frame.time_s < from_s:
                continue
            advanced(frame.time_s - rows[-1].time_s if rows else 0.0)
            bright = body_luminance(frame.pixels, person.image_px) if person is not None else math.nan
            rows.append(Row(frame.time_s, person, changed, bright))
            if frame.time_s >= count_due_s:
                sightings.append(Sighting(frame.time_s, self.look(frame.pixels)))
                count_due_s = frame.time_s + OPTIONS.until_next_count_s(sightings)
        return Seen(rows, sightings, size_px)


def _alone(shown: Shown, trail: Trail, part: Part, pace: Pace) -> Iterable[Frame]:
    return hidden_but(trail, shown(part, pace))
