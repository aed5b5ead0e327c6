// Pictures, clips and files in a bubble, and the full screen they open in.

import { byId, drawing, length, make, size } from "./dom.js";

export const KINDS = ["photo", "video", "animation", "video_note", "voice", "audio", "document", "sticker"];
export const kindOf = (message) => KINDS.find((kind) => message[kind]);
const WIDEST_PX = 350;

let user = 0;
export const setUser = (id) => { user = id; };
const address = (file) => `/phone/${user}/files/${encodeURIComponent(file.file_id)}`;
const saveAddress = (file) => `${address(file)}?save=1`;

export function mediaOf(message) {
  const kind = kindOf(message);
  const file = kind === "photo" ? message.photo.at(-1) : message[kind];
  const makers = { photo, video, animation, video_note: note, voice: sound, audio: sound, document: plainFile, sticker };
  return makers[kind](file, message);
}

function framed(element, file) {
  shape(element, file.width, file.height);
  if (!file.width) for (const event of ["load", "loadedmetadata"]) element.addEventListener(event, learn, true);
  return element;
}

function shape(element, width, height) {
  const ratio = width && height ? Math.min(Math.max(width / height, 0.62), 2.4) : 1;
  element.style.aspectRatio = String(ratio);
  element.style.width = `min(${Math.round(Math.min(WIDEST_PX, 430 * ratio))}px, 84vw)`;
}

// The sender said nothing of the size: the picture itself tells.
function learn({ currentTarget: element, target: seen }) {
  shape(element, seen.videoWidth || seen.naturalWidth, seen.videoHeight || seen.naturalHeight);
  for (const outer of [element.closest(".framed"), element.closest(".row")]) if (outer) outer.style.width = element.style.width;
}

function photo(file, message) {
  const picture = make("img", { src: address(file), alt: message.caption || "Photo", loading: "lazy" });
  const open = () => openViewer(make("img", { src: address(file), alt: picture.alt }), file, "photo.jpg");
  return framed(make("button", { className: "media", type: "button", "aria-label": "Open the photo", on: { click: open } }, picture), file);
}

function still(file, options) {
  return make("video", { src: `${address(file)}#t=0.1`, preload: "metadata", muted: true, playsinline: true, tabindex: -1, ...options });
}

function openClip(file) {
  const clip = make("video", { src: address(file), controls: true, autoplay: true, playsinline: true });
  openViewer(clip, file, file.file_name || "clip.mp4");
}

function video(file) {
  const badge = file.duration ? make("span", { className: "badge" }, length(file.duration)) : null;
  return framed(
    make("button", { className: "media", type: "button", "aria-label": "Play the video", on: { click: () => openClip(file) } },
      still(file), make("span", { className: "play" }, drawing("play")), badge), file);
}

function animation(file) {
  const moving = file.mime_type?.startsWith("image/")
    ? make("img", { src: address(file), alt: "GIF" })
    : make("video", { src: address(file), autoplay: true, loop: true, muted: true, playsinline: true, tabindex: -1 });
  moving.muted = true;
  return framed(
    make("button", { className: "media", type: "button", "aria-label": "Open the GIF", on: { click: () => openClip(file) } },
      moving, make("span", { className: "badge" }, "GIF")), file);
}

function note(file) {
  return make("button", { className: "media note", type: "button", "aria-label": "Play the video message", on: { click: () => openClip(file) } },
    still(file), make("span", { className: "play" }, drawing("play")));
}

function sound(file) {
  return make("audio", { src: address(file), controls: true, preload: "metadata" });
}

function sticker(file) {
  const picture = make("img", { src: address(file), alt: file.emoji });
  const place = make("span", { className: "sticker", role: "img", "aria-label": `Sticker ${file.emoji}` }, picture);
  picture.addEventListener("error", () => place.replaceChildren(file.emoji));
  return place;
}

function plainFile(file) {
  const name = file.file_name || "File";
  return make("a", { className: "file", href: saveAddress(file), download: name, "aria-label": `Save ${name}` },
    make("span", { className: "disc" }, drawing("save")),
    make("span", {}, make("b", {}, name), make("small", {}, size(file.file_size || 0))));
}

function openViewer(content, file, name) {
  byId("stage").replaceChildren(content);
  byId("viewer-title").textContent = file.file_name || "";
  Object.assign(byId("viewer-save"), { href: saveAddress(file), download: name });
  byId("viewer").showModal();
}

export function readyViewer() {
  const viewer = byId("viewer");
  byId("viewer-close").addEventListener("click", () => viewer.close());
  byId("stage").addEventListener("click", (event) => { if (event.target === byId("stage")) viewer.close(); });
  viewer.addEventListener("close", () => byId("stage").replaceChildren());
}

// A browser that neither reads a clip nor says that it can't is not waited for.
const READING_MS = 30_000;

// What the browser can tell of a picture or clip; zeros where it cannot read it.
export function measure(file) {
  const kind = file.type.startsWith("video/") ? "video" : "img";
  const probe = document.createElement(kind);
  const url = URL.createObjectURL(file);
  return new Promise((resolve) => {
    const done = () => {
      URL.revokeObjectURL(url);
      const duration = Number.isFinite(probe.duration) ? Math.round(probe.duration) : 0;
      resolve({ duration, width: probe.videoWidth || probe.naturalWidth || 0, height: probe.videoHeight || probe.naturalHeight || 0 });
    };
    for (const event of ["load", "loadedmetadata", "error"]) probe.addEventListener(event, done, { once: true });
    setTimeout(done, READING_MS);
    probe.preload = "metadata";
    probe.src = url;
  });
}
