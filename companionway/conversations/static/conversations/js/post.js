// One way to send a small form from a script: same site, answered with data, given up after half a minute.
const GIVE_UP_MS = 30000;

export async function post(url, fields, options = {}) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "X-Requested-With": "fetch" },
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(GIVE_UP_MS),
    redirect: "manual",
    ...options,
  });
  // Somebody who was signed out is led to the sign-in page: that is no answer to this.
  const status = answer.type === "opaqueredirect" ? 401 : answer.status;
  const content = await answer.json().catch(() => ({}));
  return { status, content };
}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
