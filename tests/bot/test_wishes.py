"""What a command does can be asked for in plain words, and a place, a weight or a chart be pointed at as on a phone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import Sandbox, SandboxUser
from bot.sentences import LANGUAGES, plain
from bot.sets.removal import MINUTES
from bot.wish import Wish, wish
from pipeline.values import Recognition
from tests.bot.house import House, ScriptedExecutor, living, measured
from tests.bot.phone import chart_of, is_remark
from tests.pipeline.reports import FIVE_SQUATS


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("Remind me every monday at 6pm", "remind", "every monday at 6pm"),
        ("can you remind me to train mon wed fri 18:00 please?", "remind", "mon wed fri 18:00"),
        ("remind me every evening at 7 to work out", "remind", "every evening at 7"),
        (
            "hey can you remind me on thursday at seven in the evening to do this again",
            "remind",
            "thursday at seven in the evening",
        ),
        ("remind me monday to friday at 6pm", "remind", "monday to friday at 6pm"),
        ("set a timer for ninety seconds", "remind", "ninety seconds"),
        ("can you time my rest for 90 secs", "remind", "90 secs"),
        ("remind me on fridays", "remind", "fridays"),
        ("can you remind me tomorrow", "remind", "tomorrow"),
        ("remind me tomorrow at 7am", "remind", "tomorrow at 7am"),
        ("remind me to do my squats tomorrow at 6pm", "remind", "tomorrow at 6pm squats"),
        ("remind me every other day at 7am to do yoga please", "remind", "every other day at 7am yoga"),
        ("remind me to do sun salutations every day at 7am", "remind", "every day at 7am"),  # "sun" would be a day
        ("remind me to do them every morning at 9", "remind", "every morning at 9"),
        ("set a timer for 2 minutes", "remind", "2 minutes"),
        ("90 second rest timer please", "remind", "90 second"),
        ("2분 타이머 맞춰줘", "remind", "2분"),
        ("30분 뒤에 알려줘", "remind", "30분 뒤"),
        ("월수금 저녁 7시에 알려줘", "remind", "월수금 저녁 7시"),
        ("pause my reminders for two weeks", "pause", "for two weeks"),
        ("skip today's reminder", "pause", "today"),
        ("알림 목록 보여줘", "reminders", ""),
        ("알림 2주 동안 꺼줘", "pause", "2주 동안"),
        ("언어 영어로 바꿔줘", "settings", "영어"),
        ("파운드로", "settings", "파운드"),
        ("시간대 바꾸고 싶어", "settings", ""),
        ("서울이야", "settings", "서울"),
        ("set language korean", "settings", "korean"),
        ("도움말", "help", ""),
        ("poke me thursday 5.30 am, deadlifts", "remind", "thursday 5.30 am"),
        ("hey remind me in like forty five minutes to stretch", "remind", "forty five minutes"),
        ("매일 아침 열시에 알려주실 수 있어요?", "remind", "매일 아침 열시에"),
        ("stop the reminders", "reminders", ""),
        ("알림 꺼줘", "reminders", ""),
        ("stop reminding me", "reminders", ""),
        ("turn off notifications", "reminders", ""),
        ("no more reminders pls", "reminders", ""),
        ("when is my next reminder?", "reminders", ""),
        ("알림 그만", "reminders", ""),
        ("cancel my monday reminder", "reminders", ""),
        ("what is set", "reminders", ""),
        ("What's currently turned on?", "reminders", ""),
        ("which reminders are on", "reminders", ""),
        ("뭐가 켜져 있어?", "reminders", ""),
        ("지금 알림 뭐 설정돼 있어요", "reminders", ""),
        ("lbs", "settings", "lbs"),
        ("how do i switch to lbs", "settings", "lbs"),
        ("show me everything in pounds pls", "settings", "pounds"),
        ("change units to kg", "settings", "kg"),
        ("change language to korean", "settings", "korean"),
        ("파운드로 바꿔줘", "settings", "파운드"),
        ("how much is 100 kg in lbs", "convert", "100 kg in lbs"),
        ("how many pounds is 100kg?", "convert", "100kg in pounds"),
        ("225 lbs to kg", "convert", "225 lbs to kg"),
        ("100킬로 몇 파운드야?", "convert", "100킬로 in 파운드"),
        ("I live in Seoul", "settings", "seoul"),
        ("i’m in New York now", "settings", "new york now"),
        ("my time zone is UTC+9", "settings", "utc+9"),
        ("서울에 살아요", "settings", "서울"),
        ("나 부산 살아", "settings", "부산"),
        ("use pounds", "settings", "pounds"),
        ("please switch to kg", "settings", "kg"),
        ("speak Korean please", "settings", "korean"),
        ("한국어로 말해 줘", "settings", "한국어"),
        ("Settings", "settings", ""),
        ("show my history", "history", ""),
        ("help!", "help", ""),
        ("export my data", "export", ""),
        ("Delete everything about me!", "forget", ""),
        ("내 데이터 다 지워줘", "forget", ""),
        ("undo", "undo", ""),
        ("undo the deletion", "undo", ""),
        ("bring my last set back please", "undo", ""),
        ("Restore the set i just deleted", "undo", ""),
        ("oops i deleted the wrong set", "undo", ""),
        ("i deleted it by accident", "undo", ""),
        ("change it back", "undo", ""),
        ("no, put the count back to what it was", "undo", ""),
        ("go back to the old count", "undo", ""),
        ("횟수 원래대로 돌려줘", "undo", ""),
        ("다시 되돌려 놔", "undo", ""),
        ("삭제 취소해줘", "undo", ""),
        ("방금 지운 세트 되돌려줘", "undo", ""),
        ("실수로 지웠어", "undo", ""),
        ("delete the last set", "remove", ""),
        ("Delete that please", "remove", ""),
        ("scrap that last one", "remove_which", ""),
        ("remove my last clip", "remove", ""),
        ("방금 세트 지워줘", "remove", ""),
        ("마지막 거 삭제해 줘", "remove", ""),
        ("how do I delete one set?", "remove_which", ""),
        ("delete set 2", "remove_which", ""),
        ("delete the squat set from yesterday", "remove_which", ""),
        ("어제 세트 하나 지워줘", "remove_which", ""),
    ],
)
def test_plain_words_are_taken_for_the_command_they_mean(text: str, command: str, argument: str) -> None:
    assert wish(text) == Wish(command, argument)


@pytest.mark.parametrize(
    "text",
    [
        "remind me what i did last time",
        "i'm in pain",
        "i live in a small flat",
        "i used 60 pounds",
        "how do i delete my data",
        "should i use kilos or pounds",
        "in pounds",
        "delete",
        "how do i recover",
        "restore my energy",
        "bring my knees back",
        "change my back squat",
        "what is a set",
        "what is set 2",
        "go back to squats",
        "뭐가 문제야",
        "is my data private?",
        "+1이에요",
        "스쿼트예요",
        "알림이 뭐예요",
        "can i change my grip for the next set",
        "remind me every monday at 6pm " + "because " * 20,
    ],
)
def test_other_talk_is_the_coachs(text: str) -> None:
    assert wish(text) is None


@given(st.text(max_size=60) | st.text("remind me in seoul 알림 delete my data 6pm", max_size=60))
def test_any_text_is_a_wish_or_none(text: str) -> None:
    found = wish(text)
    assert found is None or found.command


async def told(user: SandboxUser, text: str, words: str, *, reply_to: int = 0) -> None:
    """The answer to `text` holds these words."""
    sent = await user.send_text(text, reply_to=reply_to)
    await user.wait_for(words, after=sent.id)


async def test_wishes_do_what_their_commands_do(house: House) -> None:
    user = house.sandbox.user(1001)
    await told(user, "use pounds", "Weights in lb")
    await told(user, "remind me on mondays at 6pm", "Mon 18:00")
    await told(user, "show my reminders", "Your reminders")
    await told(user, "delete my data", "Delete everything")
    await told(user, "undo that", plain("en", "talk.undo", minutes=MINUTES))
    await told(user, "remove this set", plain("en", "history.empty"))
    await told(user, "how do i delete one set", "reply to the chart")
    await told(user, "how much is 100 kg in lbs", "100 kg is 220.5 lb")
    await told(user, "100파운드는 몇 킬로야", "100 lb is 45.4 kg")
    await told(user, "speak korean", plain("ko", "settings.language_saved"))
    account = await house.services.store.account.user(1001)
    assert account is not None
    assert (account.units, account.language) == ("lb", "ko")


async def test_who_is_asked_where_they_are_may_type_the_place(house: House) -> None:
    user = house.sandbox.user(1001)
    await told(user, "Seoul", "Asia/Seoul")
    sent = await user.send_text("Berlin")
    await user.wait_for(is_remark, after=sent.id)  # known already: the coach is asked
    await told(user, "i moved to Berlin", "Europe/Berlin")


async def test_a_reply_to_an_old_chart_is_about_that_set(sandbox: Sandbox, tmp_path: Path) -> None:
    lunges = replace(FIVE_SQUATS, recognition=Recognition("lunge", 0.97), reps=FIVE_SQUATS.reps[:3])
    executor = ScriptedExecutor(measured(lunges))
    async with living(sandbox, tmp_path, executor) as house:
        user, old = sandbox.user(1001), await chart_of(house)
        await user.wait_for(is_remark, after=old.id)
        executor.answer = measured()
        new = await chart_of(house)
        await user.wait_for(is_remark, after=new.id)
        await told(user, "how many reps", "5 complete reps of squat")
        await told(user, "how many reps", "3 complete reps of lunge", reply_to=old.id)
        await told(user, "this was 50 kg", "Lunge with 50 kg", reply_to=old.id)
        await told(user, "60 kg", "Squat with 60 kg")
        rows = await house.services.store.sets.sets_of(1001, 10)
        assert [row.weight_kg for row in rows] == [60.0, 50.0]


async def test_a_button_under_a_chart_is_about_the_set_although_a_photo_came_later(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, after=chart.id)
    sent = await user.send_photo(b"\xff\xd8\xff\xe0" + bytes(200))
    await user.wait_for(lambda message: message.kind == "photo", after=sent.id)
    await told(user, "how was my tempo", "A photo is one moment")
    await told(user, "how was my tempo", "Your tempo", reply_to=chart.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_name_the_buttons_as_they_are_written(language: str) -> None:
    named = (plain(language, "button.fix_count"), plain(language, "button.wrong_exercise"))
    assert all(label in plain(language, "talk.undo", minutes=MINUTES) for label in named)
    assert plain(language, "button.undrop") in plain(language, "removal.done", minutes=MINUTES)
