// One stream, kept through drop-outs: it comes back with the last number it has, after a pause that grows.
const FIRST_PAUSE_MS = 1000, LONGEST_PAUSE_MS = 30000, HIDDEN_MS = 60000;

export function listen(url, hear) {
  const address = new URL(url, location.href);
  let source = null, pause = FIRST_PAUSE_MS, waiting = 0, hiding = 0;

  function remember(event) {
    if (Number(event.lastEventId) > Number(address.searchParams.get("after"))) {
      address.searchParams.set("after", event.lastEventId);
    }
  }

  function open() {
    clearTimeout(waiting);
    source?.close();
    source = new EventSource(address);
    source.addEventListener("message", (event) => {
      remember(event);
      hear.message(JSON.parse(event.data));
    });
    source.addEventListener("here", (event) => {
      remember(event);
      pause = FIRST_PAUSE_MS;
      hear.here?.();
    });
    for (const kind of ["seen", "typing"]) {
      source.addEventListener(kind, (event) => hear[kind]?.(JSON.parse(event.data)));
    }
    source.addEventListener("error", () => {
      hear.away?.();
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      waiting = setTimeout(open, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  }

  function close() {
    clearTimeout(waiting);
    source?.close();
    source = null;
  }

  addEventListener("online", () => { pause = FIRST_PAUSE_MS; open(); });
  addEventListener("pagehide", close);
  // A page that nobody looks at lets go after a while, and catches up when it is looked at again.
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(close, HIDDEN_MS);
    else if (!source || source.readyState === EventSource.CLOSED) open();
  });
  open();
}
