// What the tests of accounts elsewhere share: TAP lines, the program with its providers, and people who come by
// fetch, with cookies of their own and nothing that a browser would not send.
//
// Told by the environment: CONTRAFLOW (the program), OIDC_DATA (an empty folder). It must not know any provider.
// Read next: story.mjs.
import { spawn } from "node:child_process";
import { join } from "node:path";

import { mails as mailsIn } from "../mails.mjs";

export const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

let failed = 0;
export function tell(holds, name, detail = "") {
    console.log(`${holds ? "ok" : "not ok"} oidc: ${name}`);
    if (!holds) {
        console.log(`# ${String(detail).replaceAll("\n", "\n# ").slice(0, 2000)}`);
        failed += 1;
    }
}
export function finish() {
    process.exitCode = failed ? 1 : 0;
}

export async function until(look, what) {
    for (let turn = 0; turn < 300; turn += 1) {
        const found = await look();
        if (found) {
            return found;
        }
        await pause(100);
    }
    throw new Error(`${what}: not within half a minute`);
}

let program;
let said = "";
export let site;
/** Starts the program with these settings beside the usual ones. */
export async function serve(settings) {
    program = spawn(process.env.CONTRAFLOW, ["serve", "--port", "0", "--data", process.env.OIDC_DATA], {
        env: { ...process.env, CONTRAFLOW_WEB_RATE_LIMITS: "off", ...settings },
        stdio: ["ignore", "pipe", "pipe"],
    });
    program.stdout.on("data", (data) => (said += data));
    program.stderr.on("data", (data) => (said += data));
    site = await until(() => {
        if (program.exitCode !== null) {
            throw new Error(`the program ended: ${said}`);
        }
        return /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    }, "the program");
}
/** What the program has written so far. */
export const log = () => said;
export function end() {
    if (!program || program.exitCode !== null) {
        return undefined;
    }
    program.once("exit", (code) => tell(code === 0, "the program ends well", said.slice(-2000)));
    const gone = new Promise((done) => program.once("exit", done));
    program.kill("SIGTERM");
    return gone;
}

/** The mails to an address with these words in them. */
export const mails = (to, words) => mailsIn(join(process.env.OIDC_DATA, "mail"), to, words);

/** Somebody with a browser of their own. */
export class Person {
    cookies = new Map();

    async ask(address, fields) {
        const url = new URL(address, site);
        const answer = await fetch(url, {
            method: fields ? "POST" : "GET",
            redirect: "manual",
            headers: {
                Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
                Accept: "text/html",
                ...(fields ? { "Content-Type": "application/x-www-form-urlencoded" } : {}),
            },
            body: fields ? new URLSearchParams(fields) : undefined,
        });
        for (const cookie of url.href.startsWith(site) ? answer.headers.getSetCookie() : []) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
            value === "" ? this.cookies.delete(name) : this.cookies.set(name, value);
        }
        return answer;
    }
    async read(path) {
        return (await this.ask(path)).text();
    }
    /** Posts a form of a page. */
    async send(page, path, fields = {}) {
        const html = await this.read(page);
        const token = /name="token" value="([^"]+)"/.exec(html)?.[1] ?? "";
        const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? "";
        return this.ask(path, { token, once: `${once}-${Math.random()}`, ...fields });
    }
    /** Presses the button of a provider; where the page leads, or the whole answer when it leads nowhere. */
    async leave(number, page = "/sign-in", path = `/sign-in/with/${number}`, fields = {}) {
        const answer = await this.send(page, path, fields);
        const refresh = answer.headers.get("Refresh");
        return refresh?.replace(/^0; url=/, "") ?? answer;
    }
    async signedIn() {
        return (await this.ask("/me")).status === 200;
    }
    async signUp(name, mail, password) {
        const answer = await this.send("/sign-up", "/sign-up", { name, mail, password });
        if (answer.status !== 303 || !(await this.signedIn())) {
            throw new Error(`${name} can't sign up: ${answer.status}`);
        }
        return this;
    }
    async signIn(mail, password, next = "") {
        return this.send("/sign-in", "/sign-in", { mail, password, next });
    }
}
