// The sums that the stories expect, worked out here from the rates that a page names, and the program's
// own audit. Must not know pages' addresses. Read next: cycle.mjs.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** To the nearest cent, halves to the even one, as the books round. */
function part(amount, percent) {
    const exact = (amount * Math.round(percent * 100)) / 10000;
    const down = Math.floor(exact);
    const half = exact - down;
    return half > 0.5 || (half === 0.5 && down % 2 === 1) ? down + 1 : down;
}

/** What a person receives of a price in minor units. */
export function earned(price, share, handling) {
    const before = part(price, share);
    return before - part(before, handling);
}

/** The audit of the running installation: null when it finds nothing, otherwise what it says. */
export async function audit() {
    try {
        const { stdout } = await run(process.env.CONTRAFLOW, ["audit", "--data", process.env.BROWSER_WORLD]);
        return stdout.trimEnd().endsWith("0 discrepancies") ? null : stdout;
    } catch (error) {
        return `${error.stdout ?? ""}${error.stderr ?? error.message}`;
    }
}
