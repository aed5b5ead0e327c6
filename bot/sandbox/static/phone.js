// The page: who holds the phone, what stands in the conversation, and what happens in it.

import { readyComposer } from "./composer.js";
import {
  keepingPlace, readyConversation, scrollDown, showAll, showDeletion, showDraft, showEdit, showMessage, showReaction, showUpload,
} from "./conversation.js";
import { byId, dropDown, make, toast } from "./dom.js";
import { readyViewer, setUser } from "./media.js";
import { ask, listen, upload } from "./wire.js";

const WAITING_MS = 30_000;
const DOING = {
  typing: "typing", upload_photo: "sending a photo", record_video: "recording a video", upload_video: "sending a video",
  upload_document: "sending a file", record_voice: "recording", upload_voice: "sending a voice message",
  choose_sticker: "choosing a sticker", record_video_note: "recording a video message", upload_video_note: "sending a video message", find_location: "looking for a place",
};

const waiting = new Map();
const answered = new Set();
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
  const { progress, done } = showUpload(files.map(({ file }) => file.name));
  try {
    await upload(`${home}/media`, files, caption, progress);
  } catch (error) {
    toast(error.message);
  }
  done();
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
  composer.samples(event.samples);
  showAll(event);
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
    if (message.from.is_bot) status("");
    showMessage(message);
  },
  edited: ({ message }) => showEdit(message),
  deleted: ({ message_ids: ids }) => showDeletion(ids),
  draft: ({ draft, lifetime_s: seconds }) => showDraft(draft, seconds),
  reaction: ({ message_id: id, reactions: shown }) => showReaction(id, shown),
  keyboard: ({ markup }) => keepingPlace(() => composer.keyboard(markup)),
  action: ({ action, lifetime_s: seconds }) => status(DOING[action], seconds),
  profile: ({ profile: shown }) => profile(shown),
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
  readyConversation(does);
  composer = readyComposer({ text: say, files: sendFiles });
  byId("start").addEventListener("click", () => say("/start"));
  listen(`${home}/events`, (event) => happens[event.type]?.(event), (open) => { connected = open; status(""); });
}

begin().catch((error) => { byId("status").textContent = error.message; });
