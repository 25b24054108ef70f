// Contract tests that others wrote: portman makes a Postman collection of the API document, with its tests on
// every operation that takes a key, and newman runs it against the program.
//
//   node contract.mjs TRIAL SITE DOCUMENT PACKAGES FOLDER all|reading
//
// TRIAL and SITE are servers, each with its own copy of one demo world. What each operation can be called with is
// found out at TRIAL; the same calls then go to SITE in the same order, so that what changed something the first time
// does it again. An id that an answer brought is read from the answer there. PACKAGES holds node_modules, FOLDER takes
// what portman reads and writes; `reading` leaves out what changes something. Prints TAP. Read next: values.mjs.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ids, bodyOf, callers, keyOf, queryOf, takesFiles, takesKey } from "./values.mjs";

const [trial, site, file, packages, folder, which] = process.argv.slice(2);
const document = JSON.parse(readFileSync(file, "utf8"));
const newman = createRequire(`${packages}/`)("newman");
const hints = JSON.parse(readFileSync(new URL("contract.json", import.meta.url), "utf8"));

let failed = 0;
function tell(holds, name, details = []) {
    console.log(`${holds ? "ok" : "not ok"} api: ${name}`);
    (holds ? [] : details).forEach((line) => console.log(`# ${line}`));
    failed += holds ? 0 : 1;
}

const left = { files: [], session: [], nightly: [] };
const operations = [];
for (const [path, item] of Object.entries(document.paths)) {
    for (const [verb, operation] of Object.entries(item)) {
        const of = takesFiles(operation) ? left.files : !takesKey(operation) ? left.session : verb === "get" || which === "all" ? operations : left.nightly;
        of.push({ path, verb, operation, name: `${verb} ${path}` });
    }
}

// ---- what each can be called with -----------------------------------------------------------------

const keys = new Map();
for (const caller of callers) {
    keys.set(caller.mail, { trial: await keyOf(trial, caller), site: await keyOf(site, caller) });
}
const ids = new Ids();
const made = new Map(); // an id or secret that an answer of TRIAL brought: the variable that holds SITE's
const recipes = [];
let calls = 0;

const needsOnce = (operation) => operation.parameters.some((one) => one.name === "Idempotency-Key" && one.required);
async function call(mail, { verb, operation }, path, query, body) {
    const headers = { accept: "application/json", authorization: `Bearer ${keys.get(mail).trial}` };
    if (needsOnce(operation)) {
        headers["idempotency-key"] = `contract-${calls}`;
    }
    if (body) {
        headers["content-type"] = "application/json";
    }
    calls += 1;
    const search = new URLSearchParams(query).toString();
    const answer = await fetch(trial + path + (search ? `?${search}` : ""), { method: verb.toUpperCase(), headers, body: body && JSON.stringify(body) });
    return { status: answer.status, type: (answer.headers.get("content-type") ?? "").split(";")[0], text: await answer.text() };
}

/** Bodies to begin with: the example, or what contract.json says instead, with ids that are there, and only what must be said of it. */
function* bodiesOf(operation, hint) {
    const example = hint ?? bodyOf(operation);
    if (!example) {
        yield undefined;
        return;
    }
    const schema = operation.requestBody.content["application/json"].schema;
    let turn = 0;
    let named = 0;
    const filled = (value) => {
        const prefix = typeof value === "string" && value.match(/^([a-z]{3})_01ARZ3NDEKTSV$/)?.[1];
        if (prefix) {
            named += 1;
            return ids.some(prefix, turn++) ?? value;
        }
        const days = typeof value === "string" && value.match(/^in (\d+) days$/)?.[1];
        if (days) {
            return `${new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)}T12:00:00.000Z`;
        }
        return Array.isArray(value) ? value.map(filled) : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)])) : value;
    };
    let full = filled(example);
    yield full;
    for (let tries = 1; named > 0 && tries < 5; tries += 1) {
        turn = tries;
        yield (full = filled(example));
    }
    yield Object.fromEntries(Object.entries(full).filter(([name]) => schema.required?.includes(name)));
}

/** Calls it, and again without each field that is refused and need not be there. */
async function attempt(mail, one, path, query, first) {
    let body = first;
    const needed = one.operation.requestBody?.content["application/json"]?.schema.required ?? [];
    for (;;) {
        const answer = await call(mail, one, path, query, body);
        const blamed = answer.status === 422 && body ? (JSON.parse(answer.text).errors ?? []).map(({ field }) => field) : [];
        const without = Object.entries(body ?? {}).filter(([name]) => needed.includes(name) || !blamed.includes(name));
        if (without.length === Object.keys(body ?? {}).length) {
            return { ...answer, body };
        }
        body = Object.fromEntries(without);
    }
}

/** Remembers what an answer brought that was not there before: where in it stands what. */
function keepMade(recipe, text) {
    const walk = (value, at) => {
        if (value && typeof value === "object") {
            Object.entries(value).forEach(([name, one]) => walk(one, Array.isArray(value) ? `${at}[${name}]` : at ? `${at}.${name}` : name));
        } else if (typeof value === "string" && /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{13}$/.test(value) && !ids.has(value) && !made.has(value)) {
            made.set(value, `made${made.size}`);
            recipe.brings.push({ responseBodyProp: at, name: made.get(value) });
        }
    };
    if (text.startsWith("{")) {
        walk(JSON.parse(text), "");
    }
    ids.learn(text);
}

const rank = { 409: 0, 422: 1, 404: 2, 403: 3, 401: 4, 400: 5 }; // of refusals, the one that came furthest
async function find(one) {
    const hint = hints[one.name] ?? {};
    let refused = null;
    people: for (const { mail } of callers) {
        for (const { values, path } of ids.pathsOf(one.path, one.operation, 10)) {
            for (const start of bodiesOf(one.operation, hint.body)) {
                const query = { ...queryOf(one.operation), ...hint.query };
                const { status, type, text, body } = await attempt(mail, one, path, query, start);
                const recipe = { ...one, mail, values, query, body, status, type, text, brings: [] };
                if (status < 300) {
                    return recipe;
                }
                if (!refused || (rank[status] ?? -1) < (rank[refused.status] ?? -1)) {
                    refused = recipe;
                }
                if (status === 403) {
                    continue people;
                }
            }
        }
    }
    return refused;
}

async function findAll(some) {
    const refusals = [];
    for (const one of some) {
        const recipe = await find(one);
        if (recipe.status < 300) {
            one.verb === "get" ? ids.learn(recipe.text) : keepMade(recipe, recipe.text);
            recipes.push(recipe);
        } else {
            refusals.push(recipe);
        }
    }
    return refusals;
}

const reading = operations.filter(({ verb }) => verb === "get");
let refusals = await findAll(reading); // what is there is known after all was read once
recipes.length = 0;
refusals = await findAll(reading);
let writing = operations.filter(({ verb }) => verb !== "get");
for (let before = Infinity; writing.length < before; ) {
    before = writing.length;
    const refused = await findAll(writing);
    writing = refused.map(({ name }) => operations.find((one) => one.name === name));
    refusals = [...refusals.filter(({ verb }) => verb === "get"), ...refused];
}
const unread = refusals.filter(({ verb }) => verb === "get").map(({ name }) => operations.find((one) => one.name === name));
refusals = [...refusals.filter(({ verb }) => verb !== "get"), ...(await findAll(unread))];
const all = [...recipes, ...refusals];

// ---- a document with the one answer that is expected of each, and what portman is to do with it ------

const resolved = (thing) => (thing?.$ref ? thing.$ref.slice(2).split("/").reduce((at, name) => at[name], document) : thing);
const spoken = (text) => [...made].reduce((so, [id, name]) => so.replaceAll(id, `{{${name}}}`), text);
const paths = {};
const overwrites = [];
const undocumented = [];
for (const recipe of all) {
    const { verb, path, operation, status, type } = recipe;
    const response = resolved(operation.responses[status] ?? (status < 400 ? undefined : operation.responses.default));
    const said = response?.content?.[type] ?? response?.content?.[type.replace(/\/.*/, "/*")];
    if (!said) {
        undocumented.push(`${recipe.name} answers ${status} ${type}, which the document does not say: ${recipe.text.slice(0, 200)}`);
        continue;
    }
    const content = { [type]: said };
    const always = Object.entries(response.headers ?? {}).filter(([name]) => name.startsWith("RateLimit"));
    const headers = Object.fromEntries(always.map(([name, header]) => [name, { ...resolved(header), required: true }]));
    (paths[path] ??= {})[verb] = { ...operation, security: [{ key: [] }], responses: { [status]: { ...response, content, headers } } };
    overwrites.push({
        openApiOperationId: operation.operationId,
        overwriteRequestSecurity: { bearer: { token: `{{${recipe.mail}}}` } },
        overwriteRequestPathVariables: Object.entries(recipe.values).map(([key, value]) => ({ key, value: spoken(value), overwrite: true })),
        overwriteRequestQueryParams: Object.entries(recipe.query).map(([key, value]) => ({ key, value, overwrite: true, insert: true, disable: false })),
        ...(recipe.body ? { overwriteRequestBody: [{ key: ".", value: JSON.parse(spoken(JSON.stringify(recipe.body))), overwrite: true }] } : {}),
        ...(needsOnce(operation) ? { overwriteRequestHeaders: [{ key: "Idempotency-Key", value: `contract-${overwrites.length}`, overwrite: true }] } : {}),
    });
}
const told = all.filter(({ verb, path }) => paths[path]?.[verb]);
const isJson = ({ type }) => /^application\/(problem\+)?json$/.test(type);
const contractTests = told.map((recipe) => ({
    openApiOperationId: recipe.operation.operationId,
    openApiResponse: String(recipe.status),
    statusCode: { enabled: true, code: recipe.status },
    contentType: { enabled: !recipe.type.startsWith("image/") }, // it compares with the words "image/*"
    headersPresent: { enabled: true },
    ...(recipe.status < 300 ? { statusSuccess: { enabled: true } } : {}),
    ...(isJson(recipe) ? { jsonBody: { enabled: true }, schemaValidation: { enabled: true, additionalProperties: false } } : {}),
}));
const assignVariables = told
    .filter(({ brings }) => brings.length > 0)
    .map(({ operation, brings }) => ({ openApiOperationId: operation.operationId, collectionVariables: brings }));
const config = {
    version: 1.0,
    globals: { collectionVariables: Object.fromEntries([...keys].map(([mail, key]) => [mail, key.site])), stripResponseExamples: true },
    tests: { contractTests },
    assignVariables,
    overwrites,
};
writeFileSync(`${folder}/contract.json`, JSON.stringify({ ...document, paths }));
writeFileSync(`${folder}/portman.json`, JSON.stringify(config, null, 2));
const run = spawnSync(
    process.execPath,
    [`${packages}/node_modules/@apideck/portman/bin/portman`, "-l", `${folder}/contract.json`, "-c", `${folder}/portman.json`, "-o", `${folder}/collection.json`, "-b", site],
    { encoding: "utf8", cwd: folder },
);
tell(run.status === 0, "portman makes a collection", `${run.stdout}${run.stderr}`.split("\n").slice(-20));

// ---- the collection, in the order in which the calls were found --------------------------------------

const collection = JSON.parse(readFileSync(`${folder}/collection.json`, "utf8"));
const flat = (items) => items.flatMap((one) => (one.item ? flat(one.item) : [one]));
const place = new Map(told.map(({ verb, path }, at) => [`${verb.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`, at]));
const placeOf = ({ request }) => place.get(`${request.method} /${request.url.path.join("/")}`);
collection.item = flat(collection.item).sort((one, other) => placeOf(one) - placeOf(other));
const has = (item, words) => item.event?.some(({ script }) => script.exec.join("\n").includes(words));
const untested = collection.item.filter((item) => !has(item, "- Schema is valid") && isJson(told[placeOf(item)]));
tell(untested.length === 0, `${untested.length} answers are not compared with their schema`, untested.map(({ name }) => name));
writeFileSync(`${folder}/collection.json`, JSON.stringify(collection));

const answers = new Map();
const summary = await new Promise((resolve, reject) => newman
    .run({ collection }, (problem, done) => (problem ? reject(problem) : resolve(done)))
    .on("request", (_, { item, response }) => answers.set(item.id, response?.text() ?? "no answer")));
const { assertions, requests } = summary.run.stats;
const wrong = summary.run.failures.map(({ source, error }) => `${source?.request?.method} ${source?.request?.url.getPath()}: ${error.test ?? ""}: ${error.message}; ${answers.get(source?.id)?.slice(0, 200)}`);

function refusedFor(recipe) {
    const { type, errors } = JSON.parse(recipe.text);
    return `${recipe.name} by ${recipe.mail}: ${recipe.status} ${type.replace("/problems/", "")} ${(errors ?? []).map(({ field, fault }) => `${field} ${fault}`).join(", ")}`;
}
console.log(`# ${operations.length} operations that take a key and no file are called; ${calls} calls to learn what they can be called with; ${made.size} ids read from answers`);
console.log(`# ${left.files.length} left out since they take files: ${left.files.map(({ name }) => name).join(", ")}`);
console.log(`# ${left.session.length} left out since no key may call them: ${left.session.map(({ name }) => name).join(", ")}`);
console.log(`# ${left.nightly.length} left out since they change something and wait for the nightly run`);
console.log(`# ${refusals.length} only refused, since the demo world has nothing for them:`);
refusals.forEach((recipe) => console.log(`#   ${refusedFor(recipe)}`));
tell(undocumented.length === 0, `${undocumented.length} answers are not in the document`, undocumented);
tell(collection.item.length === told.length && told.length > (which === "all" ? 150 : 70), `${told.length} operations are in portman's collection, ${recipes.length} of them with success`);
tell(wrong.length === 0, `newman: ${requests.total} requests, ${assertions.total} assertions, ${wrong.length} failures`, wrong.slice(0, 60));
process.exitCode = failed > 0 ? 1 : 0;
