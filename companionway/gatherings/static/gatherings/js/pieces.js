// Pieces of a page, drawn anew by the server: what somebody uses just now is left alone until they are done with it.
const PIECES = ["piece-script", "piece-mine", "piece-pause", "piece-seats", "piece-read"];
const bare = (html) => html.replace(/value="\w{64}"/g, "");

// Drawn anew each time, the token of a form differs and nothing else.
export const differs = (here, there) => bare(here.innerHTML) !== bare(there.innerHTML);

export const isTypedIn = (place) => [...place.querySelectorAll("input[type=text], textarea")].some((each) => each.value);

export const isInUse = (place) => place.contains(document.activeElement) || isTypedIn(place)
  || Boolean(place.querySelector("details[open]"));

// `pressed`: the address of the form that was just sent; its piece changes although a finger is on it, and keeps the focus.
export function swap(fresh, pressed) {
  for (const id of PIECES) {
    const here = document.getElementById(id), there = fresh.getElementById(id);
    if (!here || !there || !differs(here, there)) continue;
    const isPressed = pressed && here.contains(document.activeElement) && !isTypedIn(here);
    if (id !== "piece-script" && isInUse(here) && !isPressed) continue;
    here.replaceWith(there);
    if (isPressed) (there.querySelector(`form[action="${pressed}"] button`) ?? there.querySelector("button, a"))?.focus();
  }
}
