// What stands in the conversation: rows for messages, albums, drafts and uploads, and where the reader is in it.

import { draftRow, messageRow, uploadRow } from "./bubbles.js";
import { byId, dayName, make } from "./dom.js";

const NEAR_PX = 90;
const TOGETHER_S = 300;

const [chat, list] = [byId("chat"), byId("messages")];
const messages = new Map();
const rows = new Map();
const drafts = new Map();
let reactions = {};
let unread = 0;
let does;

// `actions` has command(text) and press(message, button, element).
export function readyConversation(actions) {
  does = actions;
  readyScrolling();
}

// Everything there is, after a connection: what did not change stays as it is.
export function showAll(event) {
  const kept = new Set(event.messages.map((message) => message.message_id));
  reactions = event.reactions;
  keepingPlace(() => {
    endDrafts();
    drop([...messages.keys()].filter((id) => !kept.has(id)));
    for (const message of event.messages) {
      if (JSON.stringify(messages.get(message.message_id)) !== JSON.stringify(message)) put(message, false);
    }
    for (const draft of event.drafts) putDraft(draft, event.lifetime_s);
  }, !rows.size);
}

export function showMessage(message) {
  const mine = !message.from.is_bot;
  if (!keepingPlace(() => put(message, true), mine)) showUnread(unread + 1);
}

export const showEdit = (message) => keepingPlace(() => change(message));
export const showDeletion = (ids) => keepingPlace(() => drop(ids));
export const showDraft = (draft, seconds) => keepingPlace(() => putDraft(draft, seconds));

export function showReaction(id, shown) {
  reactions[id] = shown;
  if (messages.has(id)) keepingPlace(() => draw(keyOf(messages.get(id))));
}

// A row for files on their way; `progress` moves its bar, `done` takes it away.
export function showUpload(names) {
  const { row, progress } = uploadRow(names);
  keepingPlace(() => list.append(row), true);
  return { progress, done: () => keepingPlace(() => row.remove()) };
}

// --- scrolling -------------------------------------------------------------------------------------------------------

const nearEnd = () => chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR_PX;
export const scrollDown = () => { chat.scrollTop = chat.scrollHeight; };

export function keepingPlace(change, follow = false) {
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
  byId("hint").hidden = all.length > 0;
}

// --- drafts ----------------------------------------------------------------------------------------------------------

function putDraft(draft, lifetime) {
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
