// On the look page: show each choice at once. Saving stays an ordinary form.
const root = document.documentElement;
const dark = document.getElementById("dark-colours");
const MEDIA = { auto: "(prefers-color-scheme: dark)", light: "not all", dark: "all" };

document.querySelector("[data-look]")?.addEventListener("change", (event) => {
  const { name, value } = event.target;
  if (!name) return;
  root.dataset[name] = value;
  if (name === "theme" && dark) dark.media = MEDIA[value] ?? MEDIA.auto;
});
