// Tries passwords of others at the program, from as many addresses as wanted, and looks at what it is told.
//
//   node stuffing.mjs SITE PROCESS
//
// SITE is served with a demo world and believes X-Forwarded-For; PROCESS is its number. Prints TAP.
import { readFileSync } from "node:fs";

const [site, process_] = process.argv.slice(2);
const right = "contraflow"; // of everybody in the demo world
const owner = "sam@example.org"; // whose account is tried
const home = "198.51.100.7"; // where they sign in
let failed = 0;
function tell(holds, name, details = []) {
    console.log(`${holds ? "ok" : "not ok"} stuffing: ${name}`);
    (holds ? [] : details).forEach((line) => console.log(`# ${JSON.stringify(line)}`));
    failed += holds ? 0 : 1;
}

/** One attempt; whoever is sent away by the password lane comes again, as it says. */
async function attempt(mail, password, from, browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0") {
    for (;;) {
        const answer = await fetch(`${site}/api/v1/sessions`, {
            method: "POST",
            headers: { "content-type": "application/json", accept: "application/json", "x-forwarded-for": from, "user-agent": browser },
            body: JSON.stringify({ mail, password }),
        });
        const { type, title, detail } = await answer.json();
        const after = answer.headers.get("retry-after");
        if (answer.status !== 503) {
            return { status: answer.status, type, title, detail, after: after === null ? null : Number(after) };
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(Number(after), 1) * 1000));
    }
}
const words = ({ status, type, title, detail }) => JSON.stringify({ status, type, title, detail });
const memory = () => Number(readFileSync(`/proc/${process_}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]);

// ---- one address, a list of leaked pairs of which one is right --------------------------------------

const pairs = Array.from({ length: 60 }, (_, at) => (at === 4 ? ["ines@example.org", right] : at % 3 ? [`nobody${at}@example.org`, `leaked ${at}`] : ["maren@example.org", `leaked ${at}`]));
const began = Date.now();
const list = [];
for (const [mail, password] of pairs) {
    list.push(await attempt(mail, password, "203.0.113.1"));
}
const allowed = 11 + (Date.now() - began) / 6000;
const looked = list.filter(({ type }) => !/too_often/.test(type));
const stopped = list.filter(({ type }) => /too_often/.test(type));
tell(list[4].status === 200, "the one right pair of a list works", [list[4]]);
tell(new Set(looked.filter((one) => one !== list[4]).map(words)).size === 1 && looked[0].status === 401, "all wrong ones are told the same", looked);
tell(looked.length <= allowed && stopped.length > 0, `of ${list.length} attempts from one address ${looked.length} were looked at`, looked);
tell(stopped.every(({ status, after }) => status === 429 && after >= 1 && after <= 6), "the others are told when to come again", stopped);
tell((await attempt(owner, right, home)).status === 200, "others come in meanwhile");

// ---- many addresses, one account: somebody's, and nobody's ------------------------------------------

/** Guesses until they are kept waiting, from an address each. */
async function storm(mail, network, least) {
    const said = [];
    while (said.length < 40 && (said.length < least || said.at(-1).status !== 429)) {
        said.push(await attempt(mail, `guess ${said.length}`, `${network}.${said.length + 1}`));
    }
    return said;
}
const known = await storm(owner, "192.0.2", 9);
const unknown = await storm("nobody@example.org", "198.18.0", 9);
for (const [said, whose] of [[known, "somebody's"], [unknown, "nobody's"]]) {
    tell(said.slice(0, 5).every(({ status }) => status === 401) && said.at(-1).status === 429 && /party\.wait/.test(said.at(-1).type),
        `after five wrong passwords an address that is ${whose} is waited for, wherever they come from`, said);
    tell(said.every(({ status, after }) => status === 401 || (after >= 1 && after <= 3600)), "who waits is told how long", said);
}
const told = (said) => JSON.stringify([...new Set(said.map(words))]);
tell(told(known) === told(unknown), "both are told in the same words", [known, unknown]);

// ---- the owner meanwhile ----------------------------------------------------------------------------

let last = known.at(-1);
for (let at = 1; last.after < 4 && at < 12; at += 2) {
    await new Promise((resolve) => setTimeout(resolve, last.after * 1000)); // as it says
    await attempt(owner, "guess", `192.0.3.${at}`);
    last = await attempt(owner, "guess", `192.0.3.${at + 1}`);
}
tell(last.status === 429 && last.after >= 4, "the waits grow longer, and Retry-After says so", [last]);
const abroad = await attempt(owner, right, "203.0.113.77");
tell(abroad.status === 429 && /passkey/.test(abroad.detail), "the right password from elsewhere waits, too, and is told of other ways", [abroad]);
const other = await attempt(owner, right, home, "curl/8.0");
tell(other.status === 429, "the address alone is not enough", [other]);
const back = await attempt(owner, right, home);
tell(back.status === 200, "from where they signed in before, the owner comes in", [back]);

// ---- memory -----------------------------------------------------------------------------------------

const addresses = process.env.TEST_NIGHTLY ? 40000 : 2000; // there is room for 16,384
const before = memory();
for (let at = 0; at < addresses; at += 100) {
    await Promise.all(
        Array.from({ length: 100 }, async (_, more) => {
            const address = `10.${(at + more) >> 16}.${((at + more) >> 8) & 255}.${(at + more) & 255}`;
            await (await fetch(`${site}/api/v1/sessions/passkey/ask`, { method: "POST", headers: { accept: "application/json", "x-forwarded-for": address } })).text();
        }),
    );
}
const grown = memory() - before;
tell(grown < 16384, `${addresses} addresses more take ${grown} KB`);
process.exitCode = failed > 0 ? 1 : 0;
