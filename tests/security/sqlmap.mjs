// sqlmap on every parameter that somebody can send: each operation of the API document that is for them, with
// path, query and JSON body, and each link and form of the pages they see. Prints one line a finding, then
// what was done as JSON on standard error.
//
//   node sqlmap.mjs DOOR FOLDER AT_ONCE PORTAL... < openapi.json
//
// PORTAL are the x-who words of the operations that are theirs. Read next: door.mjs.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const [door, folder, atOnce, ...portals] = process.argv.slice(2);
const document = JSON.parse(readFileSync(0, "utf8"));
const skipped = new Set(["token", "once"]); // ours, and looked at before anything reads the rest: once is enough
const ids = new Map(); // of a kind
const learn = (text) => [...text.matchAll(/\b([a-z]{3})_[0-9A-HJKMNP-TV-Z]{13}\b/g)].forEach(([id, prefix]) => ids.has(prefix) || ids.set(prefix, id));

const invented = (schema, name) => {
    const prefix = schema?.pattern?.match(/^\^([a-z]+)_/)?.[1];
    return prefix ? (ids.get(prefix) ?? `${prefix}_01ARZ3NDEKTSV`) : String(schema?.enum?.[0] ?? schema?.examples?.[0] ?? (name === "q" ? "eau" : "1"));
};

/** Every value in it with the mark at which sqlmap puts what it tries. */
function marked(thing) {
    if (Array.isArray(thing)) {
        return thing.slice(0, 1).map(marked);
    }
    if (thing && typeof thing === "object") {
        return Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, marked(value)]));
    }
    return `${String(thing ?? "").replaceAll("*", "")}*`;
}

const count = (text) => (text ?? "").split("*").length - 1;
const targets = [];
function add(method, path, query, body, type) {
    const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}*`).join("&");
    const url = door + path + (search ? `?${search}` : "");
    const parameters = count(path) + query.length + count(body);
    if (parameters > 0) {
        targets.push({ method, url, body, type, parameters });
    }
}

for (const [path, item] of Object.entries(document.paths)) {
    if (item.get && !path.includes("{") && portals.includes(item.get["x-who"])) {
        learn(await (await fetch(door + path, { headers: { accept: "application/json" } })).text());
    }
}
for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
        if (!portals.includes(operation["x-who"])) {
            continue;
        }
        const of = (place) => operation.parameters.filter((one) => one.in === place);
        const filled = of("path").reduce((so, one) => so.replace(`{${one.name}}`, `${invented(one.schema, one.name)}*`), path);
        const example = operation.requestBody?.content["application/json"]?.example;
        add(method.toUpperCase(), filled, of("query").map((one) => [one.name, invented(one.schema, one.name)]), example && JSON.stringify(marked(example)), "application/json");
    }
}
const ownMark = new Set(); // the first form shows what its token and key are good for
for (const { method, url, body } of await (await fetch(`${door}/map.json`)).json()) {
    const [path, query] = url.split("?");
    const pairs = (text) => [...new URLSearchParams(text ?? "")];
    const wanted = ([name]) => !skipped.has(name) || (!ownMark.has(name) && ownMark.add(name));
    const fields = pairs(body);
    const data = fields.map((pair) => `${pair[0]}=${encodeURIComponent(pair[1])}${wanted(pair) ? "*" : ""}`).join("&");
    const filled = path.replace(/[a-z]{3}_[0-9A-Z]{13}/g, "$&*");
    if (method === "GET") {
        add(method, filled, fields.length > 0 ? fields : pairs(query));
    } else {
        add(method, filled, pairs(query), data, "application/x-www-form-urlencoded");
    }
}

const done = { targets: 0, parameters: 0, looked: 0 };
const known = new Set();
function attack({ method, url, body, type, parameters }, lane) {
    const words = ["-u", url, "--method", method, "--batch", "--level=2", "--risk=1", "--dbms=SQLite", "--technique=BEUS", "--keep-alive"];
    words.push("--ignore-code=400,401,403,404,405,406,409,412,413,415,422,429", "--disable-coloring", "--flush-session", "--timeout=20");
    words.push(`--output-dir=${folder}/${lane}`, ...(body ? ["--data", body, "-H", `Content-Type: ${type}`] : []));
    return new Promise((resolve) => {
        const child = spawn("sqlmap", words, { stdio: ["ignore", "pipe", "pipe"] });
        let said = "";
        child.stdout.on("data", (part) => (said += part));
        child.stderr.on("data", (part) => (said += part));
        child.on("close", () => {
            const looked = (said.match(/does not seem to be injectable/g) ?? []).length;
            const found = said.match(/is vulnerable|identified the following injection/g);
            const where = `${method} ${url.slice(door.length)}`;
            done.targets += 1;
            done.parameters += parameters;
            done.looked += looked;
            if (found) {
                const detail = said.split("\n").filter((line) => /vulnerable|Payload:/.test(line));
                console.log(`sqlmap: ${where}: ${detail.join("; ").slice(0, 1000)}`);
            } else if (looked < parameters) {
                console.log(`sqlmap: ${where}: only ${looked} of ${parameters} parameters were tried: ${said.trim().split("\n").slice(-3).join("; ").slice(0, 600)}`);
            }
            resolve();
        });
    });
}

const left = targets.filter(({ method, url, body }) => {
    const kind = `${method} ${url} ${(body ?? "").replace(/(token|once)=\w+/g, "$1")}`;
    return !known.has(kind) && known.add(kind);
});
const lanes = Array.from({ length: Number(atOnce) }, async (_, lane) => {
    for (let target = left.pop(); target; target = left.pop()) {
        await attack(target, lane);
    }
});
await Promise.all(lanes);
console.error(JSON.stringify(done));
