// What every browser test shares: TAP lines, a Chromium, people who sign in, and sums read from pages.
//
// Told by the environment: BROWSER_SITE (a server with the demo world), CHROMIUM (its program),
// BROWSER_FAILURES (a folder for pictures of pages on which something went wrong). It must not know any test.
// Read next: cycle.mjs.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.BROWSER_PACKAGES, "package.json"));
const { chromium } = require("playwright-core");

export const address = process.env.BROWSER_SITE;
export const passwordOfAll = "contraflow";

/** A file that an npm package ships, by its name inside the package. */
export function packaged(name) {
    return require.resolve(name);
}

let failed = 0;

/** One TAP line; details follow as comments. Returns whether it held. */
export function tell(holds, name, details = []) {
    console.log(`${holds ? "ok" : "not ok"} ${name}`);
    for (const line of holds ? [] : details) {
        console.log(`# ${line}`);
    }
    failed += holds ? 0 : 1;
    return holds;
}

/** Ends the process with 1 when a line failed. */
export function finish() {
    process.exitCode = failed > 0 ? 1 : 0;
}

export function launch(more = []) {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb", ...more],
    });
}

/** Somebody with a browser window of their own. */
export class Visitor {
    constructor(name, context, page) {
        this.name = name;
        this.context = context;
        this.page = page;
        this.complaints = [];
        page.on("console", (message) => {
            if (message.type() === "error") {
                this.complaints.push(`${page.url()}: ${message.text()}`);
            }
        });
        page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    }

    static async open(browser, name, options = {}) {
        const context = await browser.newContext({ baseURL: address, locale: "en-GB", ...options });
        context.setDefaultTimeout(15000);
        return new Visitor(name, context, await context.newPage());
    }

    /** Signs in by the form with one of the demo world's logins. */
    async signIn() {
        await this.go("/sign-in");
        await this.page.fill("#mail", `${this.name}@example.org`);
        await this.page.fill("#password", passwordOfAll);
        await this.send('form[action="/sign-in"]');
        if (new URL(this.page.url()).pathname === "/sign-in") {
            throw new Error(`${this.name} can't sign in: ${await this.page.innerText("main")}`);
        }
    }

    /** Opens a path; a status from 400 on is an error. */
    async go(path) {
        const answer = await this.page.goto(path);
        if (answer !== null && answer.status() >= 400) {
            throw new Error(`${path} answers ${answer.status()}`);
        }
    }

    /**
     * Presses the first button of a form, or the one named, and waits for the next page. By key: without
     * script a click is sometimes lost by the driver that still runs on Debian's Node.js.
     */
    async send(form, button = 'button[type="submit"]') {
        const target = this.page.locator(form).locator(button).first();
        await Promise.all([this.page.waitForEvent("load"), target.press("Enter")]);
        const wrong = await this.page.locator("#errors, form .field-error, form .message-bad").allInnerTexts();
        if (wrong.length > 0) {
            throw new Error(`${this.page.url()} says: ${wrong.join(" | ")}`);
        }
    }

    /** Opens a path again and again until `look` answers something; for what a job does meanwhile. */
    async until(path, look, what) {
        for (let turn = 0; turn < 60; turn += 1) {
            await this.go(path);
            const found = await look(this.page);
            if (found) {
                return found;
            }
            await this.page.waitForTimeout(250);
        }
        throw new Error(`${what}: not within a minute on ${path}`);
    }

    /** The sum in an element's text, in minor units. */
    async sum(selector) {
        return minor(await this.page.locator(selector).first().innerText());
    }

    async picture(name) {
        const folder = process.env.BROWSER_FAILURES;
        if (folder) {
            mkdirSync(folder, { recursive: true });
            await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
        }
    }
}

/** Signs somebody out by the menu behind their name. */
export async function signOut(visitor) {
    await visitor.page.locator(".person-menu summary, details.menu summary").last().click();
    await Promise.all([
        visitor.page.waitForEvent("load"),
        visitor.page.locator('form[action="/sign-out"] button').first().click(),
    ]);
}

/** "− 1,234.50 EUR" as -123450: the first amount with two decimals in a text of an English page. */
export function minor(text) {
    const found = /([−-]?)\s*([\d,]+)\.(\d\d)(?!\d)/u.exec(text.replaceAll("\u00a0", " "));
    if (found === null) {
        throw new Error(`no sum in "${text}"`);
    }
    const amount = Number(found[2].replaceAll(",", "")) * 100 + Number(found[3]);
    return found[1] === "" ? amount : -amount;
}
