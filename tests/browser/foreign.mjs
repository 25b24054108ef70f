// What must hold on somebody else's page that has a widget of ours, whatever was done there: its policy refuses
// nothing, nothing moves, no cookie is set and nothing kept. Must not know any widget.
// Read next: widget.mjs, recommend.mjs.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.BROWSER_PACKAGES, "package.json"));
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");

/** Runs before every page: notes what a policy refuses and what moves. */
export function watch() {
    window.refused = [];
    window.moved = 0;
    document.addEventListener("securitypolicyviolation", (event) => {
        window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
    new PerformanceObserver((list) => {
        window.moved += list.getEntries().reduce((sum, entry) => sum + entry.value, 0);
    }).observe({ type: "layout-shift", buffered: true });
}

/** What is wrong with the page: lines to report. `keeps` is how many things the page itself may keep. */
export async function harm(guest, what, keeps = "0 0 0 0") {
    const faults = [];
    const expect = (holds, line) => holds || faults.push(`${what}: ${line}`);
    const { refused, moved } = await guest.page.evaluate(() => ({ refused: window.refused, moved: window.moved }));
    expect(refused.length === 0, `the policy refuses ${refused.join(", ")}`);
    expect(moved === 0, `the layout shifts by ${moved}`);
    expect(guest.complaints.length === 0, `the console says ${guest.complaints.join(" | ")}`);
    const cookies = await guest.context.cookies();
    expect(cookies.length === 0, `cookies ${cookies.map((one) => one.name).join(", ")}`);
    for (const frame of guest.page.frames()) {
        // Where the browser keeps nothing for a foreign frame, asking is an error.
        const kept = await frame.evaluate(async () => {
            const ask = (look) => Promise.resolve().then(look).catch(() => 0);
            const places = [() => localStorage.length, () => sessionStorage.length,
                () => indexedDB.databases().then((all) => all.length), () => caches.keys().then((all) => all.length)];
            return (await Promise.all(places.map(ask))).join(" ");
        });
        expect(kept === (frame === guest.page.mainFrame() ? keeps : "0 0 0 0"), `${new URL(frame.url()).origin} keeps ${kept}`);
    }
    return faults;
}

/** What csp_evaluator calls of high severity in a policy. */
export function highFindings(policy) {
    const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
    return findings.filter((one) => one.severity <= 20).map((one) => one.description);
}
