// The card that only the writer sees comes with the answer to what they sent. It waits where it is until they choose.
import { post, token } from "./post.js";

const place = document.getElementById("card");

export function showCard(html) {
  if (!place) return;
  place.innerHTML = html;
  const hidden = place.querySelector("[name=csrfmiddlewaretoken]");
  if (hidden) hidden.value = token();
  // On a small screen the box to write in would cover its first words. Focus stays where it is.
  place.scrollIntoView({ block: "start" });
}

place?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  post(form.action, { answer: event.submitter?.value ?? "put_away", csrfmiddlewaretoken: token() }).catch(() => {});
  place.replaceChildren();
});
