// For ten seconds after sending, one button takes the message back and returns its words.
import { post, token } from "./post.js";

const FOR_MS = 10000;

export function offerUndo(giveBack) {
  const bar = document.getElementById("undo");
  const form = bar.querySelector("form");
  let over = 0;

  function hide() {
    clearTimeout(over);
    bar.hidden = true;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const url = form.action;
    hide();
    const { status, content } = await post(url, { csrfmiddlewaretoken: token() }).catch(() => ({ status: 0, content: {} }));
    if (status === 200) giveBack(content);
    else bar.hidden = status !== 0;
  });
  if (!bar.hidden) over = setTimeout(hide, FOR_MS);

  return {
    hide,
    offer(id) {
      clearTimeout(over);
      form.action = `${bar.dataset.url}${id}/undo/`;
      bar.hidden = false;
      over = setTimeout(hide, FOR_MS);
    },
  };
}
