// A message on its way, at the end of the list until the service has it.
export function pending(list, message, words) {
  const line = document.createElement("li");
  line.className = "msg me sending";
  line.dataset.client = message.client_id;
  const bubble = line.appendChild(document.createElement("div"));
  bubble.className = "words";
  bubble.dir = "auto";
  bubble.textContent = message.text;
  const meta = line.appendChild(document.createElement("div"));
  meta.className = "meta";
  meta.textContent = words;
  return list.appendChild(line);
}

// It waits: say so under it, with a button to try again now.
export function unsent(line, sentence, again, run) {
  line.className = "msg me unsent";
  const meta = line.lastElementChild;
  meta.textContent = `${sentence} `;
  const button = meta.appendChild(document.createElement("button"));
  button.className = "link";
  button.type = "button";
  button.textContent = again;
  button.addEventListener("click", run);
}

// Taken in, and not sent: it stays at the end of the list, as the service draws it, until the message itself is there.
export function waits(list, { client_id, html }) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  list.querySelector(`:scope > li[data-client="${CSS.escape(client_id)}"]`)?.remove();
  list.append(holder.content.firstElementChild);
}
