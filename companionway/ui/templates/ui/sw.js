// Keeps the shell, the offline page and Help now, fetched without cookies. Of personal pages one is kept, and only
// where its person switched that on for this device (plans/own.js): it goes when they are no longer signed in.
const SHELL = "shell-{{ version }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];
// A device that stands at a door keeps that one page, so that it opens again without a network (gatherings/door.js).
const DOOR = "door", DOOR_PAGE = /^\/gatherings\/[\w-]+\/at-the-door\/\w+\/$/, DOOR_SCRIPT = /\/gatherings\/js\/door(\.\w+)?\.js$/;
const OWN = "own", OWN_DOOR = "/me/own/", OWN_PAGE = "/me/own/kept/", MINUTE = 60_000;
const ENDS = ["/sign-out/", "/leave/"];
// The copy that is kept cannot know who is here when it is read, and says so.
const OFFLINE = "/offline/", HELP = "/help-now/", HELP_KEPT = HELP + "?kept=1";
const plain = (path) => new Request(path, { credentials: "omit", cache: "reload" });

async function keep(path, from = path) {
  const answer = await fetch(plain(from));
  if (answer.ok && !answer.redirected) await (await caches.open(SHELL)).put(path, answer);
}
addEventListener("install", (event) => event.waitUntil((async () => {
  await (await caches.open(SHELL)).addAll(FILES);
  await Promise.allSettled([keep(OFFLINE), keep(HELP, HELP_KEPT)]);
  await skipWaiting();
})()));
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (![SHELL, OWN, DOOR].includes(name)) await caches.delete(name);
  await clients.claim();
})()));

// caches.match would ask every cache; caches.open would make one. Neither may happen before somebody asked for it.
const own = async () => (await caches.has(OWN)) ? caches.open(OWN) : null;
const kept = async (path) => (await own())?.match(path.startsWith(OWN_DOOR) ? OWN_PAGE : path === HELP ? HELP : OFFLINE);

// With a connection the copy follows what was written. Signed out, somebody else, a shared device: it goes.
async function renew(isDoor) {
  const copies = await own(), before = await copies?.match(OWN_PAGE);
  if (!before || (!isDoor && Date.now() - Date.parse(before.headers.get("date")) < MINUTE)) return;
  const answer = await fetch(OWN_PAGE, { credentials: "same-origin", cache: "reload", redirect: "manual" });
  const isSame = answer.headers.get("x-kept-for") === before.headers.get("x-kept-for");
  if (answer.ok && isSame) {
    const help = await fetch(plain(`${HELP}?own=1`));
    await copies.put(OWN_PAGE, answer);
    if (help.ok) await copies.put(HELP, help);
  } else if (answer.status < 500) await caches.delete(OWN);
}

async function page(event) {
  const path = new URL(event.request.url).pathname;
  try {
    const answer = await fetch(event.request);
    event.waitUntil(renew(path.startsWith(OWN_DOOR)).catch(() => {}));
    if (path === HELP && answer.ok) event.waitUntil(keep(HELP, HELP_KEPT).catch(() => {}));
    return answer;
  } catch {
    if (DOOR_PAGE.test(path)) return await caches.match(path) || await caches.match(OFFLINE) || Response.error();
    return await kept(path) || (path === HELP && await caches.match(HELP)) || await caches.match(OFFLINE) || Response.error();
  }
}
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (ENDS.includes(url.pathname)) event.waitUntil(caches.delete(OWN));
  if (event.request.method !== "GET") return;
  if (url.origin !== location.origin || url.pathname === "/leave/") return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (FILES.includes(url.pathname) || DOOR_SCRIPT.test(url.pathname)) {
    event.respondWith(fetch(event.request).catch(() => caches.match(url.pathname)));
  }
});
// A push says that something waits, never what: the words come sealed from our own server and name nobody.
addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  event.waitUntil(registration.showNotification(told.title ?? "New message", { tag: "new", data: told.path ?? "/new/" }));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data));
});
