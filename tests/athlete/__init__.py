"""A rendered athlete: clips and pose tracks whose repetitions, tempo, range and camera are known exactly.

    take = Take("squat", reps=5, pace=Pace(2.0, 0.4, 1.2, 0.8), camera=Camera(yaw_deg=60))
    truth = film(take, path)        # the clip, drawn and encoded; what really happens in it
    track = landmarks(take)         # the same movement as MediaPipe's 33 landmarks, exact, in milliseconds

body, movements (.toml: the exercises), kinematics, take (timing) -> landmarks
                                                                  -> figure, equipment, scene, light, render -> film
"""

from tests.athlete.body import PEOPLE, Body, Look
from tests.athlete.camera import Camera
from tests.athlete.landmarks import landmarks
from tests.athlete.movements import movements
from tests.athlete.take import Frames, Pace, Take, timeline
from tests.athlete.truth import TrueRep, Truth

__all__ = [
    "PEOPLE",
    "Body",
    "Camera",
    "Frames",
    "Look",
    "Pace",
    "Take",
    "TrueRep",
    "Truth",
    "landmarks",
    "movements",
    "timeline",
]
