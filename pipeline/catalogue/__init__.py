"""The catalogue of exercises: data files, read and checked. `exercises/README.md` says how to add one.

entry = find("윗몸일으키기")      # slug, name or alias, English or Korean; None if unknown
entry = exercises()["squat"]     # all of them by slug
"""

from pipeline.catalogue.exercise import Exercise
from pipeline.catalogue.load import CatalogueError, exercises, family_name, find, keeps_moving, lifts_first, members
from pipeline.catalogue.movement import Movement

__all__ = [
    "CatalogueError",
    "Exercise",
    "Movement",
    "exercises",
    "family_name",
    "find",
    "keeps_moving",
    "lifts_first",
    "members",
]
