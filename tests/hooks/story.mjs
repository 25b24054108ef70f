// Webhooks as their receivers meet them: the program over HTTP, messages checked by two libraries that know
// nothing of it, a process that is killed while a message is on its way, and a certificate nobody vouches for.
//
// Told by the environment: HOOKS_PACKAGES (where npm put the libraries), CONTRAFLOW (the program), HOOKS_DATA
// (an empty folder), HOOKS_KEY and HOOKS_CERTIFICATE (of a TLS server). Prints TAP lines. It must not know how
// messages are made. Read next: tests/run_hooks.sh.
import { spawn } from "node:child_process";
import http from "node:http";
import https from "node:https";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.HOOKS_PACKAGES, "package.json"));
const { Webhook: Standard } = require("standardwebhooks");
const { Webhook: Svix } = require("svix");
const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

let failed = 0;
function tell(holds, name, detail = "") {
    console.log(`${holds ? "ok" : "not ok"} hooks: ${name}`);
    if (!holds) {
        console.log(`# ${detail}`);
        failed += 1;
    }
}

// ---- a receiver -----------------------------------------------------------------------------------

const heard = [];
let delay = 0;
async function receive(request, response) {
    let body = "";
    for await (const chunk of request) {
        body += chunk;
    }
    heard.push({ headers: request.headers, body });
    await pause(delay);
    response.writeHead(204).end();
}
function listen(server) {
    return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port)));
}

async function until(look, what) {
    for (let turn = 0; turn < 600; turn += 1) {
        const found = await look();
        if (found) {
            return found;
        }
        await pause(200);
    }
    throw new Error(`${what}: not within two minutes`);
}
const message = (number) => until(() => heard[number], `message ${number}`);

function verified(Library, secret, { headers, body }) {
    try {
        return new Library(secret).verify(body, headers);
    } catch {
        return null;
    }
}
const both = (secret, one) => verified(Standard, secret, one) !== null && verified(Svix, secret, one) !== null;

// ---- the program, and somebody who uses it --------------------------------------------------------

let program;
let site;
async function serve() {
    program = spawn(process.env.CONTRAFLOW, ["serve", "--port", "0", "--data", process.env.HOOKS_DATA], {
        env: {
            ...process.env,
            CONTRAFLOW_HOOKS_LOOPBACK: "on",
            CONTRAFLOW_PAY_TEST_RAIL: "on",
            CONTRAFLOW_WEB_RATE_LIMITS: "off",
        },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    program.stdout.on("data", (data) => (said += data));
    program.stderr.on("data", (data) => (said += data));
    site = await until(() => {
        if (program.exitCode !== null) {
            throw new Error(`the program ended: ${said}`);
        }
        return /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    }, "the program");
}
function end(signal) {
    const gone = new Promise((done) => program.once("exit", done));
    program.kill(signal);
    return gone;
}

const cookies = new Map();
async function ask(path, fields, headers = {}) {
    const answer = await fetch(site + path, {
        method: fields ? "POST" : "GET",
        redirect: "manual",
        headers: {
            Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
            ...(fields ? { "Content-Type": "application/x-www-form-urlencoded" } : {}),
            ...headers,
        },
        body: fields ? new URLSearchParams(fields) : undefined,
    });
    for (const cookie of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
        cookies.set(name, value);
    }
    return answer;
}
async function token(page) {
    return /name="token" value="([^"]+)"/.exec(await (await ask(page)).text())[1];
}
let keys = 0;
async function api(path, fields) {
    keys += 1;
    const headers = { Accept: "application/json" };
    if (fields) {
        headers["X-CSRF-Token"] = await token("/biz/webhooks");
        headers["Idempotency-Key"] = `story-${keys}`;
    }
    const answer = await ask(`/api/v1${path}`, fields, headers);
    const body = await answer.json();
    if (answer.status !== 200) {
        throw new Error(`${path} answers ${answer.status}: ${JSON.stringify(body)}`);
    }
    return body;
}

// ---- what happens ---------------------------------------------------------------------------------

async function begin() {
    await serve();
    await ask("/sign-up", {
        token: await token("/sign-up"),
        name: "Maren",
        mail: "maren@example.org",
        password: "a sentence to remember",
        organisation: "Nordlicht",
    });
    if ((await ask("/biz/webhooks")).status !== 200) {
        throw new Error("nobody signed up");
    }
}

async function signatures(port) {
    const made = await api("/webhooks", [
        ["address", `http://127.0.0.1:${port}/`],
        ["events", "payment.received"],
    ]);
    await api(`/webhooks/${made.webhook}/test`, {});
    const test = await message(0);
    tell(verified(Standard, made.secret, test) !== null, "standardwebhooks takes a test");
    tell(verified(Svix, made.secret, test) !== null, "svix takes it, too");
    const other = { ...test, body: test.body.replace("test", "tset") };
    tell(!verified(Standard, made.secret, other) && !verified(Svix, made.secret, other), "neither takes another body");
    const wrong = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
    tell(!verified(Standard, wrong, test) && !verified(Svix, wrong, test), "nor another secret");
    await api("/wallet/payments", { rail: "test", amount: "120.00", amount_currency: "EUR" });
    const paid = await message(1);
    const said = verified(Standard, made.secret, paid);
    tell(
        said?.type === "payment.received" && said.data.amount.minor === 12000 && both(made.secret, paid),
        "a payment is told, and says how much",
        paid.body,
    );
    return made;
}

async function rotation(made) {
    const next = await api(`/webhooks/${made.webhook}/rotate`, {});
    await api(`/webhooks/${made.webhook}/test`, {});
    const test = await message(2);
    tell(both(made.secret, test) && both(next.secret, test), "after a rotation both secrets are good");
    tell(made.secret !== next.secret, "and they differ");
    return next.secret;
}

async function killed(webhook, secret) {
    delay = 3000;
    await api(`/webhooks/${webhook}/test`, {});
    const first = await message(3);
    await end("SIGKILL");
    delay = 0;
    await serve();
    const second = await message(4);
    tell(
        first.headers["webhook-id"] === second.headers["webhook-id"] && first.body === second.body,
        "killed before it could note the answer, it posts the same message again",
    );
    tell(both(secret, second), "signed anew");
    await pause(2000);
    tell(heard.length === 5, "once", `${heard.length} were heard`);
}

async function certificate(port) {
    const made = await api("/webhooks", [
        ["address", `https://127.0.0.1:${port}/`],
        ["events", "payment.received"],
    ]);
    const before = heard.length;
    const { message: id } = await api(`/webhooks/${made.webhook}/test`, {});
    const tried = await until(async () => {
        const { tried: attempts } = await api(`/webhooks/${made.webhook}/messages/${id}`);
        return attempts.length > 0 && attempts;
    }, "an attempt");
    tell(tried.at(-1).outcome === "unsafe", "a certificate that nobody vouches for ends it", JSON.stringify(tried));
    tell(heard.length === before, "and nothing was said");
}

const plain = http.createServer(receive);
const secure = https.createServer(
    { key: readFileSync(process.env.HOOKS_KEY), cert: readFileSync(process.env.HOOKS_CERTIFICATE) },
    receive,
);
try {
    const port = await listen(plain);
    await begin();
    const made = await signatures(port);
    const secret = await rotation(made);
    await killed(made.webhook, secret);
    await certificate(await listen(secure));
} catch (error) {
    tell(false, "the story is told to its end", error.stack.replaceAll("\n", "\n# "));
}
if (program && program.exitCode === null) {
    await end("SIGTERM");
}
plain.closeAllConnections();
secure.closeAllConnections();
plain.close();
secure.close();
process.exitCode = failed > 0 ? 1 : 0;
