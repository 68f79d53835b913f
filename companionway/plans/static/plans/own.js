// Switching on and off the copy of one's own page on this device. The service worker opens it without a connection,
// renews it, and throws it away when its person is signed out (ui/sw.js). Nothing is kept before somebody asks here.
const KEPT = "own", OFFLINE = "/offline/", HELP = "/help-now/";
const box = document.getElementById("own-device");
const inside = (name) => box.querySelector(name);

function say(state) {
  for (const each of box.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== state;
  inside("[data-do=keep]").hidden = state === "on";
  inside("[data-do=forget]").hidden = state !== "on";
}

async function keep() {
  const page = await fetch(box.dataset.page, { cache: "reload", redirect: "error" });
  const way = await fetch(`${box.dataset.offline}?own=1`, { credentials: "omit", cache: "reload", redirect: "error" });
  const help = await fetch(`${HELP}?own=1`, { credentials: "omit", cache: "reload", redirect: "error" });
  if (!page.ok || !way.ok || !help.ok) throw new Error("not there");
  const kept = await caches.open(KEPT);
  await Promise.all([kept.put(box.dataset.page, page), kept.put(OFFLINE, way), kept.put(HELP, help)]);
}

async function press(deed, after) {
  try {
    await deed();
    say(after);
  } catch {
    await caches.delete(KEPT);
    say("failed");
  }
}

if (box && "caches" in window && navigator.serviceWorker) {
  box.hidden = false;
  document.getElementById("own-cannot").hidden = true;
  inside("[data-do=keep]").addEventListener("click", () => press(keep, "on"));
  inside("[data-do=forget]").addEventListener("click", () => press(() => caches.delete(KEPT), "off"));
  say(await caches.has(KEPT) ? "on" : "off");
}
