// The page: who holds the phone, what stands in the conversation, and what happens in it.

import { draftRow, messageRow, uploadRow } from "./bubbles.js";
import { readyComposer } from "./composer.js";
import { byId, dayName, dropDown, make, toast } from "./dom.js";
import { readyViewer, setUser } from "./media.js";
import { ask, listen, upload } from "./wire.js";

const NEAR_PX = 90;
const TOGETHER_S = 300;
const WAITING_MS = 30_000;
const DOING = {
  typing: "typing", upload_photo: "sending a photo", record_video: "recording a video", upload_video: "sending a video",
  upload_document: "sending a file", record_voice: "recording", upload_voice: "sending a voice message",
  choose_sticker: "choosing a sticker", record_video_note: "recording a video message", upload_video_note: "sending a video message", find_location: "looking for a place",
};

const [chat, list] = [byId("chat"), byId("messages")];
const messages = new Map();
const rows = new Map();
const drafts = new Map();
const waiting = new Map();
const answered = new Set();
let reactions = {};
let unread = 0;
let statusTimer = 0;
let connected = false;
let composer;
let home = "";

const does = {
  command: (text) => say(text),
  press: async (message, button, element) => {
    if (element.classList.contains("waiting")) return;
    element.classList.add("waiting");
    setTimeout(() => element.classList.remove("waiting"), WAITING_MS);
    try {
      const { query_id: query } = await ask(`${home}/press`, { message_id: message.message_id, data: button.callback_data });
      if (answered.has(query)) element.classList.remove("waiting");
      else waiting.set(query, element);
    } catch (error) {
      element.classList.remove("waiting");
      toast(error.message);
    }
  },
};

function say(text) {
  scrollDown();
  ask(`${home}/text`, { text }).catch((error) => toast(error.message));
}

async function sendFiles(files, caption) {
  const { row, progress } = uploadRow(files.map(({ file }) => file.name));
  keepingPlace(() => list.append(row), true);
  try {
    await upload(`${home}/media`, files, caption, progress);
  } catch (error) {
    toast(error.message);
  }
  row.remove();
  tidy();
}

// --- scrolling -------------------------------------------------------------------------------------------------------

const nearEnd = () => chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR_PX;
const scrollDown = () => { chat.scrollTop = chat.scrollHeight; };

function keepingPlace(change, follow = false) {
  const stay = follow || nearEnd();
  change();
  tidy();
  if (stay) scrollDown();
  return stay;
}

function showUnread(count) {
  unread = count;
  byId("unread").textContent = String(count);
  byId("unread").hidden = !count;
}

function readyScrolling() {
  chat.addEventListener("scroll", () => {
    byId("down").hidden = nearEnd();
    if (nearEnd()) showUnread(0);
  }, { passive: true });
  byId("down").addEventListener("click", () => chat.scrollTo({ top: chat.scrollHeight, behavior: "smooth" }));
  chat.addEventListener("load", () => { if (nearEnd()) scrollDown(); }, true);
  new ResizeObserver(() => { if (byId("down").hidden) scrollDown(); }).observe(chat);
}

// --- rows ------------------------------------------------------------------------------------------------------------

const keyOf = (message) => (message.media_group_id ? `album ${message.media_group_id}` : `message ${message.message_id}`);
const together = (key) => [...messages.values()].filter((message) => keyOf(message) === key);

function draw(key) {
  const shown = together(key);
  const before = rows.get(key);
  if (!shown.length) return;
  const row = messageRow(shown, reactions[shown[0].message_id], does);
  rows.set(key, row);
  if (before) before.replaceWith(row);
  else list.insertBefore(row, [...drafts.values()][0]?.row ?? null);
}

function put(message, fresh) {
  const grown = message.from.is_bot && endDrafts();
  messages.set(message.message_id, message);
  draw(keyOf(message));
  if (fresh && !grown) rows.get(keyOf(message)).classList.add("fresh");
}

// An edit of the buttons alone leaves no mark, as in Telegram's own apps.
function change(message) {
  const before = messages.get(message.message_id) || {};
  const same = before.text === message.text && before.caption === message.caption;
  messages.set(message.message_id, same ? { ...message, edit_date: before.edit_date } : message);
  draw(keyOf(message));
}

function drop(ids) {
  for (const id of ids) {
    const key = messages.has(id) ? keyOf(messages.get(id)) : "";
    messages.delete(id);
    if (!rows.has(key)) continue;
    if (together(key).length) draw(key);
    else { rows.get(key).remove(); rows.delete(key); }
  }
}

// Tails, day marks and the hint follow from what stands in the list.
function tidy() {
  for (const mark of list.querySelectorAll(".day")) mark.remove();
  const all = [...list.children];
  let day = "";
  all.forEach((row, number) => {
    const next = all[number + 1];
    const ends = !next || next.dataset.side !== row.dataset.side || (next.dataset.date ?? 0) - (row.dataset.date ?? 0) > TOGETHER_S;
    row.classList.toggle("last", ends);
    if (row.dataset.date && dayName(row.dataset.date) !== day) {
      day = dayName(row.dataset.date);
      row.before(make("div", { className: "day" }, day));
    }
  });
  byId("hint").hidden = !connected || all.length > 0;
}

// --- drafts ----------------------------------------------------------------------------------------------------------

function showDraft(draft, lifetime) {
  const before = drafts.get(draft.draft_id);
  const row = draftRow(draft, does);
  if (before) before.row.replaceWith(row);
  else { row.classList.add("fresh"); list.append(row); }
  clearTimeout(before?.timer);
  const timer = setTimeout(() => { endDraft(draft.draft_id); tidy(); }, lifetime * 1000);
  drafts.set(draft.draft_id, { row, timer });
}

function endDraft(id) {
  clearTimeout(drafts.get(id).timer);
  drafts.get(id).row.remove();
  drafts.delete(id);
}

function endDrafts() {
  const some = drafts.size > 0;
  for (const id of [...drafts.keys()]) endDraft(id);
  return some;
}

// --- events ----------------------------------------------------------------------------------------------------------

function status(text, seconds = 0) {
  clearTimeout(statusTimer);
  byId("status").textContent = text || (connected ? "bot" : "connecting…");
  byId("status").classList.toggle("busy", seconds > 0);
  if (seconds) statusTimer = setTimeout(() => status(""), seconds * 1000);
}

function profile({ name, description, commands }) {
  document.title = name;
  byId("name").textContent = name;
  if (description) byId("description").textContent = description;
  composer.commands(commands);
}

function snapshot(event) {
  connected = true;
  status("");
  profile(event.profile);
  byId("sample").hidden = !event.sample;
  const kept = new Set(event.messages.map((message) => message.message_id));
  reactions = event.reactions;
  keepingPlace(() => {
    endDrafts();
    drop([...messages.keys()].filter((id) => !kept.has(id)));
    for (const message of event.messages) {
      if (JSON.stringify(messages.get(message.message_id)) !== JSON.stringify(message)) put(message, false);
    }
    for (const draft of event.drafts) showDraft(draft, event.lifetime_s);
  }, !rows.size);
  composer.keyboard(event.keyboard);
}

function answer({ query_id: query, text, show_alert: alert, url }) {
  answered.add(query);
  waiting.get(query)?.classList.remove("waiting");
  waiting.delete(query);
  if (url && /^https?:/i.test(url)) window.open(url, "_blank", "noopener");
  if (!text) return;
  if (!alert) return toast(text);
  byId("alert-text").textContent = text;
  return byId("alert").showModal();
}

const happens = {
  snapshot,
  answer,
  message: ({ message }) => {
    const mine = !message.from.is_bot;
    if (!mine) status("");
    if (!keepingPlace(() => put(message, true), mine) && !mine) showUnread(unread + 1);
  },
  edited: ({ message }) => keepingPlace(() => change(message)),
  deleted: ({ message_ids: ids }) => keepingPlace(() => drop(ids)),
  draft: ({ draft, lifetime_s: seconds }) => keepingPlace(() => showDraft(draft, seconds)),
  keyboard: ({ markup }) => keepingPlace(() => composer.keyboard(markup)),
  action: ({ action, lifetime_s: seconds }) => status(DOING[action], seconds),
  profile: ({ profile: shown }) => profile(shown),
  reaction: ({ message_id: id, reactions: shown }) => keepingPlace(() => { reactions[id] = shown; if (messages.has(id)) draw(keyOf(messages.get(id))); }),
};

// --- who holds the phone ---------------------------------------------------------------------------------------------

const hue = (id) => `hue-${Number(id) % 4}`;
const initial = (person) => person.first_name.slice(0, 1).toUpperCase();

function readyPeople(people, me) {
  byId("person").textContent = initial(me);
  byId("person").classList.add(hue(me.id));
  byId("person").title = me.first_name;
  byId("people").replaceChildren(...people.map((person) =>
    make("a", { href: `/?user=${person.id}`, role: "menuitemradio", "aria-checked": String(person.id === me.id) },
      make("span", { className: `avatar person ${hue(person.id)}`, "aria-hidden": "true" }, initial(person)), person.first_name)));
  dropDown(byId("person"), byId("people"));
}

async function begin() {
  const people = await ask("/phone/users");
  const wanted = Number(new URLSearchParams(location.search).get("user")) || people[0].id;
  const me = people.find((person) => person.id === wanted) || { id: wanted, first_name: `Guest ${wanted}` };
  home = `/phone/${wanted}`;
  setUser(wanted);
  readyPeople(people, me);
  readyViewer();
  readyScrolling();
  composer = readyComposer({ text: say, files: sendFiles });
  byId("start").addEventListener("click", () => say("/start"));
  listen(`${home}/events`, (event) => happens[event.type]?.(event), (open) => { connected = open; status(""); });
}

begin().catch((error) => { byId("status").textContent = error.message; });
