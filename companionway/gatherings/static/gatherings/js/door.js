// The door: what cannot be sent is kept on this device, and sent later in its order. Names that were sent are forgotten.
const box = document.getElementById("check-in");
const form = box?.querySelector("form");
const done = document.getElementById("done"), waiting = document.getElementById("waiting");
const GIVE_UP_MS = 10000, AGAIN_MS = 20000, SAID_MS = 6000;
let isSending = false;

function open() {
  return new Promise((found, failed) => {
    const asked = indexedDB.open("door", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept", { autoIncrement: true });
    asked.onsuccess = () => found(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function store(mode, deed) {
  const base = await open();
  return new Promise((found, failed) => {
    const deeds = base.transaction("kept", mode), asked = deed(deeds.objectStore("kept"));
    deeds.oncomplete = () => { base.close(); found(asked?.result); };
    deeds.onerror = deeds.onabort = () => { base.close(); failed(deeds.error); };
  });
}

const keep = (arrival) => store("readwrite", (kept) => kept.add(arrival));
const forget = (key) => store("readwrite", (kept) => kept.delete(key));
const first = async () => {
  const [keys, all] = [await store("readonly", (kept) => kept.getAllKeys(null, 1)), await store("readonly", (kept) => kept.getAll(null, 1))];
  return keys.length ? { key: keys[0], ...all[0] } : null;
};

async function count() {
  const left = await store("readonly", (kept) => kept.count());
  if (waiting) waiting.textContent = left ? `${waiting.dataset.words} ${left}` : "";
}

function token() {
  return form.querySelector("[name=csrfmiddlewaretoken]").value;
}

// One after another; the first that does not arrive stops the rest, so that the order stays.
async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    for (let next = await first(); next; next = await first()) {
      const fields = new URLSearchParams({ ...next.fields, csrfmiddlewaretoken: token() });
      const headers = { Accept: "application/json", "X-Requested-With": "fetch" };
      const answer = await fetch(next.to, { method: "POST", headers, body: fields, signal: AbortSignal.timeout(GIVE_UP_MS) });
      // A refusal is final (the evening is long over); a server in trouble is asked again.
      if (!answer.ok && answer.status !== 422 && answer.status !== 404) break;
      await forget(next.key);
    }
  } catch {
    // No network: the timer tries again.
  } finally {
    isSending = false;
    await count();
  }
}

async function arrive(event) {
  const name = form.elements.name;
  if (name && !name.value.trim()) return; // the page itself says what is missing
  event.preventDefault();
  const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    await keep({ to: location.pathname, fields: { name: name?.value ?? "", client_id: id, came_at: new Date().toISOString() } });
  } catch {
    return form.submit(); // this browser keeps nothing: straight to the server
  }
  form.reset();
  await sendAll();
  const left = await store("readonly", (kept) => kept.count());
  done.textContent = left ? box.dataset.kept : box.dataset.done;
  if (box.dataset.kiosk === "yes") setTimeout(() => { done.textContent = ""; }, SAID_MS);
  else form.hidden = !left;
}

// This page and its script open again without a network (ui/sw.js); the page of an evening before goes.
async function stay() {
  await caches.delete("door");
  await (await caches.open("door")).addAll([location.pathname, new URL(import.meta.url).pathname]);
}

if (form && box.dataset.kiosk === "yes" && "caches" in window && navigator.onLine) stay().catch(() => {});
if (form && "indexedDB" in window) {
  form.addEventListener("submit", arrive);
  addEventListener("online", sendAll);
  setInterval(sendAll, AGAIN_MS);
  sendAll();
}
