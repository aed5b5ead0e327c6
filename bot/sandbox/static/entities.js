// Text with entities into elements. Offsets count UTF-16 units on both sides, so they fit JavaScript's strings as they are.

import { make } from "./dom.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };
const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];
const SAFE = /^(https?|mailto|tg|tel):/i;

export function formatted(text, entities, onCommand) {
  const root = document.createDocumentFragment();
  const ordered = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(root, text, 0, text.length, ordered, onCommand);
  return root;
}

function fill(parent, text, from, to, inside, onCommand) {
  let at = from;
  while (inside.length) {
    const entity = inside.shift();
    if (entity.offset < at) continue;
    const end = Math.min(entity.offset + entity.length, to);
    const children = [];
    while (inside.length && inside[0].offset < end) children.push(inside.shift());
    const block = BLOCKS.includes(entity.type);
    parent.append(block ? text.slice(at, entity.offset).replace(/\n$/, "") : text.slice(at, entity.offset));
    const element = elementFor(entity, text.slice(entity.offset, end), onCommand);
    fill(element, text, entity.offset, end, children, onCommand);
    parent.append(element);
    at = block && text[end] === "\n" ? end + 1 : end;
  }
  parent.append(text.slice(at, to));
}

function elementFor(entity, text, onCommand) {
  if (entity.type === "text_link") return link(entity.url);
  if (entity.type === "url") return link(text);
  if (entity.type === "email") return link(`mailto:${text}`);
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "bot_command") return command(text, onCommand);
  return make(TAGS[entity.type] || "span", { data: entity.language ? { language: entity.language } : {} });
}

function link(address) {
  if (!SAFE.test(address)) return make("span");
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const show = (event) => event.currentTarget.classList.add("shown");
  return make("span", { className: "spoiler", tabindex: 0, role: "button", "aria-label": "Show hidden text", on: { click: show, keydown: show } });
}

function command(text, onCommand) {
  const send = (event) => { event.preventDefault(); onCommand(text); };
  return make("a", { className: "command", href: "#", on: { click: send } });
}
