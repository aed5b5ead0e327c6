// Writing, commands, and choosing what to send.

import { byId, drawing, dropDown, make, size, toast } from "./dom.js";
import { measure } from "./media.js";

const PHOTOS = ["image/jpeg", "image/png", "image/webp"];
const MOST_AT_ONCE = 10;

// `does` has text(text) and files(files, caption). Returns what the rest of the page tells the composer.
export function readyComposer(does) {
  const text = byId("text");
  const commands = readyCommands(text, (command) => { clear(); does.text(command); });
  const sheet = readySheet(does.files);
  const fit = () => {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 132)}px`;
    byId("send").disabled = !text.value.trim();
    commands.filter();
  };
  const clear = () => { text.value = ""; fit(); };
  const send = () => {
    const said = text.value.trim();
    if (said) { clear(); does.text(said); }
  };
  text.addEventListener("input", fit);
  text.addEventListener("keydown", (event) => {
    if (commands.key(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
    return undefined;
  });
  text.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); sheet([...event.clipboardData.files]); } });
  byId("writing").addEventListener("submit", (event) => { event.preventDefault(); send(); text.focus(); });
  readyPicker(sheet);
  readyDrop(sheet);
  fit();
  return { commands: commands.set, keyboard: (markup) => showKeyboard(markup, does.text), samples: offerSamples };
}

function readyCommands(text, send) {
  const [panel, button] = [byId("commands"), byId("menu")];
  let known = [];
  let chosen = 0;
  const rows = () => [...panel.children];
  const mark = (index) => {
    chosen = (index + rows().length) % rows().length;
    rows().forEach((row, number) => row.setAttribute("aria-selected", String(number === chosen)));
    rows()[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const show = (list) => {
    panel.hidden = !list.length;
    button.setAttribute("aria-expanded", String(!panel.hidden));
    panel.replaceChildren(...list.map(({ command, description }) =>
      make("button", { type: "button", role: "option", on: { click: () => { send(`/${command}`); show([]); } } }, make("b", {}, `/${command}`), make("span", {}, description))));
    if (list.length) mark(0);
  };
  const filter = () => {
    const typed = /^\/(\w*)$/.exec(text.value);
    show(typed ? known.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : []);
  };
  button.addEventListener("click", () => { if (panel.hidden) { show(known); text.focus(); } else show([]); });
  document.addEventListener("pointerdown", (event) => { if (!panel.contains(event.target) && !button.contains(event.target) && event.target !== text) show([]); });
  const actions = {
    ArrowDown: () => mark(chosen + 1),
    ArrowUp: () => mark(chosen - 1),
    Escape: () => show([]),
    Enter: () => rows()[chosen].click(),
    Tab: () => { text.value = `${rows()[chosen].firstChild.textContent} `; show([]); },
  };
  return {
    filter,
    key: (event) => { if (panel.hidden || !actions[event.key]) return false; actions[event.key](); return true; },
    set: (list) => { known = list; button.hidden = !list.length; if (text.value.startsWith("/")) filter(); },
  };
}

function showKeyboard(markup, send) {
  const place = byId("keyboard");
  const press = (label) => { send(label); if (markup.one_time_keyboard) place.hidden = true; };
  const row = (keys) => make("div", {}, ...keys.map((key) => {
    const label = typeof key === "string" ? key : key.text;
    return make("button", { type: "button", on: { click: () => press(label) } }, label);
  }));
  place.replaceChildren(...(markup.keyboard || []).map(row));
  place.hidden = !markup.keyboard;
}

function readyPicker(sheet) {
  const picker = byId("picker");
  let asFile = false;
  dropDown(byId("attach"), byId("attachments"));
  byId("attachments").addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]")?.dataset.pick;
    const sample = event.target.closest("[data-sample]")?.dataset.sample;
    if (sample) sampleFile(sample).then((file) => sheet([file], !isClip(file)), (error) => toast(error.message));
    else if (pick) {
      asFile = pick === "file";
      picker.accept = asFile ? "" : "image/*,video/*,.mov,.mp4,.webm";
      picker.click();
    }
  });
  picker.addEventListener("change", () => { sheet([...picker.files], asFile); picker.value = ""; asFile = false; });
}

async function sampleFile(name) {
  const answer = await fetch(`/phone/samples/${encodeURIComponent(name)}`);
  if (!answer.ok) throw new Error("There is no such sample.");
  return new File([await answer.blob()], name, { type: answer.headers.get("Content-Type") || "" });
}

function offerSamples(names) {
  const menu = byId("attachments");
  menu.querySelectorAll("[data-sample]").forEach((row) => row.remove());
  menu.append(...names.map((name) => {
    const kind = isClip({ name, type: "" }) ? "clip" : "log";
    const row = make("button", { type: "button", role: "menuitem" }, drawing(kind === "clip" ? "play" : "page"), `Send the sample ${kind}`);
    row.dataset.sample = name;
    return row;
  }));
}

function readyDrop(sheet) {
  const cover = byId("drop");
  const phone = byId("phone");
  const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  let depth = 0;
  phone.addEventListener("dragenter", (event) => { if (carriesFiles(event)) { depth += 1; cover.hidden = false; } });
  phone.addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); cover.hidden = depth === 0; });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    cover.hidden = true;
    if (event.dataTransfer?.files.length) sheet([...event.dataTransfer.files]);
  });
}

const isClip = (file) => file.type.startsWith("video/") || /\.(mov|mp4|m4v|webm)$/i.test(file.name);

function kindFor(file, asFile, round) {
  if (asFile) return "document";
  if (isClip(file)) return round ? "video_note" : "video";
  if (file.type === "image/gif") return "animation";
  return PHOTOS.includes(file.type) ? "photo" : "document";
}

function preview(file) {
  const url = URL.createObjectURL(file);
  if (isClip(file)) return make("video", { src: url, muted: true, controls: true, playsinline: true });
  if (file.type.startsWith("image/")) return make("img", { src: url, alt: file.name });
  URL.revokeObjectURL(url);
  return make("div", { className: "plain" }, drawing("page"), make("span", {}, file.name, make("br"), make("small", {}, size(file.size))));
}

function title(files) {
  if (files.length > 1) return `Send ${files.length} files`;
  return isClip(files[0]) ? "Send a video" : files[0].type.startsWith("image/") ? "Send a photo" : "Send a file";
}

function readySheet(send) {
  const [sheet, asFile, round, caption] = [byId("sheet"), byId("as-file"), byId("round"), byId("caption")];
  let files = [];
  const confirm = async () => {
    const said = caption.value.trim();
    const kinds = files.map((file) => kindFor(file, asFile.checked, round.checked));
    const measured = await Promise.all(files.map((file, number) => (kinds[number] === "document" ? {} : measure(file))));
    send(files.map((file, number) => ({ file, kind: kinds[number], ...measured[number] })), said);
  };
  byId("cancel").addEventListener("click", () => sheet.close());
  byId("sheet-form").addEventListener("submit", confirm);
  sheet.addEventListener("close", () => {
    for (const shown of byId("previews").querySelectorAll("[src]")) URL.revokeObjectURL(shown.src);
    byId("previews").replaceChildren();
  });
  return (chosen, plain = false) => {
    files = chosen.slice(0, MOST_AT_ONCE);
    if (!files.length) return;
    const media = files.some((file) => isClip(file) || file.type.startsWith("image/"));
    [asFile.checked, round.checked, caption.value] = [plain || !media, false, ""];
    asFile.closest("label").hidden = !media;
    round.closest("label").hidden = !(files.length === 1 && isClip(files[0]));
    byId("sheet-title").textContent = title(files);
    byId("previews").replaceChildren(...files.map(preview));
    sheet.showModal();
    caption.focus();
  };
}
