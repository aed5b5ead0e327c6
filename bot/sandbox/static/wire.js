// What the phone says to the sandbox, and what it hears.

export async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, options);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.description || `The server answered ${answer.status}.`);
  return said;
}

// The files go up in one request; `onProgress` hears the share that is sent.
export function upload(path, files, caption, onProgress) {
  const form = new FormData();
  form.append("items", JSON.stringify(files.map(({ kind, duration, width, height }) => ({ kind, duration, width, height }))));
  form.append("caption", caption);
  files.forEach(({ file }, number) => form.append(`file${number}`, file, file.name));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    request.addEventListener("load", () => (request.status < 300 ? resolve() : reject(new Error("The file was not taken."))));
    request.addEventListener("error", () => reject(new Error("The connection was lost.")));
    request.send(form);
  });
}

// Events for as long as the page is open. After a loss the first event is a snapshot again, so nothing is missed.
export function listen(path, onEvent, onState) {
  const source = new EventSource(path);
  source.addEventListener("open", () => onState(true));
  source.addEventListener("message", (event) => onEvent(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    onState(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(path, onEvent, onState), 1500);
  });
}
