// Asks the browser to tell this person on this device, only when they press the button.
const form = document.querySelector("form[data-push]");
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

async function subscription(key) {
  const ready = await navigator.serviceWorker.ready;
  const kept = await ready.pushManager.getSubscription();
  if (kept) return kept;
  return ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

async function agree() {
  if (await Notification.requestPermission() !== "granted") throw new Error("not allowed");
  const { endpoint, keys } = (await subscription(form.dataset.push)).toJSON();
  const body = new FormData(form);
  for (const [name, value] of Object.entries({ endpoint, p256dh: keys.p256dh, auth: keys.auth })) body.set(name, value);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
  if (!answer.ok) throw new Error("not kept");
}

if (form && "serviceWorker" in navigator && "PushManager" in window) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const says = form.querySelector("[role=status]");
    try {
      await agree();
      location.reload();
    } catch {
      says.textContent = form.dataset.failed;
    }
  });
}
