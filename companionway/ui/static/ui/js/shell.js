// Keeps the shell, the offline page and Help now on this device; and says when a text grows longer than its box.
navigator.serviceWorker?.register("/sw.js").catch(() => {});

for (const box of document.querySelectorAll("textarea[data-limit]")) {
  const limit = Number(box.dataset.limit);
  const line = document.getElementById(`${box.id}_limit`);
  if (!line) continue;
  const whole = line.textContent;
  const say = () => {
    const left = limit - [...box.value].length;
    line.classList.toggle("over", left < 0);
    line.textContent = left > limit / 10 ? whole : `${whole} (${left.toLocaleString(document.documentElement.lang)})`;
  };
  box.addEventListener("input", say);
  say();
}
