// Making elements. Text only ever becomes a text node, so nothing a message says can become markup.

export const byId = (id) => document.getElementById(id);

export function make(tag, options = {}, ...children) {
  const { className = "", data = {}, on = {}, ...attributes } = options;
  const element = document.createElement(tag);
  if (className) element.className = className;
  Object.assign(element.dataset, data);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const DRAWINGS = {
  play: "m8 5 11 7-11 7z",
  save: "M12 4v11m-5-4.5 5 5 5-5M5 20h14",
  page: "M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9zM13 3v6h6",
  ticks: "m2 13 4.5 4.5L16 7m-4.5 9.5 1 1L22 7",
};

export function drawing(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

export function dayName(seconds) {
  const day = new Date(seconds * 1000);
  if (day.toDateString() === new Date().toDateString()) return "Today";
  return day.toLocaleDateString([], { day: "numeric", month: "long" });
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const length = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

let toastTimer = 0;
export function toast(text) {
  const place = byId("toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { place.hidden = true; }, 3200);
}

// A button that opens a list: arrows walk through it, Escape and a click elsewhere close it.
export function dropDown(button, panel) {
  const items = () => [...panel.querySelectorAll("[role^=menuitem]:not([hidden])")];
  const show = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) items()[0]?.focus();
  };
  button.addEventListener("click", () => show(panel.hidden));
  panel.addEventListener("click", () => show(false));
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) show(false);
  });
  panel.addEventListener("keydown", (event) => {
    const all = items();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
      event.preventDefault();
    }
    if (event.key === "Escape") { show(false); button.focus(); }
  });
}
