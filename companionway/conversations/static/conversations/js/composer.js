// Writing and sending. What is written is kept, sealed, on the server; what is on its way is kept, sealed, on this device.
import { keepDrafts } from "./draft.js";
import { keptWords } from "./kept.js";
import { pending, unsent, waits } from "./pending.js";
import { newId, post } from "./post.js";
import { showCard } from "./card.js";
import { offerUndo } from "./undo.js";

const FIRST_PAUSE_MS = 2000, LONGEST_PAUSE_MS = 30000, TYPING_EVERY_MS = 4000;

export function compose(form, list, place) {
  const text = form.elements.text, note = form.elements.note, id = form.elements.client_id;
  const state = document.getElementById("state"), words = form.dataset;
  const queue = [], kept = keptWords(list.dataset.conversation, words.seal);
  let busy = false, pause = FIRST_PAUSE_MS, waiting = 0, typed = 0, isAway = false;

  const say = (sentence, kind = "") => { state.textContent = sentence; state.className = `state ${kind}`; };
  const drafts = keepDrafts(form, () => say(words.kept, "kept"));
  const undo = offerUndo((back) => {
    text.value = text.value ? `${back.text}\n${text.value}` : back.text;
    note.value = note.value || back.note || "";
    id.value = newId();
    say("");
    text.focus();
  });

  const sentence = (message) => {
    if (!message.isKept) return words.unkept;
    return navigator.onLine ? words.unsent : words.offline;
  };

  function wait(message, said) {
    unsent(message.line, said, words.again, run);
    say(said, "unsent");
  }

  function leave(message) {
    queue.splice(queue.indexOf(message), 1);
    kept.forget(message.client_id);
    message.line.remove();
  }

  function giveBack(message, sentence) {
    leave(message);
    text.value = text.value ? `${message.text}\n${text.value}` : message.text;
    note.value = note.value || message.note;
    say(sentence, "unsent");
  }

  // Many devices wait at the same time: each comes back at a moment of its own.
  function later(message) {
    wait(message, sentence(message));
    clearTimeout(waiting);
    waiting = setTimeout(run, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  async function run() {
    clearTimeout(waiting);
    if (busy || !queue.length) return;
    busy = true;
    const message = queue[0], { text: said, note: about, client_id } = message;
    const { status, content } = await post(form.action, { text: said, note: about, client_id }).catch(() => ({ status: 0, content: {} }));
    busy = false;
    if (status === 200) {
      leave(message);
      pause = FIRST_PAUSE_MS;
      drafts.forget();
      say(queue.length ? words.sending : content.held ?? words.sent);
      if (content.held) waits(list, content); // somebody reads it first: it is no message yet
      else { place(content); undo.offer(content.id); }
      if (content.card) showCard(content.card);
      return run();
    }
    if (status === 401) return wait(message, words.signedOut);
    if (content.error && status < 500) return giveBack(message, content.error);
    return later(message);
  }

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name) return;
    event.preventDefault();
    const message = { text: text.value.trim(), note: note.value.trim(), client_id: id.value || newId() };
    if (!message.text) return text.focus();
    if ([...message.text].length > Number(words.limit)) return say(words.tooLong, "unsent");
    queue.push(Object.assign(message, { line: pending(list, message, words.sending), isKept: false }));
    text.value = note.value = "";
    id.value = newId();
    undo.hide();
    say(words.sending);
    message.isKept = await kept.keep(message);
    run();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  text.addEventListener("input", (event) => {
    if (words.typing !== "yes" || event.timeStamp - typed < TYPING_EVERY_MS) return;
    typed = event.timeStamp;
    post(form.action.replace(/send$/, "typing"), {}).catch(() => {});
  });
  // What an earlier page could not send goes first. The draft on the server may be the same words, here or on another
  // device: they leave the box if nobody has written on in it, and what is written from now on is a message of its own.
  const drafted = id.value;
  id.value = newId();
  kept.all().then((found) => {
    const missing = found.filter((each) => !queue.some((other) => other.client_id === each.client_id));
    for (const message of missing) message.line = pending(list, message, words.sending);
    queue.unshift(...missing.map((message) => Object.assign(message, { isKept: true })));
    const same = found.find((message) => message.client_id === drafted);
    if (same && text.value.trim() === same.text) text.value = note.value = "";
    run();
  });
  addEventListener("online", run);
  addEventListener("beforeunload", (event) => { if (!document.documentElement.hidden && queue.some((each) => !each.isKept)) event.preventDefault(); });
  return {
    online() { if (isAway) { isAway = false; if (!queue.length) say(""); } run(); },
    offline() { isAway = true; if (!navigator.onLine && words.seal) say(words.offline, "unsent"); },
  };
}
