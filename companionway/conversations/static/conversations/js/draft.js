// Words on their way are kept sealed on the server a moment after the last key, one request after the other.
import { post } from "./post.js";

const AFTER_MS = 1200;

export function keepDrafts(form, kept) {
  let waiting = 0, isKept = Boolean(form.elements.text.value), last = Promise.resolve();

  function save(options = {}) {
    clearTimeout(waiting);
    const words = Object.fromEntries(new FormData(form));
    last = last.then(() => post(form.dataset.draft, words, options)).then(({ status }) => {
      if (status !== 200) return;
      isKept = Boolean(words.text.trim());
      if (isKept && form.elements.text.value) kept();
    }).catch(() => {});
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, AFTER_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && form.elements.text.value) save({ keepalive: true });
  });
  // What was sent is no draft any more.
  return { forget() { if (isKept || form.elements.text.value) save(); else clearTimeout(waiting); } };
}
