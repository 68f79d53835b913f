// What was said, piece by piece: a screen reader says only what is new, and a note that is open stays open.
import { differs, isInUse } from "./pieces.js";

const list = document.getElementById("shares");
const mine = new Set();
let known = Number(list?.dataset.last ?? 0), state = list?.dataset.state ?? "";
const item = (id) => document.getElementById(`s-${id}`);
// What this page has, for the server to say only the rest.
export const have = () => `since=${known}&state=${state}`;
function pattern(id, of) {
  const found = document.getElementById(id);
  return found ? found.innerHTML.replaceAll("share-id-here", of) : "";
}

function dress(here, id, signs) {
  const kind = signs.includes("m") || mine.has(id) ? "mine" : signs.includes("w") ? "with" : "other";
  const buttons = pattern(`doings-${kind}`, id);
  here.querySelector(".you").hidden = kind !== "mine";
  let row = here.querySelector(".doings");
  if (!buttons || (row && here.dataset.kind === kind)) return;
  const hadFocus = row?.contains(document.activeElement);
  row?.remove();
  row = document.createElement("div");
  row.className = "row doings";
  row.innerHTML = buttons;
  here.append(row);
  here.dataset.kind = kind;
  if (hadFocus) row.querySelector("button")?.focus();
}

export function feel(id, many) {
  const place = item(id)?.querySelector(".with");
  if (!place) return;
  place.querySelector("span").textContent = many;
  place.hidden = !Number(many);
}

function flag(here, id) {
  if (!document.getElementById(`f-${id}`)) here.insertAdjacentHTML("beforebegin", pattern("flagged", id));
}

export function gone(id) {
  item(id)?.remove();
  document.getElementById(`f-${id}`)?.remove();
}

// In the order of their numbers; what still waits has none and stands last.
function put(fresh) {
  const number = Number(fresh.dataset.number) || Infinity;
  document.getElementById(fresh.id)?.remove();
  const after = [...list.children].find((each) => "number" in each.dataset && (Number(each.dataset.number) || Infinity) > number);
  list.insertBefore(fresh, after ?? null);
  document.getElementById("piece-empty")?.setAttribute("hidden", "");
}

export function own(id) {
  mine.add(id);
  if (item(id)) dress(item(id), id, "m");
}

// False: something before it was missed.
export function said(told) {
  const drawn = document.createElement("template");
  drawn.innerHTML = told.drawn;
  const fresh = drawn.content.querySelector("li");
  dress(fresh, told.id, "");
  put(fresh);
  if (told.number > known + 1) return false;
  known = Math.max(known, told.number);
  return true;
}

function fit(fresh) {
  const here = document.getElementById(fresh.id);
  if (!here || here.dataset.number !== fresh.dataset.number || (differs(here, fresh) && !isInUse(here))) put(fresh);
}

// What was asked for: the words that are new, and of all others only that they are still there and what became of them.
export function merge(fresh) {
  const next = fresh.getElementById("shares");
  if (!list || !next) return;
  for (const each of next.querySelectorAll(":scope > [id^=s-]")) fit(each);
  known = Math.max(known, Number(next.dataset.last));
  // My own words that wait have no number; they are drawn each time.
  for (const each of list.querySelectorAll("[data-number='']")) if (!fresh.getElementById(each.id)) each.remove();
  if (next.dataset.marks === undefined) return;
  state = next.dataset.state;
  const there = new Map(next.dataset.marks.split(" ").filter(Boolean).map((each) => {
    const [id, many, signs] = each.split(":");
    return [id, { many, signs }];
  }));
  // What was said while this was on its way is not in it.
  const isKept = (each) => there.has(each.id.slice(2)) || each.dataset.number === "" || each.dataset.number > Number(next.dataset.last);
  for (const each of [...list.children]) if (!isKept(each)) each.remove();
  for (const [id, { many, signs }] of there) {
    const here = item(id);
    if (!here) continue;
    feel(id, many);
    dress(here, id, signs);
    if (signs.includes("f")) flag(here, id);
  }
}
