// Leave site: blank the page at once, end the session in the background, and put a neutral page in its place.
// Without this script the link does the same by one request. Shift three times does it from the keyboard.
const link = document.querySelector("[data-leave]");
const WITHIN_MS = 3000;

function leave() {
  document.documentElement.hidden = true;
  document.title = "…";
  fetch(link.href, { keepalive: true, redirect: "manual" }).catch(() => {});
  location.replace(link.dataset.leave);
}

link?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  leave();
});

let presses = [];
addEventListener("keyup", (event) => {
  if (event.key !== "Shift") { presses = []; return; }
  presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
  if (link && presses.length >= 3) leave();
});
// Another key between the presses means writing, not leaving.
addEventListener("keydown", (event) => { if (event.key !== "Shift") presses = []; });

// Coming back with the browser's back button must not show a page kept in memory.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
