// The door that scanners come through: a proxy on loopback that is signed in as somebody of the demo world
// and stays so whatever is attacked. What a scanner repeats from a form it read earlier gets a token that
// is still good and an idempotency key of its own, or the program would only ever look at the first attack.
// A token or key that was tampered with is passed on as it is.
//
//   node door.mjs SITE [MAIL PASSWORD]      nobody without MAIL
//
// First it goes through all pages as that person would and keeps one link and one form of each kind; GET /map
// shows them on one page, /map.json lists them. Then prints "door PORT endpoint PORT". The endpoint is what wapiti calls so: an
// address that the program must never call by itself. On SIGTERM it writes to standard output what happened:
// {"requests", "statuses", "faults", "called", "policies", "map"}, where `faults` are answers of 500 and above,
// or with words of a database, and `called` what came to the endpoint. Read next: tests/run_security.sh.
import http from "node:http";
import { randomBytes } from "node:crypto";

const [site, mail, password] = process.argv.slice(2);
const told = /SQLITE_|sqlite3|syntax error at or near|unrecognized token|PostgreSQL|stack trace|\/src\/[a-z]+\/[a-z_]+\.c/i;
const report = { requests: 0, statuses: {}, faults: [], called: [], policies: {}, map: [] };
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
let cookie = "";
let token = "";
let signing = null;

function send(method, path, headers, body) {
    return new Promise((resolve, reject) => {
        const request = http.request(site + "/", { method, path, headers, agent }, (answer) => {
            const parts = [];
            answer.on("data", (part) => parts.push(part));
            answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
            answer.on("error", reject);
        });
        request.on("error", reject);
        request.end(body);
    });
}

/** The policy of a page, with where it was first seen. */
function keepPolicy(url, answer) {
    if (/html/.test(answer.headers["content-type"] ?? "")) {
        report.policies[answer.headers["content-security-policy"] ?? ""] ??= url;
    }
}

const first = (line) => line.split(";")[0];
const tokenOf = (html) => html.toString().match(/name="token" value="([0-9a-f]{64})"/)?.[1] ?? "";

async function signIn() {
    const page = await send("GET", "/sign-in", { host: new URL(site).host });
    const before = (page.headers["set-cookie"] ?? []).map(first).join("; ");
    const form = new URLSearchParams({ token: tokenOf(page.body), mail, password }).toString();
    const answer = await send("POST", "/sign-in", {
        host: new URL(site).host,
        cookie: before,
        "content-type": "application/x-www-form-urlencoded",
        "content-length": form.length,
    }, form);
    const mine = (answer.headers["set-cookie"] ?? []).map(first).filter((one) => !one.endsWith("="));
    if (answer.status !== 303 || mine.length === 0) {
        throw new Error(`${mail} can't sign in: ${answer.status}`);
    }
    cookie = mine.join("; ");
    token = tokenOf((await send("GET", "/me/sessions", { host: new URL(site).host, cookie })).body);
}

/** One sign-in at a time, for all who wait for it. Who tried wrong passwords on behalf of a scanner has to
 * wait for a while. */
async function signInPatiently() {
    for (let tries = 0; tries < 30; tries += 1) {
        try {
            return await signIn();
        } catch {
            await new Promise((resolve) => setTimeout(resolve, 5000));
        }
    }
    return signIn();
}
function signInOnce() {
    signing ??= signInPatiently().finally(() => (signing = null));
    return signing;
}

const fresh = () => randomBytes(16).toString("hex");
function renewed(type, body) {
    if (!mail || !/form-urlencoded|form-data/.test(type ?? "")) {
        return body;
    }
    return Buffer.from(
        body
            .toString("latin1")
            .replace(/(^|&)token=[0-9a-f]{64}(?=&|$)/, `$1token=${token}`)
            .replace(/(^|&)once=[0-9a-f]{32}(-\w+)?(?=&|$)/, (_, before) => `${before}once=${fresh()}`)
            .replace(/(name="token"\r\n\r\n)[0-9a-f]{64}(?=\r\n)/, `$1${token}`)
            .replace(/(name="once"\r\n\r\n)[0-9a-f]{32}(-\w+)?(?=\r\n)/, (_, before) => before + fresh()),
        "latin1",
    );
}

const plain = (text) => text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
const attribute = (tag, name) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];

/** What makes two addresses the same to a scanner: the path without ids and the names of parameters. */
function kindOf(method, url, names = []) {
    const [path, query] = url.split("?");
    const plainPath = path.replace(/[a-z]{3}_[0-9A-Z]{13}/g, "*").replace(/\/[0-9a-f-]{8,}|\/\d+/g, "/*");
    return `${method} ${plainPath} ${[...new Set([...new URLSearchParams(query ?? "").keys(), ...names])].sort()}`;
}

/** The fields of a form as a browser would send them. */
function fieldsOf(form) {
    const fields = [];
    for (const [tag, kind] of form.matchAll(/<(input|textarea|select)\b[^>]*>/g)) {
        const name = attribute(tag, "name");
        const type = attribute(tag, "type");
        if (!name || type === "file" || type === "submit" || ((type === "radio" || type === "checkbox") && !/\schecked/.test(tag))) {
            continue;
        }
        let value = attribute(tag, "value") ?? "";
        if (kind === "select") {
            const choices = form.slice(form.indexOf(tag)).split("</select>")[0];
            value = choices.match(/<option[^>]*value="([^"]+)"/)?.[1] ?? "";
        }
        fields.push([name, plain(value) || (type === "email" ? "a@example.org" : "1")]);
    }
    return fields;
}

/** Goes through all pages; keeps one link and one form of each kind. */
async function survey() {
    const kinds = new Set();
    const ahead = ["/", "/me", "/biz", "/desk", "/developers"];
    const take = (kind, thing) => !kinds.has(kind) && kinds.add(kind) && thing && report.map.push(thing);
    ahead.forEach((url) => take(kindOf("GET", url)));
    for (let at = 0; at < ahead.length && at < 600; at += 1) {
        const answer = await send("GET", ahead[at], { host: new URL(site).host, cookie, accept: "text/html" });
        if (answer.status >= 500) {
            report.faults.push({ status: answer.status, method: "GET", url: ahead[at] });
        }
        if (answer.status !== 200 || !/html/.test(answer.headers["content-type"] ?? "")) {
            continue;
        }
        keepPolicy(ahead[at], answer);
        report.map.push({ method: "GET", url: ahead[at] });
        const html = answer.body.toString();
        for (const [, href] of html.matchAll(/<a\s[^>]*href="(\/[^"#]*)/g)) {
            const url = plain(href);
            if (!kinds.has(kindOf("GET", url)) && kinds.add(kindOf("GET", url))) {
                ahead.push(url);
            }
        }
        for (const [form, tag] of html.matchAll(/(<form\b[^>]*>)[\s\S]*?<\/form>/g)) {
            const method = (attribute(tag, "method") ?? "get").toUpperCase();
            const fields = fieldsOf(form);
            const url = plain(attribute(tag, "action") ?? ahead[at]);
            const kind = kindOf(method, url, fields.map(([name]) => name));
            if (kinds.has(kind)) {
                continue;
            }
            kinds.add(kind);
            const action = attribute(tag, "action") === undefined ? form.replace("<form", `<form action="${ahead[at]}"`) : form;
            report.map.push({ method, url, html: action, body: new URLSearchParams(fields).toString() });
        }
    }
}

/** All of it on one page, from which a scanner takes it. */
function mapPage() {
    const lines = report.map.map(({ url, html }) => html ?? `<a href="${url.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">${kindOf("GET", url)}</a>`);
    return `<!doctype html><html lang="en"><head><title>map</title></head><body>\n${lines.join("\n")}\n</body></html>\n`;
}

const lost = (answer) => answer.status === 303 && /^\/(sign-in|me\/prove)\b/.test(answer.headers.location ?? "");
const over = (answer) => answer.status === 401 || answer.status === 403;

async function pass(request, body) {
    const type = request.headers["content-type"];
    const ask = () => {
        const ready = renewed(type, body);
        const headers = { ...request.headers, host: new URL(site).host, connection: "keep-alive" };
        delete headers["transfer-encoding"];
        delete headers["accept-encoding"];
        delete headers["if-none-match"];
        if (mail) {
            headers.cookie = cookie;
            headers["x-csrf-token"] ??= token;
        }
        if (/^\/api\//.test(request.url) && request.method !== "GET") {
            headers["idempotency-key"] ??= fresh();
        }
        if (ready.length > 0 || request.method === "POST") {
            headers["content-length"] = ready.length;
        }
        return send(request.method, request.url, headers, ready);
    };
    let answer = await ask();
    if (mail && request.url === "/sign-out") {
        await signInOnce();
    }
    if (mail && (lost(answer) || (over(answer) && !tokenOf(answer.body) && /name="mail"/.test(answer.body)))) {
        await signInOnce();
        answer = await ask();
    }
    return answer;
}

const door = http.createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", async () => {
        const body = Buffer.concat(parts);
        try {
            if (request.url === "/map.json") {
                response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(report.map));
                return;
            }
            if (request.url === "/map") {
                const front = await send("GET", "/", { host: new URL(site).host });
                const page = mapPage();
                response.writeHead(200, { ...front.headers, "content-length": Buffer.byteLength(page) }).end(page);
                return;
            }
            const answer = await pass(request, body);
            keepPolicy(request.url, answer);
            report.requests += 1;
            report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1;
            const leaks = /html|json|plain/.test(answer.headers["content-type"] ?? "") ? answer.body.toString().match(told)?.[0] : undefined;
            if ((answer.status >= 500 || leaks) && report.faults.length < 200) {
                report.faults.push({ status: answer.status, leaks, method: request.method, url: request.url, body: body.toString("latin1").slice(0, 2000) });
            }
            const headers = { ...answer.headers };
            delete headers["transfer-encoding"];
            response.writeHead(answer.status, { ...headers, "content-length": answer.body.length });
            response.end(answer.body);
        } catch (problem) {
            if (report.faults.length < 200) {
                report.faults.push({ status: 0, leaks: String(problem), method: request.method, url: request.url, body: body.toString("latin1").slice(0, 2000) });
            }
            response.destroy();
        }
    });
});

const endpoint = http.createServer((request, response) => {
    request.resume();
    if (/^\/get_(ssrf|xxe)\.php/.test(request.url)) {
        const said = {};
        for (const { url, method } of report.called) {
            const [, where, parameter] = url.match(/^\/(?:ssrf|xxe)\/\w+\/(\d+)\/([0-9a-f]+)/) ?? [];
            if (where) {
                ((said[where] ??= {})[parameter] ??= []).push({ url, method, date: "", ip: "", size: 0 });
            }
        }
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(said));
        return;
    }
    if (request.url !== "/") {
        report.called.push({ url: request.url, method: request.method });
    }
    response.writeHead(200).end("");
});

process.on("SIGTERM", () => process.stdout.write(JSON.stringify(report) + "\n", () => process.exit(0)));
if (mail) {
    await signIn();
    setInterval(() => signInOnce().catch(() => {}), 600000).unref();
}
await survey();
door.listen(0, "127.0.0.1", () =>
    endpoint.listen(0, "127.0.0.1", () => console.log(`door ${door.address().port} endpoint ${endpoint.address().port}`)),
);
