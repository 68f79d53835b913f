// A meeting while it happens: it hears that something changed, and asks for what it may see. The box is never touched.
import { newId, post } from "../../conversations/js/post.js";

const place = document.getElementById("gathering");
const form = document.getElementById("write");
const SLOW_MS = 30000, TICK_MS = 15000, GATHER_MS = 150;
let waiting = 0;

function swap(fresh, id) {
  const here = document.getElementById(id), there = fresh.getElementById(id);
  if (!here || !there || here.innerHTML === there.innerHTML) return;
  if (here.contains(document.activeElement) && id !== "piece-script") return;
  here.replaceWith(there);
}

// Shares are placed one by one, so that a screen reader says only what is new and an open note stays open.
function merge(fresh) {
  const list = document.getElementById("shares"), next = fresh.getElementById("shares");
  if (!list || !next) return;
  const wanted = [...next.children], ids = new Set(wanted.map((each) => each.id));
  for (const each of [...list.children]) if (!ids.has(each.id)) each.remove();
  for (const each of wanted) {
    const here = document.getElementById(each.id);
    if (!here) list.append(each);
    else if (here.innerHTML !== each.innerHTML && !here.contains(document.activeElement) && !here.querySelector("details[open]")) {
      here.replaceWith(each);
    }
  }
  if (wanted.length) document.getElementById("piece-empty")?.remove();
}

export async function look() {
  clearTimeout(waiting);
  const answer = await fetch(place.dataset.now, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer) return;
  if (answer.status === 204 || answer.redirected) return over();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["piece-script", "piece-mine", "piece-seats", "piece-read"]) swap(fresh, id);
  const read = fresh.getElementById("piece-read");
  if (read && !document.getElementById("piece-read")) document.getElementById("now").append(read);
  if (!read) document.getElementById("piece-read")?.remove();
  merge(fresh);
  tick();
}

// Whoever is in the middle of a sentence keeps it: they may want to copy it.
function over() {
  if (!form?.elements.text.value.trim()) return void location.assign(place.dataset.over);
  document.getElementById("said").textContent = form.dataset.over;
  form.querySelector("button").disabled = true;
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, GATHER_MS);
}

function heard(event) {
  const told = JSON.parse(event.data);
  if (told.m !== place.dataset.meeting) return;
  if (told.what === "close") return over();
  if (told.what === "muted" && !form) return void location.reload();
  soon();
}

function tick() {
  for (const each of document.querySelectorAll("[data-until]")) {
    const left = Math.ceil((Date.parse(each.dataset.until) - Date.now()) / 60000);
    each.textContent = left < 1 ? place.dataset.leftNone : left === 1 ? place.dataset.leftOne : `${place.dataset.left} ${left}`;
  }
}

// Stored before it is shown; the same name until it is stored, so that sent twice it is one.
async function send(event) {
  event.preventDefault();
  const said = document.getElementById("said"), text = form.elements.text, button = form.querySelector("button");
  form.elements.client_id.value ||= newId();
  button.disabled = true;
  try {
    const { status, content } = await post(form.action, new FormData(form));
    if (status === 200) {
      text.value = form.elements.note.value = form.elements.client_id.value = "";
      said.textContent = content.state === "said" ? "" : form.dataset.waits;
      if (content.card) return void location.assign(`${place.dataset.over}?card=1`);
    } else said.textContent = content.error ?? form.dataset.failed;
  } catch {
    said.textContent = form.dataset.failed;
  }
  button.disabled = false;
  look();
}

if (place) {
  const source = new EventSource(place.dataset.live);
  source.addEventListener("gathering", heard);
  source.addEventListener("here", soon);
  addEventListener("pagehide", () => source.close());
  setInterval(() => { if (!document.hidden) look(); }, SLOW_MS);
  setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  form?.addEventListener("submit", send);
  tick();
}
