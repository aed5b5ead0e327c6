// One message, album, draft or upload as a row of the conversation.

import { clock, drawing, make } from "./dom.js";
import { formatted } from "./entities.js";
import { kindOf, mediaOf } from "./media.js";

const FRAMED = ["photo", "video", "animation"];
const BARE = ["sticker", "video_note"];

// `messages` is one message, or those of one album. `does` has command(text) and press(message, button, element).
export function messageRow(messages, reactions, does) {
  const [first] = messages;
  const last = messages.at(-1);
  const out = !first.from.is_bot;
  const shown = messages.length > 1 ? album(messages, does) : bubble(first, does);
  shown.append(timeOf(last, out));
  const text = shown.querySelector(".words");
  if (text) text.dataset.room = stamp(last);
  if (reactions?.length) shown.append(make("div", { className: "reactions" }, ...reactions.map((one) => make("span", {}, one.emoji || "★"))));
  const row = make("article", { className: rowClass(first, out), data: { id: first.message_id, date: first.date, side: out ? "out" : "in" } }, shown);
  row.setAttribute("aria-label", out ? "You" : first.from.first_name);
  Object.assign(row.style, { width: shown.style.width });
  const keyboard = inlineKeyboard(last, does);
  if (keyboard) row.append(keyboard);
  return row;
}

const rowClass = (message, out) => ["row", out && "out", message.edit_date && "edited"].filter(Boolean).join(" ");

function bubble(message, does) {
  const kind = kindOf(message);
  const text = message.text ?? message.caption ?? "";
  const element = make("div", { className: ["bubble", ...bubbleClasses(kind, text)].join(" ") });
  if (message.reply_to_message) element.append(quote(message.reply_to_message));
  if (kind) element.append(mediaOf(message));
  if (FRAMED.includes(kind)) element.style.width = element.querySelector(".media").style.width;
  if (text) element.append(words(text, message.entities ?? message.caption_entities, does));
  else if (kind === "document") element.append(make("div", { className: "time-space" }));
  return element;
}

function bubbleClasses(kind, text) {
  if (BARE.includes(kind)) return ["bare"];
  if (FRAMED.includes(kind)) return ["framed", text ? "captioned" : "media-only"];
  return [];
}

function album(messages, does) {
  const captioned = messages.find((message) => message.caption);
  const files = messages.every((message) => FRAMED.includes(kindOf(message)));
  const grid = make("div", { className: files ? "album" : "files" }, ...messages.map(mediaOf));
  const element = make("div", { className: `bubble ${files ? "framed" : ""} ${captioned ? "captioned" : "media-only"}` }, grid);
  for (const tile of grid.children) tile.removeAttribute("style");
  if (captioned) element.append(words(captioned.caption, captioned.caption_entities, does));
  return element;
}

const words = (text, entities, does) => make("div", { className: "words" }, formatted(text, entities, does.command));

function quote(message) {
  return make("div", { className: "quote" }, message.text || message.caption || message.document?.file_name || kindOf(message)?.replace("_", " ") || "Message");
}

const stamp = (message) => (message.edit_date ? "edited " : "") + clock(message.date);

function timeOf(message, out) {
  return make("span", { className: "time" }, make("span", {}, stamp(message)), out ? drawing("ticks") : null);
}

function inlineKeyboard(message, does) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return make("div", { className: "inline", role: "group", "aria-label": "Answers" },
    ...rows.map((row) => make("div", {}, ...row.map((button) => inlineButton(message, button, does)))));
}

function inlineButton(message, button, does) {
  const url = button.url || button.web_app?.url;
  if (url && /^https?:/i.test(url)) return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, button.text);
  const press = (event) => does.press(message, button, event.currentTarget);
  return make("button", { type: "button", on: { click: press } }, button.text);
}

export function draftRow(draft, does) {
  const thinking = make("div", { className: "thinking", "aria-label": "Thinking" }, make("i"), make("i"), make("i"));
  const shown = draft.text ? words(draft.text, draft.entities, does) : thinking;
  return make("article", { className: "row draft last", data: { side: "in", draft: draft.draft_id } }, make("div", { className: "bubble" }, shown));
}

export function uploadRow(names) {
  const bar = make("i");
  const row = make("article", { className: "row out last fresh uploading", data: { side: "out" } },
    make("div", { className: "bubble" }, make("div", {}, `Sending ${names.join(", ")}`), make("div", { className: "progress" }, bar)));
  return { row, progress: (share) => { bar.style.width = `${Math.round(share * 100)}%`; } };
}
