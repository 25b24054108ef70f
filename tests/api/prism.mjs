// Every operation of the API document, called with keys through prism, which compares each request and
// answer with the document: people, a business and an operator of the demo world, first all that reads,
// then all that changes something, with the ids that were read on the way and the document's own examples.
//
//   node prism.mjs SITE PROXY DOCUMENT
//
// SITE is a server with the demo world, PROXY a prism in front of it. Must not know: any operation.
import { readFileSync } from "node:fs";

const [site, proxy, file] = process.argv.slice(2);
const document = JSON.parse(readFileSync(file, "utf8"));
const scopes = new Set();
for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) {
        for (const way of operation.security) {
            (way.key ?? []).forEach((scope) => scopes.add(scope));
        }
    }
}

let failed = 0;
function tell(holds, name, details = []) {
    console.log(`${holds ? "ok" : "not ok"} api: ${name}`);
    (holds ? [] : details).forEach((line) => console.log(`# ${line}`));
    failed += holds ? 0 : 1;
}

/** A key of somebody, made as a person makes it: signed in, over the page's form. */
async function keyOf(name, page) {
    const jar = new Map();
    const send = async (path, body) => {
        const answer = await fetch(site + path, {
            method: body ? "POST" : "GET",
            redirect: "manual",
            headers: {
                cookie: [...jar].map(([key, value]) => `${key}=${value}`).join("; "),
                ...(body ? { "content-type": "application/x-www-form-urlencoded" } : {}),
            },
            body,
        });
        for (const line of answer.headers.getSetCookie()) {
            const [, key, value] = line.match(/^([^=]+)=([^;]*)/);
            jar.set(key, value);
        }
        return answer.text();
    };
    const token = (html) => html.match(/name="token" value="([^"]+)"/)[1];
    const form = token(await send("/sign-in"));
    await send("/sign-in", new URLSearchParams({ token: form, mail: `${name}@example.org`, password: "contraflow" }));
    const html = await send(page);
    const body = new URLSearchParams({ token: token(html), once: `prism-${Date.now()}`, name: "prism" });
    for (const [, scope] of html.matchAll(/name="scopes" value="([^"]+)"/g)) {
        body.append("scopes", scope);
    }
    const made = await send(page, body);
    return made.match(/cf_live_[0-9A-Za-z]{38}/)[0];
}

const ids = new Map(); // of a kind, newest last
function learn(text) {
    for (const [id, prefix] of text.matchAll(/\b([a-z]{3})_[0-9A-HJKMNP-TV-Z]{13}\b/g)) {
        const known = ids.get(prefix) ?? [];
        if (!known.includes(id) && known.length < 20) {
            ids.set(prefix, [...known, id]);
        }
    }
}

/** Ids to try in a path: up to three that are there, or one that is not. */
function pathsOf(path, operation) {
    let paths = [path];
    for (const parameter of operation.parameters.filter((one) => one.in === "path")) {
        const prefix = parameter.schema.pattern?.match(/^\^([a-z]+)_/)?.[1];
        const known = prefix ? (ids.get(prefix) ?? []).slice(-3) : [];
        const values = known.length > 0 ? known : [prefix ? `${prefix}_01ARZ3NDEKTSV` : (parameter.schema.enum?.[0] ?? "photos")];
        paths = paths.flatMap((one) => values.map((value) => one.replace(`{${parameter.name}}`, value)));
    }
    return paths.slice(0, 3);
}

function queryOf(operation) {
    const query = new URLSearchParams();
    for (const parameter of operation.parameters.filter((one) => one.in === "query" && one.required)) {
        query.set(parameter.name, parameter.schema.enum?.[0] ?? parameter.schema.examples?.[0] ?? "a");
    }
    return query.size > 0 ? `?${query}` : "";
}

const statuses = new Map();
const violations = [];
let calls = 0;
async function call(who, key, verb, path, operation) {
    const headers = { accept: "application/json", authorization: `Bearer ${key}` };
    const body = operation.requestBody?.content["application/json"]?.example;
    if (verb === "post") {
        headers["idempotency-key"] = `prism-${calls}`;
    }
    if (body) {
        headers["content-type"] = "application/json";
    }
    const answer = await fetch(proxy + path, { method: verb.toUpperCase(), headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    calls += 1;
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const found = JSON.parse(answer.headers.get("sl-violations") ?? "[]").filter((one) => one.severity === "Error");
    if (found.length > 0 || answer.status >= 500) {
        violations.push(`${who} ${verb} ${path} ${answer.status}: ${JSON.stringify(found).slice(0, 400)} ${text.slice(0, 200)}`);
    }
    if (answer.ok) {
        learn(text);
    }
}

const keys = [
    ["ines", await keyOf("ines", "/me/keys")],
    ["maren's business", await keyOf("maren", "/biz/keys")],
    ["sam", await keyOf("sam", "/me/keys")],
];
tell(keys.every(([, key]) => key), "keys are made");
let skipped = 0;
for (const wanted of ["get", "get", "post"]) {
    for (const [path, item] of Object.entries(document.paths)) {
        const operation = item[wanted];
        const withKey = operation?.security.some((way) => way.key);
        const files = operation?.requestBody?.content["multipart/form-data"];
        if (!operation || !withKey || files) {
            skipped += operation ? 1 : 0;
            continue;
        }
        for (const [who, key] of keys) {
            for (const one of pathsOf(path, operation)) {
                await call(who, key, wanted, one + queryOf(operation), operation);
            }
        }
    }
}
const counted = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
console.log(`# ${calls} calls through prism; ${counted.join(", ")}; ${skipped} operations take no key or files`);
tell(calls > 300 && (statuses.get(200) ?? 0) > 100, "enough of them went well");
tell(violations.length === 0, `${violations.length} answers or requests break the document`, violations.slice(0, 40));
process.exitCode = failed > 0 ? 1 : 0;
