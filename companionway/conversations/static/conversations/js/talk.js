// The open conversation: what comes in is placed once and in order; reading is told; focus is never moved.
import { compose } from "./composer.js";
import { listen } from "./live.js";
import { post, token } from "./post.js";

const list = document.getElementById("talk");
const signals = document.getElementById("signals");
const READ_AFTER_MS = 800, TYPING_MS = 6000;
let newest = 0, reading = 0, typing = 0;

const bubbles = () => [...list.querySelectorAll(":scope > li[data-id]")];

function drawn(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

function mark(kind, words) {
  const line = document.createElement("li");
  line.className = kind;
  line.textContent = words;
  return line;
}

// A message that is here already is replaced where it stands; an older state of it changes nothing.
export function place(found) {
  if (found.c !== list.dataset.conversation) return;
  if (found.client_id) list.querySelector(`:scope > li[data-client="${CSS.escape(found.client_id)}"]`)?.remove();
  const here = document.getElementById(`m${found.id}`);
  if (here && Number(here.dataset.seq) >= found.seq) return;
  if (found.gone) return here?.remove();
  const bubble = drawn(found.html);
  if (here) return here.replaceWith(bubble);
  const all = bubbles();
  if (all.length && found.id < Number(all[0].dataset.id)) return; // older than this page shows
  const before = all.findLast((each) => Number(each.dataset.id) < found.id);
  const after = before ? before.nextElementSibling : list.querySelector(":scope > li[data-client]");
  if (before?.dataset.day !== bubble.dataset.day) list.insertBefore(mark("day", found.day), after);
  if (document.hidden && !found.mine && !document.getElementById("new")) {
    const line = mark("new", list.dataset.newLabel);
    line.id = "new";
    list.insertBefore(line, after);
  }
  list.insertBefore(bubble, after);
  if (!found.mine) quiet();
  tellRead();
}

function tellRead() {
  clearTimeout(reading);
  reading = setTimeout(() => {
    const last = Number(bubbles().at(-1)?.dataset.id ?? 0);
    if (document.hidden || last <= newest) return;
    newest = last;
    post(list.dataset.read, { up_to: last, csrfmiddlewaretoken: token() }).catch(() => { newest = 0; });
  }, READ_AFTER_MS);
}

function quiet() {
  clearTimeout(typing);
  if (signals) signals.textContent = "";
}

function heardTyping(signal) {
  if (signal.c !== list.dataset.conversation) return;
  signals.textContent = signals.dataset.typing;
  clearTimeout(typing);
  typing = setTimeout(quiet, TYPING_MS);
}

function heardSeen(signal) {
  const last = bubbles().at(-1);
  if (signal.c === list.dataset.conversation && last?.classList.contains("me") && signal.id >= Number(last.dataset.id)) {
    signals.textContent = signals.dataset.seen;
  }
}

if (list) {
  newest = Number(bubbles().at(-1)?.dataset.id ?? 0);
  const composer = document.getElementById("composer");
  const box = composer && compose(composer, list, place);
  listen(list.dataset.live, {
    message: place,
    typing: heardTyping,
    seen: heardSeen,
    here: () => { list.dataset.state = "live"; box?.online(); },
    away: () => { list.dataset.state = "away"; box?.offline(); },
  });
  document.addEventListener("visibilitychange", tellRead);
}
