"""/start, /settings, /privacy, /export and /forget, in both languages; nothing of one user reaches another."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from bot.export import packed_export
from bot.sandbox import SandboxUser
from bot.sentences import plain
from models.account import Export
from pipeline.report import to_json
from pipeline.values import Caveat, Doubt
from tests.bot.house import House
from tests.bot.phone import LONG_S, chart_of, flat, is_remark, settled
from tests.pipeline.reports import FIVE_SQUATS


async def texts(user: SandboxUser) -> list[str]:
    """What the bot has said, once it is silent."""
    return [message.text for message in await settled(user, 0.2)]


async def exported(user: SandboxUser) -> tuple[dict[str, Any], list[str], bytes]:
    """The export's data, its file names, and all of its bytes, unpacked."""
    sent = await user.send_text("/export")
    found = await user.wait_for(lambda message: message.kind == "document", LONG_S, after=sent.id)
    with zipfile.ZipFile(io.BytesIO(found.content or b"")) as archive:
        names = archive.namelist()
        return json.loads(archive.read("data.json")), names, b"".join(archive.read(name) for name in names)


async def test_start_asks_for_units_then_for_the_zone_and_then_no_more(house: House) -> None:
    user = house.sandbox.user(1001, "Ada")
    await user.send_text("/start")
    asked = await user.wait_for("Which unit", LONG_S)
    await user.press(asked, "lb")
    where = await user.wait_for("where are you", LONG_S)
    await user.press(where, "zone:0:Asia/Seoul")
    ready = await user.wait_for("All set", LONG_S)
    account = await house.services.store.account.user(1001)
    assert account is not None
    assert (account.units, account.time_zone) == ("lb", "Asia/Seoul")
    await user.send_text("/start")
    await user.wait_for("All set", LONG_S, after=ready.id)
    said = await texts(user)
    assert sum("Which unit" in text for text in said) == sum("where are you" in text for text in said) == 1


async def test_a_zone_is_set_by_its_city_and_an_unknown_one_is_asked_again(house: House) -> None:
    user = house.sandbox.user(1001)
    await user.send_text("/settings Atlantis")
    assert "/settings Seoul" in (await user.wait_for("“Atlantis”", LONG_S)).text
    for text, zone in (("new york", "America/New_York"), ("UTC+9", "Etc/GMT-9"), ("서울", "Asia/Seoul")):
        sent = await user.send_text(f"/settings {text}")
        await user.wait_for(zone, LONG_S, after=sent.id)
        account = await house.services.store.account.user(1001)
        assert account is not None
        assert account.time_zone == zone


async def test_one_more_of_somebody_who_has_a_set_is_no_time_zone(house: House) -> None:
    user, store = house.sandbox.user(1001), house.services.store
    await chart_of(house)
    for text in ("+1", "-5"):
        sent = await user.send_text(text)
        await user.wait_for(lambda message: "— " in message.text, LONG_S, after=sent.id)
    sent = await user.send_text("+01:00")
    await user.wait_for("Etc/GMT-1", LONG_S, after=sent.id)
    newcomer = house.sandbox.user(1002)
    await newcomer.send_text("+9")
    await newcomer.wait_for("Etc/GMT-9", LONG_S)
    found = [await store.account.user(number) for number in (1001, 1002)]
    assert [one and one.time_zone for one in found] == ["Etc/GMT-1", "Etc/GMT-9"]


async def test_a_place_in_markup_is_only_text(house: House) -> None:
    user = house.sandbox.user(1001)
    await user.send_text("/settings <b>&Oz</b>")
    await user.wait_for("“<b>&Oz</b>”", LONG_S)


async def test_the_language_changes_the_next_reply(house: House) -> None:
    user = house.sandbox.user(1001)
    await user.send_text("/settings")
    shown = await user.wait_for("Settings", LONG_S)
    await user.press(shown, "한국어")
    await user.wait_for(plain("ko", "settings.language_saved"), LONG_S)
    anew = await user.wait_for(lambda message: message.id == shown.id and "한국어" in message.text, LONG_S)
    assert "English" in [button.text for button in flat(anew)]
    sent = await user.send_text("/history")
    await user.wait_for(plain("ko", "history.empty"), LONG_S, after=sent.id)
    chart = await chart_of(house)
    assert "스쿼트" in chart.text
    remark = await user.wait_for(plain("ko", "talk.voice_rules"), LONG_S, after=chart.id)
    assert any("가" <= letter <= "힣" for letter in remark.text)


async def test_a_korean_phone_is_greeted_in_korean(house: House) -> None:
    user = house.sandbox.user(1001, "하나", language_code="ko")
    await user.send_text("/start")
    await user.wait_for(plain("ko", "start.ask_units"), LONG_S)


@pytest.mark.parametrize("command", ["/start", "/help", "/privacy", "/settings", "/history", "/progress", "/reminders"])
async def test_every_command_is_answered_by_somebody_new(house: House, command: str) -> None:
    user = house.sandbox.user(1001)
    await user.send_text(command)
    await user.wait_for(lambda _: True, LONG_S)
    assert not any("went wrong" in text for text in await texts(user))


async def test_the_menu_shows_every_command_in_both_languages(house: House) -> None:
    sent = house.sandbox.calls_of("setMyCommands")
    listed = [[command["command"] for command in call.call.nested("commands")] for call in sent]
    assert len(listed) == 2
    assert listed[0] == listed[1]
    assert {"help", "history", "remind", "settings", "privacy", "export", "forget"} <= set(listed[0])
    shown = {code: house.sandbox.state.bot.commands_for(1001, code)[0]["description"] for code in ("en", "fr", "ko")}
    assert shown["en"] == shown["fr"] != shown["ko"]


async def test_privacy_says_what_is_kept_and_how_to_be_rid_of_it(house: House) -> None:
    user = house.sandbox.user(1001)
    await user.send_text("/privacy")
    said = (await user.wait_for("What I keep", LONG_S)).text
    assert "/export" in said
    assert "/forget" in said


async def test_an_export_holds_everything_of_the_user_and_nothing_of_another(house: House) -> None:
    ada, ben = house.sandbox.user(1001, "Zephyrine"), house.sandbox.user(1002, "Ben")
    chart = await chart_of(house, 1001, file_name="quagmire.mp4")
    remark = await ada.wait_for(is_remark, LONG_S, after=chart.id)
    await ada.send_text("Was that xylophonic?")
    await ada.wait_for(is_remark, LONG_S, after=remark.id)
    await ada.send_text("/remind mon 18:00")
    await ada.wait_for("Mon 18:00", LONG_S)
    await ben.send_text("/start")
    data, names, _ = await exported(ada)
    assert [len(data[subject]) for subject in ("account", "jobs", "sets", "reminders")] == [1, 1, 1, 1]
    assert any("xylophonic" in json.dumps(rows) for rows in data.values())
    assert sum(name.startswith("tracks/") for name in names) == 1
    assert "sets.csv" in names
    theirs, names, everything = await exported(ben)
    assert [len(theirs[subject]) for subject in ("account", "jobs", "sets", "reminders")] == [1, 0, 0, 0]
    assert not any(name.startswith("tracks/") for name in names)
    for word in (b"Zephyrine", b"quagmire", b"xylophonic", b"1001"):
        assert word not in everything


@pytest.mark.parametrize(
    ("corrected", "hold_s", "reps", "held"), [(None, None, "4", ""), (9, None, "9", ""), (None, 40.0, "", "40.0")]
)
def test_the_sheet_of_an_export_tells_the_sets_as_they_hold_on_the_clock_there(
    corrected: int | None, hold_s: float | None, reps: str, held: str
) -> None:
    account = {"language": "ko", "time_zone": "Asia/Seoul"}
    row = {"performed_at": "2026-11-22T23:30:00Z", "measured_exercise": "lunge", "corrected_exercise": "squat"}
    counts = {
        "measured_reps": 5,
        "recounted_reps": 4,
        "corrected_reps": corrected,
        "hold_s": hold_s,
        "weight_kg": 61.23496995,
    }
    rough = replace(FIVE_SQUATS, caveats=(Caveat(Doubt.TIMES_UNSURE),))
    export = Export({"account": [account], "sets": [row | counts | {"report": json.loads(to_json(rough))}]}, {})
    (packed,) = packed_export(export)
    sheet = zipfile.ZipFile(io.BytesIO(packed)).read("sets.csv").decode("utf-8-sig")
    head, line = csv.reader(sheet.splitlines())
    told = dict(zip(head, line, strict=True))
    assert (told["performed_at"], told["exercise"], told["reps"]) == ("2026-11-23 08:30", "스쿼트", reps)
    assert (told["held_s"], told["weight_kg"]) == (held, "61.23")
    assert told["times_rough"] == "yes"
    assert "스프레드시트" in zipfile.ZipFile(io.BytesIO(packed)).read("README.txt").decode()
    assert float(told["time_under_tension_s"]) > float(told["eccentric_s"]) > 0


async def test_what_is_too_large_for_telegram_is_exported_in_several_files(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, _ = house.sandbox.user(1001), await chart_of(house)
    await user.send_text("/export")
    await user.wait_for(lambda message: message.kind == "document", LONG_S)
    monkeypatch.setattr(packed_export, "__defaults__", (1,))  # nothing but the first file's own fits beside it
    sent = await user.send_text("/export")
    first = await user.wait_for("File 1 of 2", LONG_S, after=sent.id)
    second = await user.wait_for("File 2 of 2", LONG_S, after=first.id)
    names = [zipfile.ZipFile(io.BytesIO(one.content or b"")).namelist() for one in (first, second)]
    assert names[0] == ["README.txt", "sets.csv", "data.json"]
    assert len(names[1]) == 1


def test_each_file_of_an_export_is_small_enough_and_no_track_is_lost() -> None:
    tracks = {number: bytes([number]) * 20_000 for number in range(50)}
    packs = packed_export(Export({"account": [], "sets": []}, tracks), most_bytes=100_000)
    files = [zipfile.ZipFile(io.BytesIO(pack)) for pack in packs]
    assert all(len(pack) < 110_000 for pack in packs)
    assert [file.read(name) for file in files for name in file.namelist() if "tracks" in name] == [*tracks.values()]


async def test_forget_asks_first_and_no_keeps_everything(house: House) -> None:
    user, _ = house.sandbox.user(1001), await chart_of(house)
    await user.send_text("/forget")
    await user.press(await user.wait_for("Delete everything", LONG_S), "No, keep it")
    await user.wait_for("nothing was deleted", LONG_S)
    assert await house.services.store.sets.latest_set(1001) is not None


async def test_after_forget_the_buttons_are_dead_and_start_begins_afresh(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await chart_of(house, 1002)
    await user.send_text("/forget")
    asked = await user.wait_for("Delete everything", LONG_S)
    assert len(flat(asked)) == 2
    await user.press(asked, "Yes, delete everything")
    await user.wait_for("forgotten", LONG_S)
    assert await house.services.store.account.user(1001) is None
    assert "no longer" in (await (await user.press(chart, "Fix the count")).answered()).text
    await user.send_text("/start")
    await user.wait_for("Which unit", LONG_S)
    assert await house.services.store.sets.latest_set(1002) is not None


@pytest.mark.parametrize("command", ["settings", "remind"])
async def test_a_page_that_is_no_answer_is_not_said_again_in_full(house: House, command: str) -> None:
    user = house.sandbox.user(1001)
    sent = await user.send_text(f"/{command} {'x' * 4050}")
    assert "xxx…”" in (await user.wait_for("I don't", LONG_S, after=sent.id)).text
