// A device that other people use too: ten minutes without input, and the page leaves the screen and the person is signed
// out. A minute before, a line offers to stay. Any key or touch stays as well; all open tabs agree on the time.
const box = document.getElementById("idle"), line = box.lastElementChild;
const SECOND = 1000, WARN = 60 * SECOND, TOLD_AGAIN = 60 * SECOND, GIVE_UP = 3 * SECOND;
const WHOLE = 600 * SECOND;
const tabs = new BroadcastChannel("shared");
let until = Date.now() + box.dataset.left * SECOND, asked = 0, isOver = false;

function send(url) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: box.querySelector("[name=csrfmiddlewaretoken]").value });
  return fetch(url, { method: "POST", body, redirect: "manual", keepalive: true, signal: AbortSignal.timeout(GIVE_UP) });
}

function last(moment) {
  until = Math.max(until, moment);
  look();
}

async function leave(isToldOutside = false) {
  if (isOver) return;
  isOver = true;
  document.documentElement.hidden = true;
  document.title = "…";
  if (!isToldOutside) await send(box.dataset.out).catch(() => {});
  location.replace(box.dataset.over);
}

async function stay() {
  asked = Date.now();
  const answer = await send(box.dataset.stay).catch(() => null);
  if (answer?.type === "opaqueredirect") return leave(true);
  if (!answer?.ok) return;
  const { left } = await answer.json();
  last(asked + left * SECOND);
  tabs.postMessage(until);
}

function look() {
  const left = until - Date.now();
  line.hidden = left > WARN;
  if (left <= 0) leave();
}

function here() {
  const now = Date.now();
  if (now < until && until - now < WHOLE - TOLD_AGAIN && now - asked > GIVE_UP) stay();
}

tabs.addEventListener("message", (event) => last(event.data));
for (const kind of ["keydown", "pointerdown", "wheel", "touchmove", "input"]) addEventListener(kind, here, { passive: true });
line.querySelector("button").addEventListener("click", stay);
setInterval(look, SECOND);
document.addEventListener("visibilitychange", look);
tabs.postMessage(until);
