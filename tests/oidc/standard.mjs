// Accounts elsewhere at npm oidc-provider, which keeps to the standards: names from userinfo, `iss` in the answer,
// PKCE demanded, a person who signs in and agrees there by its own forms, and signs in again to prove who they are.
//
// Told by the environment: OIDC_PACKAGES (where npm put the provider), and what people.mjs wants. Prints TAP lines.
// Read next: tests/run_oidc.sh.
import { createHmac } from "node:crypto";
import http from "node:http";

import { end, finish, log, mails, Person, serve, site, tell, until } from "./people.mjs";
import { standardProvider } from "./provider.mjs";

const secret = "a secret with % and : and + in it";
const server = http.createServer();
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;

/** Somebody with an account there, whose browser keeps the cookies of both sites. */
class Member extends Person {
    constructor(login) {
        super();
        this.login = login;
        this.there = new Map();
        this.asked = [];
    }
    async askThere(url, fields) {
        const answer = await fetch(url, {
            method: fields ? "POST" : "GET",
            redirect: "manual",
            headers: {
                Cookie: [...this.there].map(([name, value]) => `${name}=${value}`).join("; "),
                ...(fields ? { "Content-Type": "application/x-www-form-urlencoded" } : {}),
            },
            body: fields ? new URLSearchParams(fields) : undefined,
        });
        for (const cookie of answer.headers.getSetCookie()) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
            this.there.set(name, value);
        }
        return answer;
    }
    /** Goes the way there by forms and redirects, until it leads back to us. */
    async goThrough(address) {
        let url = address;
        let fields;
        for (let turn = 0; turn < 12; turn += 1) {
            const answer = await this.askThere(url, fields);
            fields = undefined;
            if (answer.status === 200) {
                const page = await answer.text();
                const prompt = /name="prompt" value="(\w+)"/.exec(page)[1];
                url = new URL(/action="([^"]+)"/.exec(page)[1], url).href;
                fields = prompt === "login" ? { prompt, login: this.login, password: "x" } : { prompt };
                this.asked.push(prompt);
                continue;
            }
            if (!answer.headers.has("Location")) {
                throw new Error(`the provider says ${answer.status}: ${(await answer.text()).slice(-600)}`);
            }
            url = new URL(answer.headers.get("Location"), url).href;
            if (url.startsWith(site)) {
                return url;
            }
        }
        throw new Error(`the provider leads nowhere: ${url}`);
    }
    async come(page, path, fields) {
        return this.ask(await this.goThrough(await this.leave(1, page, path, fields)));
    }
}
const where = (answer) => answer.headers.get("Location") ?? `${answer.status}`;

async function signsUp() {
    const bo = new Member("bo");
    const offer = where(await bo.come());
    const page = await bo.read(offer);
    tell(page.includes('value="Name of bo"') && page.includes('value="bo@example.org"'), "userinfo fills in name and address");
    const made = await bo.send(offer, offer, { name: "Bo", mail: "bo@example.org", organisation: "Bo's" });
    tell(where(made) === "/biz" && (await bo.signedIn()), "who signs up can found a business", where(made));
    const again = new Member("bo");
    again.there = bo.there;
    tell(where(await again.come()) === "/biz" && again.asked.length === 0, "signing in again needs no form where one is signed in there", again.asked);
    return bo;
}

async function proves(bo) {
    bo.asked.length = 0;
    const back = await bo.come("/me/prove", "/me/prove/with", { provider: 1, next: "/me/mail" });
    tell(where(back) === "/me/mail" && bo.asked[0] === "login", "to prove again who one is, one signs in there again", `${where(back)} ${bo.asked}`);
    const eve = new Member("eve");
    eve.cookies = bo.cookies;
    const other = await eve.come("/me/prove", "/me/prove/with", { provider: 1 });
    tell(other.status === 403, "with another account there nothing is proved", other.status);
}

async function announcedIssuer() {
    const bo = new Member("bo");
    const address = new URL(await bo.goThrough(await bo.leave(1)));
    tell(address.searchParams.get("iss") === issuer, "its answers name it");
    address.searchParams.delete("iss");
    const answer = await bo.ask(address.href);
    tell(answer.status === 422 && !(await bo.signedIn()), "without its name an answer is refused", answer.status);
    const no = new Member("bo");
    const start = new URL(await no.leave(1));
    const refused = `${site}/sign-in/with/1/back?error=access_denied&state=${start.searchParams.get("state")}&iss=${encodeURIComponent(issuer)}`;
    const said = await no.ask(refused);
    tell(said.status === 403 && (await said.text()).includes("The other site said no"), "who refuses there is told so here", said.status);
}

/** RFC 6238. */
function codeOf(base32) {
    const bits = [...base32].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
    const key = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
    const mac = createHmac("sha1", key).update(counter).digest();
    const offset = mac[19] & 15;
    return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, "0");
}

async function codeIsAsked(bo) {
    await bo.send("/me/security", "/me/security/code/begin");
    const key = /([A-Z2-7]{4}(?: [A-Z2-7]{4}){7})/.exec(await bo.read("/me/security/code"))[1].replaceAll(" ", "");
    const on = await bo.send("/me/security/code", "/me/security/code", { code: codeOf(key) });
    tell(on.status === 200, "Bo sets up codes of an app", on.status);
    const again = new Member("bo");
    const half = await again.come();
    tell(where(half).startsWith("/sign-in/code") && !(await again.signedIn()), "an account elsewhere does not spare the code", where(half));
}

server.on("request", (await standardProvider(process.env.OIDC_PACKAGES, issuer, secret, () => [`${site}/sign-in/with/1/back`])));
await serve({
    CONTRAFLOW_OIDC_1_NAME: "Standard",
    CONTRAFLOW_OIDC_1_ISSUER: issuer,
    CONTRAFLOW_OIDC_1_CLIENT: "contraflow",
    CONTRAFLOW_OIDC_1_SECRET: secret,
});
try {
    const bo = await signsUp();
    await until(() => mails("bo@example.org", "/mail/").length === 1, "a mail to confirm");
    await proves(bo);
    await announcedIssuer();
    await codeIsAsked(bo);
    tell(!log().includes(secret), "the log has no secret in it");
} catch (error) {
    tell(false, "the story goes on to its end", `${error.stack}\n${log().slice(-1500)}`);
}
await end();
server.closeAllConnections();
server.close();
finish();
