// A meeting while it happens: it hears what is said, and asks for what else changed. The box is never touched.
import { newId, post } from "../../conversations/js/post.js";
import { swap } from "./pieces.js";
import { feel, gone, have, merge, own, said } from "./shares.js";

const place = document.getElementById("gathering");
const form = document.getElementById("write");
const told = document.getElementById("told");
const TICK_MS = 15000, GATHER_MS = 150, SPREAD_MS = 1000;
// With an open stream only a lost signal could be missed; without one this is all there is.
const SLOW_MS = 30000, SLOWER_EACH = 4;
// What everybody hears, everybody asks for: not all in the same moment.
const HEARD_BY_ALL = new Set(["part", "turn", "pause", "go_on", "share"]);
let waiting = 0, isLooking = false, beats = 0, source;

async function look() {
  clearTimeout(waiting);
  waiting = 0;
  if (isLooking) return soon();
  isLooking = true;
  const options = { headers: { "X-Requested-With": "fetch" } };
  const answer = await fetch(`${place.dataset.now}?${have()}`, options).catch(() => null);
  isLooking = false;
  if (!answer) return;
  if (answer.status === 204 || answer.redirected) return over();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  swap(fresh);
  merge(fresh);
  tick();
}

// Whoever is in the middle of a sentence keeps it: they may want to copy it.
function over() {
  if (!form?.elements.text.value.trim()) return void location.assign(place.dataset.over);
  document.getElementById("said").textContent = form.dataset.over;
  form.querySelector("button").disabled = true;
}

function soon(spread = 0) {
  waiting ||= setTimeout(look, GATHER_MS + Math.random() * spread);
}

function heard(event) {
  const news = JSON.parse(event.data);
  if (news.m !== place.dataset.meeting) return;
  if (news.what === "said") return void (said(news) || soon(SPREAD_MS));
  if (news.what === "mine") return own(news.id);
  if (news.what === "with") return feel(news.id, news.n);
  if (news.what === "gone") return gone(news.id);
  if (news.what === "close") return over();
  if (news.what === "muted" && !form) return void location.reload();
  soon(HEARD_BY_ALL.has(news.what) ? SPREAD_MS : 0);
}

function tick() {
  for (const each of document.querySelectorAll("[data-until]")) {
    const left = Math.ceil((Date.parse(each.dataset.until) - Date.now()) / 60000);
    each.textContent = left < 1 ? place.dataset.leftNone : left === 1 ? place.dataset.leftOne : `${place.dataset.left} ${left}`;
  }
}

function beat() {
  const isOpen = source.readyState === EventSource.OPEN;
  beats += 1;
  if (!document.hidden && (!isOpen || beats % SLOWER_EACH === 0)) look();
}

// Stored before it is shown; the same name until it is stored, so that sent twice it is one.
async function send() {
  const line = document.getElementById("said"), text = form.elements.text, button = form.querySelector("button");
  form.elements.client_id.value ||= newId();
  button.disabled = true;
  try {
    const { status, content } = await post(form.action, new FormData(form));
    if (status === 200) {
      own(content.id);
      text.value = form.elements.note.value = form.elements.client_id.value = "";
      line.textContent = content.state === "said" ? "" : form.dataset.waits;
      if (content.card) return void location.assign(`${place.dataset.over}?card=1`);
      if (content.state !== "said" || source.readyState !== EventSource.OPEN) look();
    } else line.textContent = content.error ?? form.dataset.failed;
  } catch {
    line.textContent = form.dataset.failed;
  }
  button.disabled = false;
}

// A button beside words, a seat, or the script: without leaving the page, so that half a sentence stays.
async function press(which, button) {
  const { status, content } = await post(which.action, new FormData(which, button)).catch(() => ({ status: 0, content: {} }));
  told.textContent = status === 200 ? content.said ?? "" : content.error ?? place.dataset.failed;
  look();
}

function submitted(event) {
  if (event.target !== form && !event.target.closest("#now")) return;
  if (event.target.querySelector("input[type=text]") && event.target !== form) return; // comes back with its words
  event.preventDefault();
  if (event.target === form) send();
  else press(event.target, event.submitter);
}

if (place) {
  source = new EventSource(place.dataset.live);
  source.addEventListener("gathering", heard);
  source.addEventListener("here", () => soon());
  addEventListener("pagehide", () => source.close());
  setInterval(beat, SLOW_MS);
  setInterval(tick, TICK_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  place.addEventListener("submit", submitted);
  tick();
}
