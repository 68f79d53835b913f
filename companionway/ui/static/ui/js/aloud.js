// Reads the main part of the page with a voice of this device. Voices that would send the words away are never used:
// without a voice of its own the button stays hidden. A second press stops; so does leaving the page.
const button = document.querySelector("[data-aloud]"), main = document.getElementById("main");
const PARTS = "h1, h2, h3, h4, p, li, dt, dd, legend, label, summary, figcaption, th, td, button, a.btn, a.item";
const LONGEST = 180;
let reading = 0;

const language = () => document.documentElement.lang.split("-")[0];
const voice = () => speechSynthesis.getVoices().find((each) => each.localService && each.lang.split(/[-_]/)[0] === language());

// What is shown, each piece once: a paragraph in a list item is part of the item.
function pieces() {
  return [...main.querySelectorAll(PARTS)]
    .filter((part) => !part.parentElement.closest("p, li, label, legend, summary, button, a, h1, h2, h3, td, th, .aloud"))
    .filter((part) => part !== button && part.checkVisibility({ visibilityProperty: true }))
    .map((part) => part.innerText.trim()).filter(Boolean);
}

// Long texts are said sentence by sentence: some browsers fall silent in the middle of a long one.
function sentences(text) {
  const found = text.split(/(?<=[.!?:؟])\s+|\n+/).map((each) => each.trim()).filter(Boolean);
  return found.flatMap((each) => each.match(new RegExp(`.{1,${LONGEST}}(\\s|$)`, "gs")) ?? [each]);
}

function show(isReading) {
  button.setAttribute("aria-pressed", isReading);
  const [start, stop] = button.querySelectorAll("span");
  start.hidden = isReading;
  stop.hidden = !isReading;
}

function stop() {
  reading += 1;
  speechSynthesis.cancel();
  show(false);
}

function read() {
  const said = pieces().flatMap(sentences), turn = (reading += 1), chosen = voice();
  const next = () => {
    if (turn !== reading) return;
    const text = said.shift();
    if (!text) return show(false);
    const words = new SpeechSynthesisUtterance(text);
    words.voice = chosen;
    words.lang = chosen.lang;
    words.rate = 0.9;
    words.onend = next;
    words.onerror = () => turn === reading && stop();
    speechSynthesis.speak(words);
  };
  show(true);
  next();
}

if (button && "speechSynthesis" in window) {
  const offer = () => { button.hidden = !voice(); };
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  offer();
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : read()));
  addEventListener("pagehide", stop);
}
