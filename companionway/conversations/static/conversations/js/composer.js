// Writing and sending. Unsent words stay on the page and, sealed, on the server; never in the browser's storage.
import { keepDrafts } from "./draft.js";
import { newId, post } from "./post.js";
import { offerUndo } from "./undo.js";

const FIRST_PAUSE_MS = 2000, LONGEST_PAUSE_MS = 30000, TYPING_EVERY_MS = 4000;

export function compose(form, list, place) {
  const text = form.elements.text, note = form.elements.note, id = form.elements.client_id;
  const state = document.getElementById("state"), words = form.dataset;
  const queue = [];
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

  function pending(message) {
    const line = document.createElement("li");
    line.className = "msg me sending";
    line.dataset.client = message.client_id;
    const bubble = line.appendChild(document.createElement("div"));
    bubble.className = "words";
    bubble.dir = "auto";
    bubble.textContent = message.text;
    const meta = line.appendChild(document.createElement("div"));
    meta.className = "meta";
    meta.textContent = words.sending;
    return list.appendChild(line);
  }

  function keep(message, sentence) {
    message.line.className = "msg me unsent";
    const meta = message.line.lastElementChild;
    meta.textContent = `${sentence} `;
    const again = meta.appendChild(document.createElement("button"));
    again.className = "link";
    again.type = "button";
    again.textContent = words.again;
    again.addEventListener("click", run);
    say(sentence, "unsent");
  }

  function giveBack(message, sentence) {
    queue.shift();
    message.line.remove();
    text.value = text.value ? `${message.text}\n${text.value}` : message.text;
    note.value = note.value || message.note;
    say(sentence, "unsent");
  }

  function later(message, sentence) {
    keep(message, sentence);
    clearTimeout(waiting);
    waiting = setTimeout(run, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  async function run() {
    clearTimeout(waiting);
    if (busy || !queue.length) return;
    busy = true;
    const { line, ...message } = queue[0];
    const { status, content } = await post(form.action, message).catch(() => ({ status: 0, content: {} }));
    busy = false;
    if (status === 200) {
      queue.shift();
      pause = FIRST_PAUSE_MS;
      line.remove();
      place(content);
      drafts.forget();
      say(queue.length ? words.sending : words.sent);
      undo.offer(content.id);
      return run();
    }
    if (status === 401) return keep(queue[0], words.signedOut);
    if (content.error && status < 500) return giveBack(queue[0], content.error);
    return later(queue[0], content.error || (navigator.onLine ? words.unsent : words.offline));
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter?.name) return;
    event.preventDefault();
    const message = { text: text.value.trim(), note: note.value.trim(), client_id: id.value || newId() };
    if (!message.text) return text.focus();
    if ([...message.text].length > Number(words.limit)) return say(words.tooLong, "unsent");
    queue.push({ ...message, line: pending(message) });
    text.value = note.value = "";
    id.value = newId();
    undo.hide();
    say(words.sending);
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
  addEventListener("online", run);
  addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });
  return {
    online() { if (isAway) { isAway = false; if (!queue.length) say(""); } run(); },
    offline() { isAway = true; if (!navigator.onLine) say(words.offline, "unsent"); },
  };
}
