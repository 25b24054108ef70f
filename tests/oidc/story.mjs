// Accounts elsewhere as people use them, and as providers abuse them: npm oauth2-mock-server, whose tokens are
// changed before they are signed, and servers that are slow, dead, huge or say that they are another.
//
// Told by the environment: OIDC_PACKAGES (where npm put the providers), and what people.mjs wants. Prints TAP
// lines. It must not know how tokens are checked. Read next: standard.mjs, tests/run_oidc.sh.
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import http from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { end, finish, log, mails, Person, serve, site, tell, until } from "./people.mjs";

const require = createRequire(join(process.env.OIDC_PACKAGES, "package.json"));
const { OAuth2Server } = await import(pathToFileURL(require.resolve("oauth2-mock-server")));
const secret = "what only two know";

// ---- a provider that says what it is told to ------------------------------------------------------

let keysAsked = 0;
let says = {};
const mock = new OAuth2Server();
await mock.issuer.keys.generate("RS256", { kid: "first" });
mock.service.on("beforeTokenSigning", (token) => {
    if (token.payload.aud) {
        Object.assign(token.payload, says.claims);
        for (const name of says.without ?? []) {
            delete token.payload[name];
        }
    }
});
let lastToken = "";
mock.service.on("beforeResponse", (response, request) => {
    lastToken = response.body.id_token;
    says.response?.(response, request);
});
mock.service.on("beforeUserinfo", (response) => {
    response.body = { sub: says.claims.sub };
    says.person?.(response);
});
mock.service.on("beforeAuthorizeRedirect", ({ url }) => says.redirect?.(url));
await mock.start(0, "127.0.0.1");

// It stands behind a counter of calls, so that the tests know what was asked of it.
const calls = [];
const counted = http.createServer((request, response) => {
    calls.push(request.url);
    keysAsked += request.url.startsWith("/jwks");
    mock.service.requestHandler(request, response);
});
await new Promise((done) => counted.listen(0, "127.0.0.1", done));
mock.issuer.url = `http://127.0.0.1:${counted.address().port}`;

/** The address at which a browser comes back from the mock. */
async function approved(address) {
    const answer = await fetch(address, { redirect: "manual" });
    return answer.headers.get("Location");
}
/** The whole way there and back; the answer of the way back. */
async function visit(person, claims, more = {}) {
    says = { claims, ...more };
    const back = await approved(await person.leave(1, more.page, more.path, more.fields));
    return person.ask(back);
}
const where = (answer) => answer.headers.get("Location") ?? `${answer.status}`;
const johanna = { sub: "johanna-1", name: "Johanna Ek", email: "johanna@example.org", email_verified: true };

// ---- signing up and in ----------------------------------------------------------------------------

async function signsUp() {
    const person = new Person();
    const page = await person.read("/sign-in");
    tell(page.includes("Sign in with Mock"), "the sign-in page has a button for each provider");
    tell((await person.read("/sign-up")).includes("Sign up with Mock"), "and so has the page to sign up");
    const address = new URL(await person.leave(1));
    const asked = Object.fromEntries(address.searchParams);
    tell(
        asked.response_type === "code" && asked.code_challenge_method === "S256" &&
            asked.code_challenge.length === 43 && asked.state.length === 43 && asked.nonce.length === 64 &&
            asked.redirect_uri === `${site}/sign-in/with/1/back` && !address.href.includes(secret),
        "the browser is sent with state, nonce and challenge, and to a fixed way back",
        address.href,
    );
    const answer = await visit(person, johanna);
    tell(where(answer).startsWith("/sign-up/with/"), "who is new comes to a page to sign up", where(answer));
    const form = await person.read(where(answer));
    tell(form.includes('value="Johanna Ek"') && form.includes('value="johanna@example.org"'), "which is filled in");
    const made = await person.send(where(answer), where(answer), { name: "Johanna", mail: "johanna@example.org" });
    tell(where(made) === "/me" && (await person.signedIn()), "and is signed up by it", where(made));
    const again = await person.ask(where(answer));
    tell(where(again).startsWith("/me/security/connect/"), "the page leads nowhere new afterwards", where(again));
    const security = await person.read("/me/security");
    tell(security.includes("Not confirmed yet"), "her address is not confirmed by the provider's word");
    await until(() => mails("johanna@example.org", "/mail/").length === 1, "a mail to confirm");
    tell(true, "our own mail confirms it");
    const later = new Person();
    const back = await visit(later, johanna);
    tell(where(back) === "/me" && (await later.signedIn()), "the next time she is signed in at once", where(back));
    return person;
}

// ---- lies about whose it is -----------------------------------------------------------------------

async function lies() {
    const victim = await new Person().signUp("Vera", "vera@example.org", "a sentence of Vera's");
    for (const verified of [true, false, "true"]) {
        const thief = new Person();
        const claims = { sub: `thief-${verified}`, name: "Vera", email: "Vera@Example.org", email_verified: verified };
        const answer = await visit(thief, claims);
        const page = await thief.read(where(answer));
        tell(
            where(answer).startsWith("/sign-up/with/") && !(await thief.signedIn()) &&
                page.includes("an account here has it already"),
            `somebody else's address (verified: ${JSON.stringify(verified)}) opens nothing`,
            where(answer),
        );
        const path = where(answer);
        const taken = await thief.send(path, path, { name: "Vera", mail: "vera@example.org" });
        tell(taken.status === 422 && !(await thief.signedIn()), "nor is an account made with it", taken.status);
        const connect = await thief.ask(path.replace("/sign-up/with/", "/me/security/connect/"));
        tell(where(connect).startsWith("/sign-in"), "and connecting it asks who they are", where(connect));
    }
    const trick = new Person();
    const offer = where(await visit(trick, { sub: "thief-link", name: "V", email: "vera@example.org" }));
    const link = offer.replace("/sign-up/with/", "/me/security/connect/");
    const led = await victim.ask(link);
    tell(led.status === 410, "who is led to a thief's offer is not shown it", led.status);
    const pressed = await victim.send("/me/security", link);
    tell(pressed.status === 410, "nor can they press its button", pressed.status);
    const silent = { without: ["email", "name"] };
    const dropped = await visit(new Person(), { sub: "silent" }, silent);
    tell(where(dropped).startsWith("/sign-up/with/"), "a provider that says nothing leaves all to be typed", where(dropped));
    const swapped = await visit(new Person(), { sub: "silent" }, { person: (response) => (response.body = { sub: "vera", email: "vera@example.org" }) });
    tell(swapped.status === 422, "what it says of somebody else is refused", swapped.status);
}

async function connects() {
    const maren = await new Person().signUp("Maren", "maren@example.org", "a sentence of Maren's");
    const other = new Person();
    const claims = { sub: "maren-1", name: "Maren", email: "maren@example.org", email_verified: true };
    const offer = where(await visit(other, claims));
    const next = /href="\/sign-in\?next=(%2Fme[^"&]+|\/me[^"&]+)/.exec(await other.read(offer))?.[1];
    const entered = await other.signIn("maren@example.org", "a sentence of Maren's", decodeURIComponent(next));
    tell(where(entered) === offer.replace("/sign-up/with/", "/me/security/connect/"), "signing in as always leads to connecting", where(entered));
    const page = await other.read(where(entered));
    tell(page.includes("maren@example.org") && page.includes("Mock"), "the page says what will be connected");
    const done = await other.send(where(entered), where(entered));
    tell(where(done).startsWith("/me/security?done="), "which is done by its button", where(done));
    tell((await other.send(where(entered), where(entered))).status === 410, "once");
    await until(() => mails("maren@example.org", "An account was connected: Mock").length === 1, "an alert");
    const later = new Person();
    tell(where(await visit(later, claims)) === "/me" && (await later.signedIn()), "from then on it opens her account");
    const direct = { path: "/me/security/providers", page: "/me/security", fields: { provider: 1 } };
    const second = await visit(maren, { sub: "maren-2", email: "other@example.org" }, direct);
    tell(where(second).startsWith("/me/security?done="), "another is connected from the page of security", where(second));
    const stolen = await visit(maren, johanna, direct);
    tell(stolen.status === 409, "one that is somebody's stays theirs", stolen.status);
    const security = await maren.read("/me/security");
    const list = [...security.matchAll(/action="(\/me\/security\/identities\/[^"]+\/remove)"/g)].map((hit) => hit[1]);
    tell(list.length === 2 && security.includes("other@example.org"), "both are listed", list);
    tell(where(await maren.send("/me/security", list[0])).startsWith("/me/security?done="), "one is disconnected");
    await until(() => mails("maren@example.org", "An account was disconnected: Mock").length === 1, "an alert");
    const gone = new Person();
    tell(where(await visit(gone, claims)).startsWith("/sign-up/with/") && !(await gone.signedIn()), "and opens nothing any more");
    const johannas = new Person();
    await visit(johannas, johanna);
    const only = /action="(\/me\/security\/identities\/[^"]+\/remove)"/.exec(await johannas.read("/me/security"))[1];
    const last = await johannas.send("/me/security", only);
    tell(last.status === 409, "the only way in can't be disconnected", last.status);
    const theirs = await maren.send("/me/security", only);
    tell(theirs.status === 404, "nor can somebody else's", theirs.status);
}

async function provesAnew() {
    const johannas = new Person();
    await visit(johannas, johanna);
    const way = { path: "/me/prove/with", page: "/me/prove", fields: { provider: 1, next: "/me/mail" } };
    const now = Math.floor(Date.now() / 1000);
    says = { claims: johanna };
    const address = await johannas.leave(1, way.page, way.path, way.fields);
    tell(address.includes("prompt=login") && address.includes("max_age=0"), "to prove again, the provider is to ask again");
    const silent = await visit(johannas, johanna, way);
    tell(silent.status === 403, "a provider that does not say when it asked proves nothing", silent.status);
    const old = await visit(johannas, { ...johanna, auth_time: now - 3600 }, way);
    tell(old.status === 403, "nor does one that asked long ago", old.status);
    const anew = await visit(johannas, { ...johanna, auth_time: now }, way);
    tell(where(anew) === "/me/mail", "one that has asked just now does", where(anew));
}

async function settings() {
    const shown = spawnSync(process.env.CONTRAFLOW, ["config"], {
        env: { ...process.env, CONTRAFLOW_OIDC_1_SECRET: secret },
        encoding: "utf8",
    }).stdout;
    tell(shown.includes("oidc.1.secret = (secret)") && !shown.includes(secret), "contraflow config does not show the secret");
}

// ---- answers that are not the one that was asked for ----------------------------------------------

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const payloadOf = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));

async function refuses(name, claims, more = {}, status = 422) {
    const person = new Person();
    const answer = await visit(person, { ...johanna, ...claims }, more);
    tell(answer.status === status && !(await person.signedIn()), name, `${answer.status} ${where(answer)}`);
}

async function forgeries() {
    const now = Math.floor(Date.now() / 1000);
    await refuses("another nonce is refused", { nonce: "another" });
    await refuses("no nonce is refused", {}, { without: ["nonce"] });
    await refuses("a token for another site is refused", { aud: "others" });
    await refuses("a token for us and others, given to others, is refused", { aud: ["contraflow", "o"], azp: "o" });
    await refuses("a token of another issuer is refused", { iss: "http://127.0.0.1:1" });
    await refuses("a token that is over is refused", { exp: now - 600 });
    await refuses("a token of the future is refused", { iat: now + 600 });
    await refuses("a wrong at_hash is refused", { at_hash: "4zFuK6_rthA6NBjod4wK3A" });
    const unsigned = (response) => {
        response.body.id_token = `${base64({ alg: "none" })}.${base64(payloadOf(lastToken))}.`;
    };
    await refuses("a token with alg none is refused", {}, { response: unsigned });
    const [key] = (await (await fetch(`${mock.issuer.url}/jwks`)).json()).keys;
    const confused = (response) => {
        const signed = `${base64({ alg: "HS256", kid: key.kid })}.${base64(payloadOf(lastToken))}`;
        const mac = createHmac("sha256", JSON.stringify(key)).update(signed).digest("base64url");
        response.body.id_token = `${signed}.${mac}`;
    };
    await refuses("HS256 with the public key as secret is refused", {}, { response: confused });
    const shared = (response) => {
        const signed = `${base64({ alg: "HS256" })}.${base64(payloadOf(lastToken))}`;
        response.body.id_token = `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
    };
    await refuses("HS256 with our secret, too", {}, { response: shared });
    await refuses("an answer without a token is refused", {}, { response: (r) => delete r.body.id_token });
    await refuses("a provider that fails is told as such", {}, { response: (r) => { r.statusCode = 502; r.body = ""; } }, 503);
    await refuses("JSON nested deep is refused", {}, {
        response: (r) => {
            let deep = {};
            for (let i = 0; i < 1000; i += 1) {
                deep = { a: deep };
            }
            r.body.more = deep;
        },
    });
    await refuses("an answer of two megabytes is refused", {}, { response: (r) => (r.body.more = "x".repeat(2 << 20)) }, 503);
    await refuses("an answer of another issuer is refused", {}, { redirect: (url) => url.searchParams.set("iss", "http://127.0.0.1:1") });
    await refuses("a person who says no there is not signed in", {}, {
        redirect: (url) => {
            url.searchParams.delete("code");
            url.searchParams.set("error", "access_denied");
        },
    }, 403);
}

async function replays() {
    const person = new Person();
    says = { claims: johanna };
    const back = await approved(await person.leave(1));
    const other = new Person();
    await other.read("/sign-in");
    tell((await other.ask(back)).status === 410 && !(await other.signedIn()), "a state of another browser is refused");
    tell((await person.ask(back)).status === 410 && !(await person.signedIn()), "and is used up by that");
    const good = await approved(await person.leave(1));
    const asked = calls.length;
    tell(where(await person.ask(good)) === "/me", "a new one is good");
    const token = calls.slice(asked).filter((url) => url.startsWith("/token")).length;
    person.cookies.delete("session");
    tell((await person.ask(good)).status === 410 && !(await person.signedIn()), "once");
    tell(token === 1 && calls.slice(asked).filter((url) => url.startsWith("/token")).length === 1, "its code is sent once");
    const invented = new URL(good);
    invented.searchParams.set("state", "A".repeat(43));
    tell((await person.ask(invented)).status === 410, "an invented state is refused");
    const bare = await person.ask("/sign-in/with/1/back");
    tell(bare.status === 410, "and so is none", bare.status);
    const nobody = new Person();
    const forged = await nobody.ask("/sign-in/with/1", { token: "" });
    tell(forged.status === 403, "nobody is sent there by a form from elsewhere", forged.status);
    const crossed = new Person();
    const toOther = (await approved(await crossed.leave(1))).replace("/with/1/", "/with/2/");
    tell((await crossed.ask(toOther)).status === 410, "an answer to another provider's address is refused");
    tell((await crossed.leave(4)).status === 404, "a provider that is not set is not there");
    tell((await person.read("/sign-in/with/9/back")).includes("<html"), "nor any number");
}

async function rotates() {
    const before = keysAsked;
    await mock.issuer.keys.generate("RS256", { kid: "second" });
    for (let i = 0; i < 4; i += 1) {
        const person = new Person();
        tell(where(await visit(person, johanna)) === "/me", `keys are rotated: sign-in ${i + 1} is good`);
    }
    tell(keysAsked === before + 1, "the new key was asked for once", keysAsked - before);
    await mock.issuer.keys.generate("ES256", { kid: "third" });
    let refused = 0;
    for (let i = 0; i < 3; i += 1) {
        refused += (await visit(new Person(), johanna)).status === 422;
    }
    tell(refused >= 1 && keysAsked === before + 1, "a second time within a minute they are not asked again", `${refused} refused, asked ${keysAsked - before} times`);
}

// ---- providers that don't answer ------------------------------------------------------------------

let held = 0;
const stuck = http.createServer(() => (held += 1));
await new Promise((done) => stuck.listen(0, "127.0.0.1", done));
const huge = http.createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    const more = () => {
        while (response.writable && response.write("x".repeat(65536)));
    };
    response.on("drain", more);
    more();
});
await new Promise((done) => huge.listen(0, "127.0.0.1", done));
const address = (server) => `http://127.0.0.1:${server.address().port}`;

async function holdsUpNobody() {
    const crowd = await Promise.all(
        Array.from({ length: 24 }, async () => {
            const person = new Person();
            await person.read("/sign-in");
            return person;
        }),
    );
    const order = [];
    const waits = crowd.map(async (person) => {
        const answer = await person.leave(2);
        order.push("answer");
        return { status: answer.status, busy: (await answer.text()).includes("Many are waiting") };
    });
    await until(() => held > 0, "a call to the provider");
    const times = [];
    for (let i = 0; i < 200; i += 1) {
        const began = performance.now();
        const page = await fetch(`${site}/sign-in`);
        await page.text();
        times.push(performance.now() - began);
        order.push("page");
    }
    const johannas = where(await visit(new Person(), johanna));
    order.push("other");
    const answers = await Promise.all(waits);
    times.sort((a, b) => a - b);
    console.log(`# 24 people wait for a provider that never answers: 200 pages, median ${times[100].toFixed(1)} ms, p99 ${times[197].toFixed(1)} ms`);
    const unheard = answers.filter((answer) => !answer.busy).length;
    tell(answers.every((answer) => answer.status === 503), "who waits for a provider that never answers is told to come again");
    tell(unheard >= 1 && unheard < answers.length, "some wait, the others are told at once", `${unheard} waited`);
    tell(order.indexOf("page") < order.lastIndexOf("answer"), "pages are answered meanwhile", order.join(" "));
    tell(johannas === "/me", "meanwhile another provider lets people in", johannas);
    const began = held;
    tell((await crowd[0].leave(2)).status === 503 && held === began, "and then it is left alone for a while");
    tell((await crowd[1].leave(3)).status === 503, "a provider whose answer never ends is no provider");
}

const tests = [settings, signsUp, lies, connects, provesAnew, forgeries, replays, rotates, holdsUpNobody];
await serve({
    CONTRAFLOW_OIDC_1_NAME: "Mock",
    CONTRAFLOW_OIDC_1_ISSUER: mock.issuer.url,
    CONTRAFLOW_OIDC_1_CLIENT: "contraflow",
    CONTRAFLOW_OIDC_1_SECRET: secret,
    CONTRAFLOW_OIDC_2_ISSUER: address(stuck),
    CONTRAFLOW_OIDC_2_CLIENT: "contraflow",
    CONTRAFLOW_OIDC_3_ISSUER: address(huge),
    CONTRAFLOW_OIDC_3_CLIENT: "contraflow",
});
try {
    for (const test of tests) {
        await test();
    }
    tell(!log().includes(secret), "the log has no secret in it");
} catch (error) {
    tell(false, "the story goes on to its end", `${error.stack}\n${log().slice(-1500)}`);
}
await end();
for (const server of [counted, stuck, huge]) {
    server.closeAllConnections();
    server.close();
}
await mock.stop();
finish();
