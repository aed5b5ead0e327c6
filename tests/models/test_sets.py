from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from models.sets import NamedAnew, NewSet
from models.store import Store
from models.tables import JobState
from tests.models.people import JUN, MIA, NOON, claimed, clip, jobs_of, sent, squats, trained


async def test_a_saved_set_is_whole_and_its_job_done(store: Store) -> None:
    saved = await trained(store, MIA, 1, squats(8))
    assert (saved.user_id, saved.exercise, saved.reps, saved.weight_kg) == (MIA, "squat", 8, None)
    assert await store.sets.set_by_id(MIA, saved.id) == saved
    assert await store.sets.track_of(MIA, saved.id) == b"packed"
    assert await store.sets.file_of(MIA, saved.id) == "file"
    assert [job.state for job in await jobs_of(store, MIA)] == [JobState.DONE]


async def test_a_job_has_one_set_however_often_it_is_saved(store: Store) -> None:
    saved = await trained(store, MIA, 1, squats(8))
    assert await store.sets.save(saved.job_id, [squats(3), squats(4)]) == [saved]
    assert await store.sets.sets_of(MIA, 10) == [saved]


async def test_a_set_whose_user_has_gone_meanwhile_is_not_stored(store: Store) -> None:
    await sent(store, MIA, 1)
    job = await claimed(store)
    await store.account.forget_user(MIA)
    assert await store.sets.save(job.id, [squats()]) == []
    assert await store.sets.sets_of(MIA, 10) == []


async def test_a_set_without_a_track_has_none(store: Store) -> None:
    saved = await trained(store, MIA, 1, NewSet("unknown", 0, None, "{}", NOON))
    assert await store.sets.track_of(MIA, saved.id) is None


@pytest.mark.parametrize(("exercise", "reps"), [("squat", -1), ("", 3)])
def test_a_set_that_cannot_be_is_refused(exercise: str, reps: int) -> None:
    with pytest.raises(ValueError, match=r"rep_count must not|has an exercise"):
        NewSet(exercise, reps, None, "{}", NOON)


async def test_times_come_back_in_utc_whatever_zone_they_were_given_in(store: Store) -> None:
    seoul = datetime(2026, 3, 2, 21, 0, tzinfo=timezone(timedelta(hours=9)))
    saved = await trained(store, MIA, 1, squats(at=seoul))
    stored = await store.sets.set_by_id(MIA, saved.id)
    assert stored is not None
    assert (stored.performed_at, stored.performed_at.tzinfo) == (NOON, UTC)


async def test_sets_come_newest_first_and_only_as_many_as_asked_for(store: Store) -> None:
    for day in range(4):
        await trained(store, MIA, day, squats(day, at=NOON + timedelta(days=day)))
    assert [row.reps for row in await store.sets.sets_of(MIA, 3)] == [3, 2, 1]
    latest = await store.sets.latest_set(MIA)
    assert latest is not None
    assert latest.reps == 3


async def test_nobody_has_a_latest_set_before_the_first(store: Store) -> None:
    assert await store.sets.latest_set(MIA) is None
    assert await store.sets.bests_of(MIA) == []
    assert await store.sets.log_of(MIA) == []


async def test_the_names_that_a_user_told_come_newest_first_and_no_others(store: Store) -> None:
    async def told(day: int, caption: str | None, measured: str, corrected: str | None = None) -> None:
        await store.account.meet(MIA, MIA, "Mia")
        await store.jobs.enqueue(replace(clip(MIA, day), exercise_given=caption))
        (saved,) = await store.sets.save(
            (await claimed(store)).id, [squats(exercise=measured, at=NOON + timedelta(days=day))], caption
        )
        if corrected:
            await store.sets.correct_exercise(MIA, saved.id, corrected, "{}", 5)

    await told(1, "hammer_curl", "hammer_curl")
    await told(2, "hammer_curl", "squat")  # of another family than its caption names
    await told(3, None, "lunge")
    await told(4, None, "squat", corrected="deadlift")
    await told(5, "lunge", "lunge", corrected="squat")
    await store.jobs.enqueue(replace(clip(MIA, 6), kind="photo", exercise_given="tree_pose"))
    await store.jobs.enqueue(replace(clip(MIA, 7), kind="photo"))
    assert await store.sets.names_told(MIA) == ("squat", "deadlift", "hammer_curl", "tree_pose")
    assert await store.sets.names_told(JUN) == ()


async def test_a_corrected_exercise_holds_and_what_was_measured_stays(store: Store) -> None:
    saved = await trained(store, MIA, 1, squats(8))
    corrected = await store.sets.correct_exercise(MIA, saved.id, "lunge", '{"schema": 1, "new": true}', 4)
    assert corrected is not None
    assert (corrected.exercise, corrected.reps) == ("lunge", 4)
    assert (corrected.measured_exercise, corrected.measured_reps) == ("squat", 8)
    assert corrected.report == '{"schema": 1, "new": true}'
    assert await store.sets.sets_of(MIA, 5, exercise="squat") == []
    assert await store.sets.sets_of(MIA, 5, exercise="lunge") == [corrected]


async def test_the_count_of_the_user_outlives_a_recount(store: Store) -> None:
    saved = await trained(store, MIA, 1, squats(8))
    assert await store.sets.correct_reps(MIA, saved.id, 0) is not None
    corrected = await store.sets.correct_exercise(MIA, saved.id, "lunge", "{}", 4)
    assert corrected is not None
    assert (corrected.reps, corrected.recounted_reps, corrected.measured_reps) == (0, 4, 8)


async def test_a_weight_is_added_and_taken_back(store: Store) -> None:
    saved = await trained(store, MIA, 1)
    heavy = await store.sets.add_weight(MIA, saved.id, 62.5)
    assert heavy is not None
    assert heavy.weight_kg == 62.5
    light = await store.sets.add_weight(MIA, saved.id, None)
    assert light is not None
    assert light.weight_kg is None


async def test_the_best_sets_are_the_heaviest_and_the_longest_the_first_of_equals(store: Store) -> None:
    earliest = await trained(store, MIA, 1, squats(10, at=NOON))
    await trained(store, MIA, 2, squats(10, at=NOON + timedelta(days=1)))
    assert [one.id for one in await store.sets.bests_of(MIA)] == [earliest.id]
    heavy = await trained(store, MIA, 3, squats(3, at=NOON + timedelta(days=2)))
    await store.sets.add_weight(MIA, heavy.id, 60)
    assert [one.id for one in await store.sets.bests_of(MIA)] == [earliest.id, heavy.id]
    assert [(one.reps, one.weight_kg) for one in await store.sets.log_of(MIA)] == [(3, 60), (10, None), (10, None)]


async def test_the_best_of_each_exercise_is_told_by_what_it_is_now(store: Store) -> None:
    held = [await trained(store, MIA, n, squats(0, exercise="plank", hold_s=s)) for n, s in enumerate((30.0, 61.5))]
    taken = await trained(store, MIA, 9, squats(12))
    await store.sets.correct_exercise(MIA, taken.id, "lunge", "{}", 12)
    assert {one.id for one in await store.sets.bests_of(MIA)} >= {held[1].id, taken.id}
    logged = await store.sets.log_of(MIA)
    assert sorted((one.exercise, one.hold_s) for one in logged if one.hold_s) == [("plank", 30.0), ("plank", 61.5)]
    assert [one.reps for one in logged if one.exercise == "lunge"] == [12]


async def test_a_chart_drawn_anew_is_found(store: Store) -> None:
    saved = await trained(store, MIA, 1)
    await store.sets.set_chart_message(MIA, saved.id, 12)
    stored = await store.sets.set_by_id(MIA, saved.id)
    assert stored is not None
    assert stored.chart_message_id == 12


async def test_the_sets_of_one_recording_are_kept_in_their_order(store: Store) -> None:
    await sent(store, MIA, 1)
    job = await claimed(store)
    saved = await store.sets.save(job.id, [squats(8), squats(5, exercise="lunge"), squats(3)])
    assert [(row.place, row.exercise, row.reps) for row in saved] == [(1, "squat", 8), (2, "lunge", 5), (3, "squat", 3)]
    assert await store.sets.of_job(job.id) == saved
    latest = await store.sets.latest_set(MIA)
    assert latest is not None
    assert latest.place == 3


@pytest.mark.parametrize(
    ("exercises", "weight_of", "weights"),
    [
        (("squat", "squat"), None, [80.0, 80.0]),
        (("squat", "lunge"), None, [None, None]),
        (("squat", "lunge", "squat"), "squat", [80.0, None, 80.0]),
        (("squat", "lunge"), "deadlift", [None, None]),
        (("squat",), "deadlift", [80.0]),  # named wrongly, it is still the weight of what was done
    ],
)
async def test_sets_have_their_caption_s_weight_where_it_is_clear_whose_it_is(
    store: Store, exercises: tuple[str, ...], weight_of: str | None, weights: list[float | None]
) -> None:
    await store.account.meet(MIA, MIA, "Mia")
    await store.jobs.enqueue(replace(clip(MIA, 1), weight_kg=80.0, weight_of=weight_of))
    job = await claimed(store)
    saved = await store.sets.save(job.id, [squats(exercise=name) for name in exercises])
    assert [row.weight_kg for row in saved] == weights


@pytest.mark.parametrize(
    ("exercises", "weight_of", "weights"),
    [
        (("squat", "squat"), None, [60.0, 70.0]),
        (("squat", "lunge", "squat"), "squat", [60.0, None, 70.0]),
        (("squat", "lunge"), None, [60.0, 70.0]),
        (("squat", "squat", "squat"), None, [None, None, None]),  # two weights for three sets: nobody knows whose
        (("squat",), "squat", [None]),
        (("squat", "lunge", "lunge"), "squat", [None, None, None]),
        (("squat", "lunge"), "deadlift", [None, None]),
    ],
)
async def test_several_weights_of_a_caption_are_those_of_as_many_sets_in_order(
    store: Store, exercises: tuple[str, ...], weight_of: str | None, weights: list[float | None]
) -> None:
    await store.account.meet(MIA, MIA, "Mia")
    await store.jobs.enqueue(replace(clip(MIA, 1), weights_kg=(60.0, 70.0), weight_of=weight_of))
    job = await claimed(store)
    assert job.weights_kg == [60.0, 70.0]
    saved = await store.sets.save(job.id, [squats(exercise=name) for name in exercises])
    assert [row.weight_kg for row in saved] == weights


async def test_what_was_measured_under_a_name_that_the_caption_no_longer_has_is_measured_anew(store: Store) -> None:
    job = await sent(store, MIA, 1)
    await claimed(store)
    await store.jobs.recaptioned(job.id, replace(clip(MIA, 1), exercise_given="lunge"))
    with pytest.raises(NamedAnew):
        await store.sets.save(job.id, [squats()])
    assert await store.sets.of_job(job.id) == []
    again = await claimed(store)
    assert (again.id, again.attempts, again.exercise_given) == (job.id, 1, "lunge")
    (saved,) = await store.sets.save(job.id, [squats(exercise="lunge")], "lunge")
    assert saved.exercise == "lunge"


async def test_an_edited_caption_that_tells_several_weights_no_longer_tells_one(store: Store) -> None:
    await store.account.meet(MIA, MIA, "Mia")
    job, _ = await store.jobs.enqueue(replace(clip(MIA, 1), weight_kg=600.0))
    await store.jobs.recaptioned(job.id, replace(clip(MIA, 1), weights_kg=(60.0, 70.0)))
    saved = await store.sets.save((await claimed(store)).id, [squats(), squats()])
    assert [row.weight_kg for row in saved] == [60.0, 70.0]
