// The calendar of a person as another program reads it: ical.js, which shares nothing with what wrote the
// feed, finds each day of the page's own list, and nothing once the link was taken back.
// Read next: src/core/owed/calendar_pages.c.
import { finish, launch, packaged, tell, Visitor } from "./browser.mjs";

const { default: ICAL } = await import(packaged("ical.js"));

/** One line for each thing, in an order of its own, so that two lists can be compared. */
const sorted = (lines) => [...lines].sort();

function inFeed(file) {
    const calendar = new ICAL.Component(ICAL.parse(file));
    return calendar.getAllSubcomponents("vevent").map((part) => {
        const event = new ICAL.Event(part);
        const [what] = event.description.split("\n");
        const day = event.startDate.isDate ? event.startDate.toString() : "no day";
        return `${event.uid} ${day} ${event.summary} ${what} ${part.getFirstPropertyValue("status")}`;
    });
}

function onPage(line) {
    const sum = ((line.amount.minor + (line.fee?.minor ?? 0)) / 100).toFixed(2);
    const gone = line.state === "forgiven" || line.state === "cancelled";
    const summary = `${sum}\u00a0${line.amount.currency} ${line.owing ? "to" : "from"} ${line.who}`;
    return `${line.obligation}@contraflow ${line.date} ${summary} ${line.what} ${gone ? "CANCELLED" : "CONFIRMED"}`;
}

const browser = await launch();
const ines = await Visitor.open(browser, "ines");
await ines.signIn();
await ines.go("/me/calendar");
await ines.send("#subscribe form", 'button[value="renew"]');
const { pathname } = new URL(await ines.page.getAttribute("#subscribe a", "href"));
const own = [];
for (const path of ["/api/v1/me/obligations", "/api/v1/me/obligations?settled=on"]) {
    const { lines } = await (await ines.page.request.get(path)).json();
    own.push(...lines.filter((line) => line.due).map(onPage));
}

const reader = await browser.newContext({ baseURL: new URL(ines.page.url()).origin });
const answer = await reader.request.get(pathname);
const read = inFeed(await answer.text());
tell(own.length > 3 && own.some((line) => line.includes(" to ")) && own.some((line) => line.includes(" from ")),
    "calendar: the demo world has sums of both sides", own);
tell(JSON.stringify(sorted(read)) === JSON.stringify(sorted(own)), "calendar: ical.js reads each day of the list", [
    ...read.filter((line) => !own.includes(line)).map((line) => `only in the feed: ${line}`),
    ...own.filter((line) => !read.includes(line)).map((line) => `only in the list: ${line}`),
]);

await ines.send("#subscribe form", 'button[value="revoke"]');
const after = await reader.request.get(pathname);
tell(after.status() === 404, "calendar: a link that was taken back is not found", [`it answers ${after.status()}`]);
await browser.close();
finish();
