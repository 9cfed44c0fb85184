// form[data-evidence]: sends its files one by one. Large photos are made smaller first; each file
// shows how far it is and may be tried again. The answer is the item's list of evidence.
const LONG_SIDE = 2560;
const SHORT_SIDE = 1080; // a long screenshot made smaller than this could not be read
const QUALITY = 0.85;
const PHOTO = /^image\/(jpeg|webp|hei[cf])$|^$/;
const DAY_IN_PHOTO = /(20\d\d):(\d\d):(\d\d) \d\d:\d\d:\d\d/;
const HEAD = 65536; // where a camera writes the day

let atWork = 0;

const drawn = (bitmap, scale) => {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
};

// The photo made smaller, or the file itself where the browser cannot read it or nothing is won.
const shrunk = async (file) => {
  if (!PHOTO.test(file.type)) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const sides = [bitmap.width, bitmap.height].sort((a, b) => a - b);
    const scale = Math.max(LONG_SIDE / sides[1], SHORT_SIDE / sides[0]);
    const small = scale < 1 ? await drawn(bitmap, scale) : null;
    bitmap.close();
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
};

// Making it smaller loses the day, so it is read first; the server reads it of what stays whole.
const dayTaken = async (file) => {
  const head = new TextDecoder("latin1").decode(await file.slice(0, HEAD).arrayBuffer());
  const found = DAY_IN_PHOTO.exec(head);
  const day = found ? `${found[1]}-${found[2]}-${found[3]}` : "";
  return new Date(`${day}T00:00`) <= new Date() ? day : "";
};

const show = (row, state, words) => {
  row.dataset.now = state;
  for (const each of row.querySelectorAll("[data-state]")) {
    each.hidden = each.dataset.state !== state;
    if (words && each.dataset.state === state) each.textContent = words;
  }
  row.querySelector("[data-retry]").hidden = !["failed", "signed-out"].includes(state);
  row.querySelector("progress").hidden = !["waiting", "shrinking", "sending"].includes(state);
};

const send = (form, content, name, takenOn, onProgress) =>
  new Promise((resolve) => {
    const body = new FormData();
    // Signing in again in another page has changed the token since this page was made.
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    body.append("taken_on", takenOn);
    body.append("files", content, name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRFToken", token ?? form.elements.csrfmiddlewaretoken.value);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", onProgress);
    request.addEventListener("loadend", () => resolve(request));
    request.send(body);
  });

const outcome = (form, request) => {
  if (request.status === 0 || request.status >= 500) return ["failed"];
  if (request.status === 422) return ["refused", request.responseText];
  if (request.responseURL !== form.action) return ["signed-out"];
  return [request.status === 200 ? "filed" : "refused"];
};

const upload = async (form, file, row) => {
  const bar = row.querySelector("progress");
  bar.value = 0;
  show(row, "shrinking");
  const typed = form.elements.taken_on?.value;
  const [content, day] = [await shrunk(file), typed || (await dayTaken(file))];
  if (content.size > Number(form.dataset.maxBytes)) return show(row, "too-large");
  show(row, "sending");
  const request = await send(form, content, file.name, content === file ? typed ?? "" : day, (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  const [state, words] = outcome(form, request);
  show(row, state, words);
  if (state === "filed") list().innerHTML = request.responseText;
};

const list = () => document.querySelector("[data-evidence-list]");

const guarded = async (work) => {
  atWork += 1;
  await work().finally(() => { atWork -= 1; });
};

const rowFor = (form, file) => {
  const row = form.querySelector("[data-queue-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-retry]").addEventListener("click", () => guarded(() => upload(form, file, row)));
  const queue = form.querySelector("[data-queue]");
  queue.hidden = false;
  queue.append(row);
  return row;
};

// While the event goes down, before the form's other behaviours see it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-evidence]")) return;
  event.preventDefault();
  const picker = form.querySelector("input[type=file]");
  const waiting = [...picker.files].map((file) => [file, rowFor(form, file)]);
  picker.value = "";
  guarded(async () => {
    for (const [file, row] of waiting) await upload(form, file, row);
  });
}, true);

window.addEventListener("beforeunload", (event) => {
  if (!atWork) return;
  event.preventDefault();
  event.returnValue = "";
});
