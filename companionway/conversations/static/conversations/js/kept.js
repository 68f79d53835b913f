// Words on their way stay on this device until the service has them, also when the tab is closed. They are sealed with a
// key that only the signed-in person's page brings along; signing out and "Leave this site" clear them away. Without a
// safe connection or a place to keep them, `keep` says false and nothing else is lost.
const encoded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const decoded = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

export function keptWords(place, secret) {
  const prefix = `unsent:${place}:`;
  const sealing = secret && globalThis.crypto?.subtle
    ? crypto.subtle.importKey("raw", decoded(secret), "AES-GCM", false, ["encrypt", "decrypt"])
    : Promise.reject(new Error("no safe connection"));
  sealing.catch(() => {});
  const bound = (name) => new TextEncoder().encode(name);

  async function keep({ text, note, client_id }) {
    const name = prefix + client_id, iv = crypto.getRandomValues(new Uint8Array(12));
    const words = new TextEncoder().encode(JSON.stringify({ text, note, client_id, at: Date.now() }));
    try {
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(name) }, await sealing, words);
      localStorage.setItem(name, `${encoded(iv)}.${encoded(sealed)}`);
      return true;
    } catch {
      return false;
    }
  }

  async function opened(name) {
    const [iv, sealed] = localStorage.getItem(name).split(".").map(decoded);
    const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound(name) }, await sealing, sealed);
    return JSON.parse(new TextDecoder().decode(words));
  }

  // What another person left here, or an older key sealed, stays closed and is passed over.
  async function all() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
      const found = await Promise.allSettled(names.map(opened));
      return found.filter((each) => each.value).map((each) => each.value).sort((one, other) => one.at - other.at);
    } catch {
      return [];
    }
  }

  function forget(clientId) {
    try { localStorage.removeItem(prefix + clientId); } catch { /* nothing was kept */ }
  }

  return { keep, all, forget };
}
