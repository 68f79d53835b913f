// The queue keeps itself fresh: a signal on the stream says that something changed, coming back after a drop-out asks
// again, and a slow look makes good for a signal that was lost. What is shown always comes from the list itself.
const SLOW_MS = 4000, AGAIN_MS = 1500, PATIENCE_MS = 10000;
const place = document.getElementById("noticed");
let asking = false, asked = false, known = "", source = null, waiting = 0;

async function ask() {
  if (asking) { asked = true; return; }
  asking = true;
  try {
    const answer = await fetch(place.dataset.waiting, { headers: { "X-Requested-With": "fetch" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    const list = answer.ok ? await answer.text() : known;
    // Somebody is about to press something there: it changes when they have moved on.
    if (list !== known && !place.contains(document.activeElement)) { place.innerHTML = list; known = list; }
  } catch { /* away: the next look asks again */ }
  asking = false;
  if (asked) { asked = false; ask(); }
}

function listen() {
  clearTimeout(waiting);
  source?.close();
  source = new EventSource("/live");
  for (const kind of ["here", "noticed"]) source.addEventListener(kind, ask);
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) waiting = setTimeout(listen, AGAIN_MS);
  });
}

if (place) {
  listen();
  setInterval(() => { if (!document.hidden) ask(); }, SLOW_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("pagehide", () => source?.close());
}
