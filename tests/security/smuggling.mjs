// Requests of which two readers could disagree where they end, sent raw to a proxy, while others load pages
// through the same connections behind it. Each carries a second request inside that only a reader who
// disagrees with the first one takes for one.
//
//   node smuggling.mjs PORT NAME PROGRAM_PORT PROXY_LOG...
//
// The program numbers what it is asked (X-Request-Id); each proxy, the nearest first, writes a line for
// each request it passed on. There may never be more of the former than of the latter, at either. Prints TAP. Read next: tests/run_smuggling.sh.
import net from "node:net";
import { readFileSync } from "node:fs";

const [port, name, programPort, ...proxyLogs] = process.argv.slice(2);
const HIDDEN = "/how-money"; // asked for inside only
const VICTIM = "/terms";
const hidden = `GET ${HIDDEN} HTTP/1.1\r\nHost: shop\r\nX-Rest: `;
const whole = `GET ${HIDDEN} HTTP/1.1\r\nHost: shop\r\n\r\n`;
const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;
const post = (head, body) => `POST /sign-in HTTP/1.1\r\nHost: shop\r\nContent-Type: application/x-www-form-urlencoded\r\n${head}\r\n\r\n${body}`;

const cases = {
    "CL.TE": post(`Content-Length: ${5 + hidden.length}\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${hidden}`),
    "TE.CL": post("Content-Length: 4\r\nTransfer-Encoding: chunked", `${chunk(whole)}0\r\n\r\n`),
    "TE.TE, the second is obfuscated": post(`Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\nContent-Length: 4`, `${chunk(whole)}0\r\n\r\n`),
    "two lengths": post(`Content-Length: 0\r\nContent-Length: ${whole.length}`, whole),
    "two lengths, the longer first": post(`Content-Length: ${whole.length}\r\nContent-Length: 0`, whole),
    "a list of lengths": post(`Content-Length: 0, ${whole.length}`, whole),
    "a signed length": post(`Content-Length: +${whole.length}`, whole),
    "a hexadecimal length": post(`Content-Length: 0x${whole.length.toString(16)}`, whole),
    "a length before a colon with a space": post(`Content-Length : ${whole.length}`, whole),
    "a length with a leading zero": post(`Content-Length: 0${whole.length}`, whole),
    "a length on a folded line": post(`X-Fold: a\r\n Content-Length: ${whole.length}`, whole),
    "a bare line feed after the length": post(`X-Bare: a\nContent-Length: ${whole.length}`, whole),
    "a bare carriage return in a header": post(`X-Bare: a\rContent-Length: ${whole.length}`, whole),
    "a NUL in the name": post(`Content-Length\0: ${whole.length}`, whole),
    "a length of nothing": post("Content-Length:", whole),
    ...Object.fromEntries(
        ["Transfer-Encoding : chunked", " Transfer-Encoding: chunked", "Transfer-Encoding:\tchunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity", "Transfer-Encoding: identity, chunked", "Transfer-Encoding: CHUNKED", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding:\x0bchunked", "Transfer-Encoding: chunked\x0b", "X: a\nTransfer-Encoding: chunked", "Transfer_Encoding: chunked", "Transfer-Encoding:\r\n chunked"].flatMap((head) => [
            [`${JSON.stringify(head)} over a length`, post(`${head}\r\nContent-Length: ${5 + hidden.length}`, `0\r\n\r\n${hidden}`)],
            [`${JSON.stringify(head)} under a length`, post(`Content-Length: 4\r\n${head}`, `${chunk(whole)}0\r\n\r\n`)],
        ]),
    ),
    "an extension of a chunk with a line feed": post("Transfer-Encoding: chunked", `5;\nabc\r\nabcde\r\n0\r\n\r\n`),
    "a chunk whose size is too large": post("Transfer-Encoding: chunked", `10000000000000000\r\n${whole}`),
    "a chunk whose size is signed": post("Transfer-Encoding: chunked", `-1\r\n${whole}`),
    "a chunk whose size has a prefix": post("Transfer-Encoding: chunked", `0x5\r\nabcde\r\n0\r\n\r\n`),
    "a chunk that is longer than said": post("Transfer-Encoding: chunked", `3\r\nabcdef\r\n0\r\n\r\n${hidden}`),
    "chunks that end on a line feed": post("Transfer-Encoding: chunked", `3\nabc\n0\n\n`),
    "a trailer that is a header": post("Transfer-Encoding: chunked", `3\r\nabc\r\n0\r\nContent-Length: 40\r\n\r\n`),
    "a body of a page": `GET ${VICTIM} HTTP/1.1\r\nHost: shop\r\nContent-Length: ${whole.length}\r\n\r\n${whole}`,
    "chunks of a page": `GET ${VICTIM} HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(whole)}0\r\n\r\n`,
    "two hosts": `GET ${VICTIM} HTTP/1.1\r\nHost: shop\r\nHost: other\r\nContent-Length: ${whole.length}\r\n\r\n${whole}`,
    "a path with a line in it": `GET ${VICTIM}%0d%0aContent-Length:%200%0d%0a%0d%0aGET%20${HIDDEN} HTTP/1.1\r\nHost: shop\r\n\r\n`,
    "HTTP/1.0 with chunks": post("Transfer-Encoding: chunked\r\nConnection: keep-alive", `${chunk(whole)}0\r\n\r\n`).replace("HTTP/1.1", "HTTP/1.0"),
    "HTTP/2 by an upgrade": `GET ${VICTIM} HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n${whole}`,
    "a length that the connection takes off": post(`Connection: keep-alive, Content-Length\r\nContent-Length: ${whole.length}`, whole),
    "an encoding that the connection takes off": post("Connection: keep-alive, Transfer-Encoding\r\nTransfer-Encoding: chunked\r\nContent-Length: 4", `${chunk(whole)}0\r\n\r\n`),
    "a head that waits to go on": post(`Expect: 100-continue\r\nContent-Length: ${whole.length}`, whole),
};

/** What comes back on one connection until it ends or nothing more comes. */
function exchange(bytes, patience, to = port) {
    return new Promise((resolve) => {
        const socket = net.connect(Number(to), "127.0.0.1", () => socket.write(bytes, "latin1"));
        let said = "";
        const end = () => resolve(said) ?? socket.destroy();
        socket.setTimeout(patience, end);
        socket.on("data", (part) => (said += part.toString("latin1")));
        socket.on("close", end);
        socket.on("error", end);
    });
}

const victim = () => exchange(`GET ${VICTIM} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`, 5000);
const isTerms = (said) => said.startsWith("HTTP/1.1 200") && /<title>[^<]+/.test(said);
const titleOf = (said) => said.match(/<title>([^<]*)/)?.[1];
const count = (text, pattern) => (text.match(pattern) ?? []).length;
/** How many requests reached the program so far. */
let asked = 0; // by ourselves, to know it
async function inProgram() {
    const said = await exchange("GET /healthz HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n", 5000, programPort);
    asked += 1;
    return parseInt(said.match(/X-Request-Id: [0-9a-f]+-([0-9a-f]+)/i)[1], 16) + 1 - asked;
}
/** How many requests each proxy passed on so far. */
const passedOn = (log) => readFileSync(log, "latin1").split("\n").filter((line) => /^passed \S* *\d/.test(line) || / behind\/behind /.test(line)).length;

/** How many each of them, and then the program, has seen that the one before it did not pass on; none once
 * all lines are written. */
let before = [];
async function surplus() {
    let found = 0;
    for (let patience = 0; patience < 20; patience += 1) {
        const counts = [...proxyLogs.map(passedOn), await inProgram()].map((count, i) => count - (before[i] ?? 0));
        found = Math.max(...counts.slice(1).map((count, i) => count - counts[i]));
        if (found <= 0) {
            break;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return found;
}
async function restart() {
    await new Promise((resolve) => setTimeout(resolve, 300));
    before = [...proxyLogs.map(passedOn), await inProgram()];
}

let failed = 0;
function tell(holds, what, details = []) {
    console.log(`${holds ? "ok" : "not ok"} smuggling ${name}: ${what}`);
    details.slice(0, 20).forEach((line) => console.log(`# ${line}`));
    failed += holds ? 0 : 1;
}

const first = await victim();
const title = titleOf(first);
tell(isTerms(first) && Boolean(title), "a page comes through");
await restart();
const answered = new Map();
const faults = [];
for (const [what, bytes] of Object.entries(cases)) {
    for (let turn = 0; turn < 3; turn += 1) {
        const [said, ...others] = await Promise.all([exchange(bytes, 400), victim(), victim(), victim()]);
        const after = await Promise.all([victim(), victim()]);
        const wrong = [...others, ...after].filter((one) => titleOf(one) !== title || count(one, /HTTP\/1\.1 \d/g) !== 1);
        if (wrong.length > 0) {
            faults.push(`${what}: somebody else was answered ${JSON.stringify(wrong[0].slice(0, 200))}`);
        }
        const status = said.match(/^HTTP\/1\.\d (\d+)/)?.[1] ?? "nothing";
        answered.set(status, (answered.get(status) ?? 0) + 1);
        if (/^5(?!0[1-5])/.test(status)) {
            faults.push(`${what}: answered ${status}`);
        }
    }
    const found = await surplus();
    if (found > 0) {
        faults.push(`${what}: ${found} requests more went on than came in`);
        await restart();
    }
}
console.log(`# ${name}: ${Object.keys(cases).length} kinds, three times each; ${[...answered].sort().map(([status, times]) => `${status}: ${times}`).join(", ")}`);
await restart();
await exchange("GET /healthz HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n", 5000, programPort);
tell((await surplus()) === 1, "one that comes past the proxies is noticed");
tell(faults.length === 0, `${faults.length} of them came in by stealth or reached somebody else`, faults);
process.exitCode = failed > 0 ? 1 : 0;
