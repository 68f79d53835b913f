// Keeps the shell, the offline page and Help now, fetched without cookies. A personal page is never kept.
const SHELL = "shell-{{ version }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];
const OFFLINE = "/offline/", HELP = "/help-now/";
const plain = (path) => new Request(path, { credentials: "omit", cache: "reload" });

async function keep(path) {
  const answer = await fetch(plain(path));
  if (answer.ok && !answer.redirected) await (await caches.open(SHELL)).put(path, answer);
}
addEventListener("install", (event) => event.waitUntil((async () => {
  await (await caches.open(SHELL)).addAll(FILES);
  await Promise.allSettled([keep(OFFLINE), keep(HELP)]);
  await skipWaiting();
})()));
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== SHELL) await caches.delete(name);
  await clients.claim();
})()));

async function page(event) {
  const path = new URL(event.request.url).pathname;
  try {
    const answer = await fetch(event.request);
    if (path === HELP && answer.ok) event.waitUntil(keep(HELP).catch(() => {}));
    return answer;
  } catch {
    return (path === HELP && await caches.match(HELP)) || await caches.match(OFFLINE) || Response.error();
  }
}
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const url = new URL(event.request.url);
  if (url.origin !== location.origin || url.pathname === "/leave/") return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (FILES.includes(url.pathname)) {
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
