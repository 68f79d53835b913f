// Pieces of a page, drawn anew by the server: what somebody uses just now is left alone until they are done with it.
const PIECES = ["piece-script", "piece-mine", "piece-pause", "piece-seats", "piece-read"];
const bare = (html) => html.replace(/value="\w{64}"/g, "");

// Drawn anew each time, the token of a form differs and nothing else.
export const differs = (here, there) => bare(here.innerHTML) !== bare(there.innerHTML);

const isWrittenIn = (place) => [...place.querySelectorAll("input[type=text], textarea")]
  .some((each) => each.value || each === document.activeElement);

export const isInUse = (place) => place.contains(document.activeElement) || isWrittenIn(place)
  || Boolean(place.querySelector("details[open]"));

// Where the focus was: the button of the same form, or the same link.
function same(there, was) {
  const action = was.form?.getAttribute("action"), href = was.getAttribute("href");
  return [...there.querySelectorAll("button, a")].find((each) => (action
    ? each.form?.getAttribute("action") === action && each.value === was.value : href && each.getAttribute("href") === href));
}

// A sentence somebody writes is never touched; news comes although a button has the focus, and the focus stays.
export function swap(fresh) {
  for (const id of PIECES) {
    const here = document.getElementById(id), there = fresh.getElementById(id);
    if (!here || !there || !differs(here, there) || isWrittenIn(here)) continue;
    const was = here.contains(document.activeElement) ? document.activeElement : null;
    here.replaceWith(there);
    if (was) (same(there, was) ?? there.querySelector("button, a"))?.focus({ preventScroll: true });
  }
}
