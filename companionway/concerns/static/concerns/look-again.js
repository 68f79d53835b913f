// The part of the page that changes is drawn again when something is told, and every few seconds besides.
const MOST_WAIT_MS = 20000;
let source = null, timer = 0, asking = false, again = false, away = 0;

const part = () => document.getElementById("now");
const seconds = () => Number(part()?.dataset.lookAgain || 0);

function keepsFocus(fresh) {
  const here = document.activeElement;
  if (!part().contains(here)) return () => {};
  const all = (root) => [...root.querySelectorAll("a[href], button, input")];
  const words = here.textContent, at = all(part()).indexOf(here);
  return () => {
    const next = all(fresh);
    (next.find((each) => each.textContent === words) || next[at])?.focus({ preventScroll: true });
  };
}

async function look() {
  clearTimeout(timer);
  if (asking) { again = true; return; }
  asking = true;
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "look" }, redirect: "error" });
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("now");
      if (fresh && fresh.innerHTML.replace(/value="[^"]{60,}"/g, "") !== part().innerHTML.replace(/value="[^"]{60,}"/g, "")) {
        const back = keepsFocus(fresh);
        part().replaceWith(fresh);
        back();
      }
      away = 0;
    }
  } catch { away += 1; }
  asking = false;
  if (again) { again = false; look(); return; }
  later();
}

function later() {
  clearTimeout(timer);
  if (!seconds() || document.hidden) return;
  timer = setTimeout(look, Math.min(seconds() * 1000 * (1 + away), MOST_WAIT_MS));
}

function listen() {
  if (!seconds()) return;
  source = new EventSource("/live");
  source.addEventListener("concern", look);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => { if (event.persisted) { listen(); look(); } });
listen();
later();
