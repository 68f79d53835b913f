// What ical.js finds in calendars: a list of them on stdin as [{content, since, until}], a list of answers on stdout.
// Each answer is {found: [[starts, STATUS, UID, ends], ...]} in order, or {fault: "..."}. Times in seconds.
import ICAL from "ical.js";

const MOST = 200000;

function found({ content, since, until }) {
  const calendar = new ICAL.Component(ICAL.parse(content));
  const all = calendar.getAllSubcomponents("vevent");
  const masters = all.filter((each) => !each.hasProperty("recurrence-id"));
  const said = [];
  const add = (item, start, end) => {
    const seconds = start.toUnixTime();
    const status = item.component.getFirstPropertyValue("status");
    if (since <= seconds && seconds < until) said.push([seconds, status, item.uid, end.toUnixTime()]);
  };
  for (const master of masters) {
    const uid = master.getFirstPropertyValue("uid");
    const exceptions = all.filter((each) => each.hasProperty("recurrence-id") && each.getFirstPropertyValue("uid") === uid);
    const event = new ICAL.Event(master, { exceptions: exceptions.map((each) => new ICAL.Event(each)), strictExceptions: true });
    if (!event.isRecurring()) {
      add(event, event.startDate, event.endDate);
      continue;
    }
    const times = event.iterator();
    // A moved one may come from after the end of what was asked for.
    const last = until + 400 * 86400;
    for (let count = 0, next = times.next(); next && count < MOST && next.toUnixTime() < last; count += 1, next = times.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(next);
      add(item, startDate, endDate);
    }
  }
  return { found: said.sort((one, other) => one[0] - other[0]), method: calendar.getFirstPropertyValue("method") };
}

let text = "";
for await (const part of process.stdin) text += part;
const answers = JSON.parse(text).map((each) => {
  try {
    return found(each);
  } catch (fault) {
    return { fault: String(fault) };
  }
});
process.stdout.write(JSON.stringify(answers));
