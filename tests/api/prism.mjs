// Every operation of the API document, called with keys through prism, which compares each request and
// answer with the document: people, a business and an operator of the demo world, first all that reads,
// then all that changes something, with the ids that were read on the way and the document's own examples.
//
//   node prism.mjs SITE PROXY DOCUMENT
//
// SITE is a server with the demo world, PROXY a prism in front of it. Must not know: any operation. Read next: values.mjs.
import { readFileSync } from "node:fs";
import { Ids, bodyOf, callers, keyOf, queryOf, takesFiles, takesKey } from "./values.mjs";

const [site, proxy, file] = process.argv.slice(2);
const document = JSON.parse(readFileSync(file, "utf8"));

let failed = 0;
function tell(holds, name, details = []) {
    console.log(`${holds ? "ok" : "not ok"} api: ${name}`);
    (holds ? [] : details).forEach((line) => console.log(`# ${line}`));
    failed += holds ? 0 : 1;
}

const ids = new Ids();
const statuses = new Map();
const violations = [];
let calls = 0;
async function call(who, key, verb, path, operation) {
    const headers = { accept: "application/json", authorization: `Bearer ${key}` };
    const body = bodyOf(operation);
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
        ids.learn(text);
    }
}

const keys = [];
for (const caller of callers) {
    keys.push([caller.name, await keyOf(site, caller)]);
}
tell(keys.every(([, key]) => key), "keys are made");
let skipped = 0;
for (const wanted of ["get", "get", "post"]) {
    for (const [path, item] of Object.entries(document.paths)) {
        const operation = item[wanted];
        if (!operation || !takesKey(operation) || takesFiles(operation)) {
            skipped += operation ? 1 : 0;
            continue;
        }
        for (const [who, key] of keys) {
            const query = new URLSearchParams(queryOf(operation)).toString();
            for (const one of ids.pathsOf(path, operation)) {
                await call(who, key, wanted, one.path + (query && `?${query}`), operation);
            }
        }
    }
}
const counted = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
console.log(`# ${calls} calls through prism; ${counted.join(", ")}; ${skipped} operations take no key or files`);
tell(calls > 300 && (statuses.get(200) ?? 0) > 100, "enough of them went well");
tell(violations.length === 0, `${violations.length} answers or requests break the document`, violations.slice(0, 40));
process.exitCode = failed > 0 ? 1 : 0;
