// What the stories recorded (tests/scenario_record.h), through prism: each request goes to the proxy, which
// compares it with the API document, passes it on to a server that gives the answer of the story, and compares
// that, too. A body that a story sent as a form is said in JSON here, as the document wants it.
//
//   node stories.mjs RECORD DOCUMENT PRISM
//
// Prints TAP. Must not know: any operation.
import http from "node:http";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const [record, file, prism] = process.argv.slice(2);
const document = JSON.parse(readFileSync(file, "utf8"));
const lines = readFileSync(record, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const limit = 30000;

/** A server that gives the answer with the number that is asked for. */
const told = http.createServer((request, response) => {
    request.resume();
    const { status, type, body } = lines[Number(request.headers["x-story"])];
    response.writeHead(status, { ...(type ? { "content-type": type } : {}), "retry-after": "1", etag: "W/\"1\"" }).end(body);
});
await new Promise((resolve) => told.listen(0, "127.0.0.1", resolve));

const probe = http.createServer();
await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
const port = probe.address().port;
await new Promise((resolve) => probe.close(resolve));
const proxy = spawn(prism, ["proxy", "--port", String(port), file, `http://127.0.0.1:${told.address().port}`], { stdio: ["ignore", "pipe", "inherit"] });
await new Promise((resolve, reject) => {
    proxy.stdout.on("data", (part) => /Prism is listening/.test(part) && resolve());
    proxy.on("exit", () => reject(new Error("prism ends")));
    setTimeout(() => reject(new Error("prism does not listen")), 120000).unref();
});

const resolved = (schema) => (schema?.$ref ? document.components.schemas[schema.$ref.split("/").pop()] : schema);

/** A word of a form as the JSON that a field of this type is. */
function valueOf(own, word) {
    const schema = resolved(own) ?? {};
    if (schema.properties?.minor) {
        return { minor: Math.round(Number(word.replace(",", ".")) * 100), currency: "EUR" };
    }
    if (schema.format === "date-time" && /^\d{4}-\d\d-\d\d$/.test(word)) {
        return `${word}T00:00:00Z`;
    }
    return schema.type === "integer" ? Number(word) : schema.type === "boolean" ? word === "on" || word === "true" : word;
}

/** A form's words as the JSON that the schema asks for. */
function asJson(schema, form) {
    const body = {};
    for (const [name, own] of Object.entries(resolved(schema)?.properties ?? {})) {
        const values = form.getAll(name).filter((value) => value !== "");
        if (values.length > 0) {
            body[name] = resolved(own)?.type === "array" ? values : valueOf(own, values[0]);
        }
    }
    return body;
}

const violations = new Map();
const statuses = new Map();
const operations = new Set();
const seen = new Set();
let calls = 0;
async function compare(line, number) {
    const operation = document.paths[line.route]?.[line.method];
    const where = `${line.method} ${line.route}`;
    if (!operation) {
        violations.set(`${where}: not in the document`, number);
        return;
    }
    const content = operation.requestBody?.content?.["application/json"];
    const done = line.status < 400;
    const headers = { accept: "application/json", authorization: "Bearer cf_live_story", cookie: "session=story", "x-csrf-token": "story", "x-story": String(number), "idempotency-key": "story" };
    const body = content && JSON.stringify(asJson(content.schema, new URLSearchParams(line.sent)));
    const answer = await fetch(`http://127.0.0.1:${port}${line.target}`, {
        method: line.method.toUpperCase(),
        redirect: "manual",
        headers: body ? { ...headers, "content-type": "application/json" } : headers,
        body,
    });
    await answer.arrayBuffer();
    calls += 1;
    statuses.set(line.status, (statuses.get(line.status) ?? 0) + 1);
    operations.add(where);
    for (const one of JSON.parse(answer.headers.get("sl-violations") ?? "[]")) {
        // A story that does something wrong on purpose is refused: then only the answer counts.
        if (one.severity === "Error" && (done || one.location[0] !== "request")) {
            violations.set(`${where} ${line.status}: ${one.location.join(".")}: ${one.message}`, number);
        }
    }
    if (answer.status !== line.status) {
        violations.set(`${where}: prism answers ${answer.status} instead of ${line.status}`, number);
    }
}

for (const [number, line] of lines.entries()) {
    // The same answer to the same request says nothing new.
    const kind = `${line.method} ${line.target} ${line.sent.replace(/once=[\w-]+/, "")} ${line.status} ${line.body}`;
    if (!seen.has(kind) && seen.add(kind) && calls < limit) {
        await compare(line, number);
    }
}
proxy.kill();
told.close();
console.log(`# ${lines.length} recorded, ${calls} different ones through prism, of ${operations.size} operations; ${[...statuses].sort().map(([status, count]) => `${status}: ${count}`).join(", ")}`);
const enough = calls > 300 && operations.size > 60;
console.log(`${enough ? "ok" : "not ok"} api: the stories say enough`);
console.log(`${violations.size === 0 ? "ok" : "not ok"} api: ${violations.size} answers or requests of the stories break the document`);
[...violations].slice(0, 60).forEach(([what, number]) => console.log(`# ${what} (${lines[number].target.slice(0, 120)})`));
process.exit(violations.size === 0 && enough ? 0 : 1);
