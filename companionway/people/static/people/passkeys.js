// The browser's half of a passkey: ask for options, let the device do its part, send the answer, go where we are told.
// Without JavaScript or passkeys the buttons stay hidden and the passphrase form is all there is.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

function decoded(options) {
  const listed = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));
  const ready = { ...options, challenge: bytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = listed(options.allowCredentials);
  return ready;
}

function encoded(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) said.attestationObject = text(response.attestationObject);
  if (response.authenticatorData) said.authenticatorData = text(response.authenticatorData);
  if (response.signature) said.signature = text(response.signature);
  if (response.userHandle) said.userHandle = text(response.userHandle);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function post(box, address, body) {
  const token = box.querySelector("input[name=csrfmiddlewaretoken]").value;
  const more = new URLSearchParams();
  if (box.dataset.next) more.set("next", box.dataset.next);
  if (document.querySelector("input[name=shared]")?.checked) more.set("shared", "1");
  const answer = await fetch(`${address}?${more}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" },
    body: JSON.stringify(body),
    credentials: "same-origin",
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.says || "");
  return said;
}

async function ceremony(box) {
  const publicKey = decoded(await post(box, box.dataset.options, {}));
  const making = box.dataset.passkey === "make";
  const credential = making
    ? await navigator.credentials.create({ publicKey })
    : await navigator.credentials.get({ publicKey });
  const { to } = await post(box, box.dataset.answer, encoded(credential));
  location.assign(to);
}

function ready(box) {
  const button = box.querySelector("button");
  const words = box.querySelector("[role=status]");
  box.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    words.hidden = true;
    try {
      await ceremony(box);
    } catch (fault) {
      // What the device says is technical; what we say is kind.
      words.textContent = (!(fault instanceof DOMException) && fault.message) || box.dataset.failed;
      words.hidden = false;
      button.disabled = false;
    }
  });
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  const host = location.hostname;
  const here = host === box.dataset.site || host.endsWith(`.${box.dataset.site}`);
  if (window.PublicKeyCredential && here) ready(box);
}
