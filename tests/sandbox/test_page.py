"""The phone's page in headless Chromium, with the scripted bot at the other end."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect
from telegram import Bot, BotCommand, InlineKeyboardMarkup, InputMediaPhoto, ReplyKeyboardMarkup

from bot.sandbox import Limits, Sandbox, SandboxUser
from tests.sandbox.scripted import application, bot_for, keyboard, png, polling

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG_MS = 60_000  # only a test that fails waits so long; the machine may be busy
SHOWN_S = 600.0  # what the bot is doing stays on the page until a message comes, however slowly the test runs
PHONE = (390, 844)
DESKTOP = (1280, 900)

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium, one for all tests of this file, which is why they share an event loop."""
    async with async_playwright() as playwright:
        expect.set_options(timeout=LONG_MS)
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=2 * LONG_MS)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox of the test's own, on the shared event loop."""
    async with Sandbox(limits=Limits(chat_action_lifetime_s=SHOWN_S, draft_lifetime_s=SHOWN_S)) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def bot(sandbox: Sandbox, ada: SandboxUser) -> AsyncIterator[Bot]:
    """A bot that can write to Ada, on the shared event loop."""
    async with bot_for(sandbox) as client:
        yield client


@asynccontextmanager
async def _phone(
    browser: Browser, sandbox: Sandbox, user_id: int = 1001, size: tuple[int, int] = PHONE
) -> AsyncIterator[Page]:
    """The page, connected; a script error or a refused request on it fails the test."""
    page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.set_default_timeout(LONG_MS)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    await page.goto(f"{sandbox.phone_url}?user={user_id}")
    await expect(page.locator("#status")).to_have_text("bot")
    yield page
    await page.close()
    assert complaints == []


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, sandbox: Sandbox, ada: SandboxUser) -> AsyncIterator[Page]:
    """Ada's phone."""
    async with _phone(browser, sandbox) as opened:
        yield opened


async def test_start_text_and_a_press(page: Page, sandbox: Sandbox, ada: SandboxUser) -> None:
    async with polling(application(sandbox)):
        await page.get_by_role("button", name="Start").click()
        await expect(page.locator(".row:not(.out) b")).to_have_text("Welcome")
        await expect(page.locator("#hint")).to_be_hidden()
        await page.get_by_role("button", name="Yes").click()
        await expect(page.locator("#toast")).to_have_text("You pressed yes")
        await expect(page.get_by_text("Pressed: yes")).to_be_visible()
        await expect(page.locator(".inline")).to_have_count(0)
        await page.get_by_label("Message", exact=True).fill("hello\nthere")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("You said: hello")).to_be_visible()
    assert [message.text for message in ada.everything if not message.from_bot] == ["/start", "hello\nthere"]


async def test_an_alert_waits_for_ok(page: Page, sandbox: Sandbox) -> None:
    async with polling(application(sandbox)):
        await page.get_by_role("button", name="Start").click()
        await page.get_by_role("button", name="Alert").click()
        await expect(page.locator("#alert-text")).to_have_text("You pressed alert")
        await page.get_by_role("button", name="OK").click()
        await expect(page.locator("#alert")).to_be_hidden()


async def test_a_button_shows_that_it_waits(page: Page, bot: Bot) -> None:
    await bot.send_message(1001, "press", reply_markup=keyboard("Go"))
    await page.get_by_role("button", name="Go").click()
    await expect(page.locator("button.waiting")).to_have_count(1)
    (update,) = await bot.get_updates(timeout=45)
    assert update.callback_query is not None
    await bot.answer_callback_query(update.callback_query.id)
    await expect(page.locator("button.waiting")).to_have_count(0)


async def test_a_draft_grows_and_becomes_the_message(page: Page, bot: Bot) -> None:
    await bot.send_message_draft(1001, 5, "")
    await expect(page.locator(".draft .thinking")).to_be_visible()
    for text in ("Keep", "Keep your <b>chest</b>"):
        await bot.send_message_draft(1001, 5, text, parse_mode="HTML")
        await expect(page.locator(".draft .words")).to_have_text(text.replace("<b>", "").replace("</b>", ""))
    await expect(page.locator(".draft")).to_have_count(1)
    await bot.send_message(1001, "Keep your chest up.")
    await expect(page.locator(".draft")).to_have_count(0)
    await expect(page.get_by_text("Keep your chest up.")).to_be_visible()


async def test_what_the_bot_is_doing_stands_under_its_name(page: Page, bot: Bot) -> None:
    await bot.send_chat_action(1001, "upload_photo")
    await expect(page.locator("#status")).to_have_text("sending a photo")
    await bot.send_photo(1001, png(90, 60), caption="the chart")
    await expect(page.locator("#status")).to_have_text("bot")


async def test_a_photo_opens_and_closes(page: Page, bot: Bot) -> None:
    await bot.send_photo(1001, png(300, 200), caption="the chart")
    await page.get_by_role("button", name="Open the photo").click()
    await expect(page.locator("#stage img")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).to_be_hidden()
    await expect(page.locator("#stage img")).to_have_count(0)


async def test_edits_and_deletions_show_at_once(page: Page, bot: Bot) -> None:
    sent = await bot.send_message(1001, "reading the clip")
    await sent.edit_text("counting")
    await expect(page.locator(".words")).to_have_text("counting")
    await expect(page.locator(".time")).to_contain_text("edited")
    await sent.delete()
    await expect(page.locator(".row")).to_have_count(0)
    await expect(page.locator("#hint")).to_be_visible()


@pytest.mark.parametrize(("as_file", "kind"), [(False, "photo"), (True, "document")])
async def test_a_picked_file_is_sent(
    page: Page, ada: SandboxUser, sandbox: Sandbox, tmp_path: Path, as_file: bool, kind: str
) -> None:
    picture = tmp_path / "front.png"
    picture.write_bytes(png(120, 80))
    await page.get_by_label("Files to send").set_input_files(picture)
    await expect(page.locator("#previews img")).to_be_visible()
    await page.get_by_label("Send as file").set_checked(as_file)
    await page.get_by_label("Caption").fill("from the front")
    await page.locator("#confirm").click()
    await expect(page.locator(".row.out .words")).to_have_text("from the front")
    await expect(page.locator(".uploading")).to_have_count(0)
    assert [(message.kind, message.content) for message in ada.everything] == [(kind, png(120, 80))]


async def test_a_clip_is_sent_as_a_video_with_what_the_browser_reads(
    browser: Browser, tmp_path: Path, make_clip: Callable[[Path], None]
) -> None:
    clip = tmp_path / "sample.mp4"
    make_clip(clip)
    async with Sandbox(samples=[clip]) as sandbox, _phone(browser, sandbox) as page, polling(application(sandbox)):
        ada = sandbox.user(1001)
        await page.get_by_role("button", name="Attach").click()
        await page.get_by_role("menuitem", name="Send the sample clip").click()
        await page.locator("#confirm").click()
        await expect(page.get_by_text(f"{clip.stat().st_size} bytes")).to_be_visible()
        video = ada.everything[0].raw["video"]
        assert (video["duration"], video["width"], video["height"]) == (2, 96, 128)
        await page.get_by_role("button", name="Play the video").click()
        await page.locator("#stage video").evaluate(
            "clip => new Promise(done => { clip.ontimeupdate = () => clip.currentTime > 0.1 && done(); })"
        )


async def test_a_sample_log_is_sent_as_a_file(browser: Browser, tmp_path: Path) -> None:
    log = tmp_path / "sample log.csv"
    log.write_text("t,x\n0,1\n")
    async with Sandbox(samples=[log]) as sandbox, _phone(browser, sandbox) as page, polling(application(sandbox)):
        await page.get_by_role("button", name="Attach").click()
        await page.get_by_role("menuitem", name="Send the sample log").click()
        await page.locator("#confirm").click()
        await expect(page.locator(".row.out .file b")).to_have_text("sample log.csv")
        (sent,) = [message for message in sandbox.user(1001).everything if not message.from_bot]
        assert (sent.kind, sent.content) == ("document", log.read_bytes())


async def test_a_dropped_file_is_offered_and_an_answer_quotes_its_name(page: Page, bot: Bot, ada: SandboxUser) -> None:
    await page.evaluate(
        """() => { const carried = new DataTransfer();
        carried.items.add(new File(["t,x\\n1,2\\n"], "log.csv", {type: "text/csv"}));
        document.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true})); }"""
    )
    await expect(page.get_by_text("log.csv")).to_be_visible()
    await page.locator("#confirm").click()
    await expect(page.locator(".file b")).to_have_text("log.csv")
    assert ada.everything[0].file_name == "log.csv"
    await bot.send_message(ada.id, "10 reps", reply_to_message_id=ada.everything[0].id)
    await expect(page.locator(".quote")).to_have_text("log.csv")


async def test_what_anyone_writes_stays_text(browser: Browser, sandbox: Sandbox, bot: Bot) -> None:
    attack = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    eve = sandbox.user(666, attack, last_name=attack)
    await bot.set_my_name("<b>Spotter</b>")
    await bot.set_my_commands([BotCommand("x", attack)])
    async with _phone(browser, sandbox, 666) as page:
        await eve.send_text(attack)
        await eve.send_document(attack.encode(), file_name=attack.replace("/", ""), mime_type="text/html")
        await bot.send_message(666, attack, reply_markup=keyboard(attack[:40]))
        await bot.send_message_draft(666, 1, attack)
        await expect(page.locator(".draft .words")).to_have_text(attack)
        await expect(page.locator(".row.out .words")).to_have_text(attack)
        await expect(page.locator("#name")).to_have_text("<b>Spotter</b>")
        await page.get_by_role("button", name="Commands").click()
        await expect(page.locator("#commands")).to_contain_text(attack)
        assert await page.title() == "<b>Spotter</b>"
        assert await page.locator("#messages img, #messages script, #commands img, #people img").count() == 0


async def test_a_link_that_is_no_web_address_is_no_link(page: Page, bot: Bot) -> None:
    await bot.send_message(
        1001, '<a href="javascript:alert(1)">bad</a> <a href="https://x.org">good</a>', parse_mode="HTML"
    )
    await expect(page.locator(".words")).to_have_text("bad good")
    assert await page.locator(".words a").evaluate_all("links => links.map(link => link.href)") == ["https://x.org/"]


async def test_the_command_menu_filters_and_sends(page: Page, bot: Bot, ada: SandboxUser) -> None:
    await bot.set_my_commands(
        [BotCommand("start", "Begin"), BotCommand("history", "Your sets"), BotCommand("help", "Help")]
    )
    await page.get_by_label("Message", exact=True).press_sequentially("/h")
    await expect(page.get_by_role("option")).to_have_text(["/historyYour sets", "/helpHelp"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".row.out .words")).to_have_text("/help")
    assert [message.text for message in ada.everything] == ["/help"]


async def test_commands_that_come_after_the_first_letters_are_offered(page: Page, bot: Bot) -> None:
    await page.get_by_label("Message", exact=True).press_sequentially("/h")
    await bot.set_my_commands([BotCommand("history", "Your sets")])
    await expect(page.get_by_role("option")).to_have_text(["/historyYour sets"])


async def test_a_reply_keyboard_comes_and_goes(page: Page, bot: Bot, ada: SandboxUser) -> None:
    await bot.send_message(1001, "kg or lb?", reply_markup=ReplyKeyboardMarkup([["kg", "lb"]], one_time_keyboard=True))
    await page.get_by_role("button", name="kg", exact=True).click()
    await expect(page.locator("#keyboard")).to_be_hidden()
    await expect(page.locator(".row.out .words")).to_have_text("kg")


async def test_an_album_is_one_bubble_and_a_sticker_none(page: Page, bot: Bot, ada: SandboxUser) -> None:
    await bot.send_media_group(1001, [InputMediaPhoto(png(30, 20)), InputMediaPhoto(png(20, 30))])
    await ada.send_sticker(b"no picture", emoji="🏋")
    await expect(page.locator(".album .media")).to_have_count(2)
    await expect(page.locator(".bare")).to_contain_text("🏋")


async def test_the_page_comes_back_after_the_connection_was_lost(page: Page, bot: Bot, sandbox: Sandbox) -> None:
    gone = await bot.send_message(1001, "deleted while away")
    await expect(page.locator(".words")).to_have_text("deleted while away")
    await page.context.set_offline(True)
    sandbox.state.closing.set()
    sandbox.user(1001).chat.publish({"type": "closing"})
    await expect(page.locator("#status")).to_have_text("connecting…")
    sandbox.state.closing.clear()
    await gone.delete()
    await bot.send_message(1001, "sent while away")
    await page.context.set_offline(False)
    await expect(page.locator(".words")).to_have_text("sent while away")


@pytest.mark.parametrize("size", [PHONE, DESKTOP, (320, 568)])
async def test_nothing_hangs_over_the_edge(browser: Browser, sandbox: Sandbox, bot: Bot, size: tuple[int, int]) -> None:
    long_row = InlineKeyboardMarkup([keyboard(*(f"Choice {number}" for number in range(4))).inline_keyboard[0]])
    await bot.send_photo(1001, png(1200, 900), caption="w" * 200, reply_markup=long_row)
    await bot.send_message(1001, "https://example.org/" + "a" * 300)
    async with _phone(browser, sandbox, size=size) as page:
        await expect(page.locator(".row")).to_have_count(2)
        edges = await page.evaluate(
            """() => { const phone = document.querySelector("#phone").getBoundingClientRect();
            const inside = [...document.querySelectorAll("#phone :is(.bubble, .inline, .composer *, .bar *)")]
              .map(element => element.getBoundingClientRect()).filter(box => box.width);
            return [document.documentElement.scrollWidth - innerWidth,
              Math.max(...inside.map(box => box.right)) - phone.right,
              phone.left - Math.min(...inside.map(box => box.left))]; }"""
        )
        assert max(edges) <= 0


async def test_two_people_see_two_conversations(browser: Browser, sandbox: Sandbox, bot: Bot) -> None:
    sandbox.user(1002, "Ben")
    await bot.send_message(1002, "for Ben alone")
    async with _phone(browser, sandbox) as page:
        await expect(page.locator("#hint")).to_be_visible()
        await page.get_by_role("button", name="Who holds the phone").click()
        await page.get_by_role("menuitemradio", name="Ben").click()
        await expect(page.locator(".words")).to_have_text("for Ben alone")


async def test_it_can_be_used_with_the_keyboard_alone(page: Page, bot: Bot, ada: SandboxUser) -> None:
    await bot.send_message(1001, "press", reply_markup=keyboard("Go"))
    await page.get_by_role("button", name="Go").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("button.waiting")).to_have_count(1)
    await page.get_by_role("button", name="Attach").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Photo or video")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="File")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Attach")).to_be_focused()


async def test_a_clip_of_unsaid_size_takes_its_own_shape(
    page: Page, ada: SandboxUser, tmp_path: Path, make_clip: Callable[[Path], None]
) -> None:
    make_clip(tmp_path / "clip.mp4")
    await ada.send_video((tmp_path / "clip.mp4").read_bytes())
    await expect(page.locator(".media")).to_have_css("aspect-ratio", "0.75 / 1")


async def test_a_reader_further_up_is_not_pulled_down(page: Page, bot: Bot) -> None:
    for number in range(25):
        await bot.send_message(1001, f"line {number}")
    await expect(page.get_by_text("line 24")).to_be_in_viewport()
    await page.locator("#chat").evaluate("chat => { chat.scrollTop = 0; }")
    await expect(page.locator("#down")).to_be_visible()
    await bot.send_message(1001, "news")
    await expect(page.locator("#unread")).to_have_text("1")
    await expect(page.get_by_text("news")).not_to_be_in_viewport()
    await page.get_by_role("button", name="To the newest message").click()
    await expect(page.get_by_text("news")).to_be_in_viewport()
    await expect(page.locator("#unread")).to_be_hidden()
