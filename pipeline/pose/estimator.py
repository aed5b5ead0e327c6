"""Turn a clip's frames into a PoseTrack, with MediaPipe Tasks. Landmarks are raw: `kinematics.py` smooths them.

track_clip   a whole clip, in as many parallel parts as there are landmarkers (one landmarker keeps one core busy)
track        frames that the caller made, one after another
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

from pipeline.pose.landmarker import PeopleDetector, PoseTracker
from pipeline.pose.lean import lean_copy
from pipeline.pose.light import body_luminance
from pipeline.pose.observations import Observations, Row, joined, track_of, tracked_share, tracked_sightings
from pipeline.pose.parts import parts_of
from pipeline.pose.person import RULES, Person, Sighting, Trail, is_doubtful, trails_of, usual_number, who_trains
from pipeline.pose.quickness import PaceController
from pipeline.pose.search import find_everybody, hide_others
from pipeline.pose.visibility import SmoothedVisibility
from pipeline.values import Clip, PoseTrack
from pipeline.video.cuts import ChangeOfPicture
from pipeline.video.decode import WHOLE, Frame, Part, Sampling
from pipeline.video.pace import Pace
from pipeline.video.pixels import Pixels

Advanced = Callable[[float], None]
Shown = Callable[[Part, Pace], Iterable[Frame]]  # the frames of a part of the clip, at the pace's rate


@dataclass(frozen=True, slots=True)
class PoseOptions:
    """Settings of the pose stage.

    count_people_every_s: people are counted on one frame in 2 s, since a count costs as much as two tracked frames;
    every count_several_every_s while any of the last counts_remembered counts found several (one of two is missed now
    and then). most_looks: where it is doubtful who trains, people are searched for on at most this many frames; two
    dozen tell movement from standing. least_seen_share: a clip with a person on fewer frames holds no set.
    landmarkers: the machines this runs on have two cores. shortest_part_s: below 4 s a second thread does not pay.
    lead_in_s: each part is tracked from a second before its start, because on its first three pictures a landmarker
    was measured up to 70 px off, at worst upside down, and a rep that spans two parts was mistimed.
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
    """Finds poses in clip after clip with the same loaded networks. Use it from one thread at a time."""

    def __init__(self, model: Path) -> None:
        lean = lean_copy(model)
        self._trackers = [PoseTracker(lean) for _ in range(OPTIONS.landmarkers)]
        self._detector = PeopleDetector(lean, OPTIONS.most_people)
        self._detector_lock, self._progress_lock = threading.Lock(), threading.Lock()
        self._threads = ThreadPoolExecutor(OPTIONS.landmarkers, thread_name_prefix="landmarker")

    def track_clip(
        self, shown: Shown, clip: Clip, sampling: Sampling, *, advanced: Advanced = lambda _: None
    ) -> PoseTrack:
        """The track of the person who trains; `advanced` is called with the seconds of clip done since its last call.

        Frames are taken at sampling.calm_rate_hz, and at sampling.rate_hz where somebody moves fast. Where it is
        doubtful who trains, everybody is searched for one by one. Where the landmarker tracked somebody else than the
        person who trains, the clip is tracked again with everybody else hidden.
        Raises what `shown` raises, and NobodyInView when under least_seen_share of the frames show anybody.
        """
        parts = parts_of(
            clip.duration_s, OPTIONS.landmarkers, OPTIONS.shortest_part_s, OPTIONS.lead_in_s, clip.key_frames_s
        )
        seen = self._look_closer(shown, self._in_parallel(shown, parts, sampling, advanced), clip)
        trail = who_trains(seen.sightings, seen.size_px) if usual_number(seen.sightings) > 1 else None
        if trail is not None and tracked_share(seen, trail) < RULES.followed:
            alone = partial(_alone, shown, trail)
            again = self._in_parallel(alone, parts, sampling, lambda _: None)
            seen = replace(again, sightings=seen.sightings)
        return track_of(seen, trail, OPTIONS.least_seen_share)

    def track(self, shown: Iterable[Frame], *, advanced: Advanced = lambda _: None) -> PoseTrack:
        """The track of the person whom the landmarker follows in these frames. Raises NobodyInView as above."""
        no_control = PaceController(Pace(1.0), 1.0, 1.0)  # the frames come as they come
        seen = self._track(self._trackers[0], shown, no_control, advanced)
        return track_of(seen, None, OPTIONS.least_seen_share)

    def look(self, pixels: Pixels) -> tuple[Person, ...]:
        """Everybody in one picture (height, width, 3) RGB, at most OPTIONS.most_people, the likeliest first."""
        with self._detector_lock:
            return self._detector.detect(pixels)

    def close(self) -> None:
        """Release all networks and threads."""
        self._threads.shutdown()
        for tracker in self._trackers:
            tracker.close()
        self._detector.close()

    def __enter__(self) -> PoseEstimator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _look_closer(self, shown: Shown, seen: Observations, clip: Clip) -> Observations:
        """The same observations, with everybody searched for one by one where it is doubtful who trains."""
        several = usual_number(seen.sightings) > 1
        if not is_doubtful(seen.sightings if several else tracked_sightings(seen), seen.size_px):
            return seen
        every_s = max(OPTIONS.count_several_every_s, clip.duration_s / OPTIONS.most_looks)
        found = find_everybody(trails_of(seen.sightings), shown(WHOLE, Pace(1 / every_s)), self.look)
        return replace(seen, sightings=found) if usual_number(found) > 1 else seen

    def _in_parallel(self, shown: Shown, parts: Sequence[Part], sampling: Sampling, advanced: Advanced) -> Observations:
        """What is seen in all parts of the clip, each with a thread and a landmarker of its own."""

        def advanced_one_by_one(seconds: float) -> None:
            with self._progress_lock:
                advanced(seconds)

        def track_part(tracker: PoseTracker, part: Part) -> Observations:
            pace = Pace(sampling.calm_rate_hz)
            pace_controller = PaceController(pace, sampling.calm_rate_hz, sampling.rate_hz)
            led_in = max(0.0, part[0] - OPTIONS.lead_in_s), part[1]
            return self._track(tracker, shown(led_in, pace), pace_controller, advanced_one_by_one, from_s=part[0])

        work = [self._threads.submit(track_part, *pair) for pair in zip(self._trackers, parts, strict=False)]
        wait(work)  # if one part fails, the other's landmarker must be idle before the next clip comes
        return joined([part.result() for part in work])

    def _track(
        self,
        tracker: PoseTracker,
        shown: Iterable[Frame],
        pace_controller: PaceController,
        advanced: Advanced,
        from_s: float = 0.0,
    ) -> Observations:
        """What is seen from `from_s` on; frames before it only let the tracker settle on the person."""
        rows: list[Row] = []
        sightings: list[Sighting] = []
        size_px, count_due_s = (0, 0), 0.0
        change, smoothed = ChangeOfPicture(), SmoothedVisibility()
        tracker.reset()
        for frame in shown:
            person, size_px = tracker.track(frame.pixels), frame.size_px
            if person is not None:
                person = replace(person, visibility=smoothed(frame.time_s, person.visibility))
            pace_controller.update(frame.time_s, person)
            changed = change(frame.pixels)
            if frame.time_s < from_s:
                continue
            advanced(frame.time_s - rows[-1].time_s if rows else 0.0)
            bright = body_luminance(frame.pixels, person.image_px) if person is not None else math.nan
            rows.append(Row(frame.time_s, person, changed, bright))
            if frame.time_s >= count_due_s:
                sightings.append(Sighting(frame.time_s, self.look(frame.pixels)))
                count_due_s = frame.time_s + OPTIONS.until_next_count_s(sightings)
        return Observations(rows, sightings, size_px)


def _alone(shown: Shown, trail: Trail, part: Part, pace: Pace) -> Iterable[Frame]:
    return hide_others(trail, shown(part, pace))
