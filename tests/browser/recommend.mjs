// The widgets of recommendations in pages of another website with strict content security policies: Maren copies
// what goes into her pages; a visitor lands by a link, types a code, opens invitations before and after an order,
// and a partner's banner comes into sight. What must hold there is in foreign.mjs; without script the links lead
// where they say. Read next: foreign.mjs, ../../ui/widgets/landing.js.
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { address, finish, launch, tell, Visitor } from "./browser.mjs";
import { Story } from "./cycle.mjs";
import { harm, highFindings, watch } from "./foreign.mjs";
import { accessibility, look, tooWide } from "./looks.mjs";

const MOST = 8 * 1024; // bytes of the script and one part, compressed
const desktop = { width: 1360, height: 900 };
const phone = { width: 390, height: 844 };
const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
let faults = [];

function found(name) {
    tell(faults.length === 0, `recommend: ${name}`, faults);
    faults = [];
}

function expect(holds, what) {
    if (!holds) {
        faults.push(what);
    }
}

// ---- the foreign website -----------------------------------------------------------------------

const base = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'";
const more = `connect-src ${address}; frame-src ${address}`; // what our pages say that it takes
const policies = {
    hosts: `${base}; ${more}; script-src ${address}`,
    nonce: `${base}; ${more}; script-src 'nonce-r4nd0m'`,
    dynamic: `${base}; ${more}; script-src 'nonce-r4nd0m' 'strict-dynamic'; require-trusted-types-for 'script'`,
    isolated: `${base}; ${more}; script-src ${address}`,
};
const snippets = {}; // by the name of the widget, as they are copied
const bodies = {
    landing: () => `<form action="/order"><input name="cf_click" type="hidden"><button>Order</button></form>${snippets.landing}`,
    code: () => snippets.code,
    invite: () => `<p>${snippets.invite}</p>`,
    "after-purchase": (query) => `<p>${snippets["after-purchase"].replace("…", query.get("invitation") ?? "")}</p>`,
    banner: () => `<div class="high"></div><p>${snippets.banner}</p>`,
};

const foreign = createServer((request, answer) => {
    const url = new URL(request.url, "http://localhost");
    const name = url.pathname.slice(1);
    if (url.pathname === "/style.css") {
        answer.writeHead(200, { "Content-Type": "text/css" })
            .end("body { margin: 0; padding: 24px; font: 16px/1.5 sans-serif; background: #fff; color: #222; } .high { height: 3000px; }");
        return;
    }
    if (bodies[name] === undefined) {
        answer.writeHead(404).end();
        return;
    }
    const policy = url.searchParams.get("policy") ?? "hosts";
    const nonce = policy === "nonce" || policy === "dynamic";
    const body = bodies[name](url.searchParams).replaceAll("<script ", nonce ? '<script nonce="r4nd0m" ' : "<script ");
    answer.writeHead(200, {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policies[policy],
        ...(policy === "isolated" ? { "Cross-Origin-Embedder-Policy": "require-corp" } : {}),
    }).end(`<!doctype html><html lang="${url.searchParams.get("lang") ?? "en"}"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1"><title>A shop</title>
        <link rel="stylesheet" href="/style.css"></head><body><main><h1>A shop</h1>${body}
        <p>What comes after it stays where it is.</p></main></body></html>`);
});
await new Promise((done) => foreign.listen(0, done));
const { port } = foreign.address();
const shop = `http://localhost:${port}`; // another site than ours
const stranger = `http://127.0.0.1:${port}`; // not registered

/** Notes what the page's own script hears of us. */
function listen() {
    window.heard = [];
    for (const name of ["contraflow:click", "contraflow:code"]) {
        document.addEventListener(name, (event) => window.heard.push(event.detail));
    }
}

async function visit(browser, path, options = {}, site = shop) {
    const guest = await Visitor.open(browser, "guest", { baseURL: site, viewport: desktop, userAgent: chrome, ...options });
    await guest.page.addInitScript(watch);
    await guest.page.addInitScript(listen);
    await guest.page.goto(path);
    return guest;
}

async function axe(target, what) {
    for (const rule of await accessibility(target, {})) {
        faults.push(`${what}: ${rule}`);
    }
}

async function unharmed(guest, what, keeps) {
    faults.push(...(await harm(guest, what, keeps)));
}

async function picture(page, name) {
    if (process.env.BROWSER_PICTURES) {
        await page.screenshot({ path: join(process.env.BROWSER_PICTURES, `recommend-${name}.png`) });
    }
}

// ---- what happens ------------------------------------------------------------------------------

const browser = await launch();
const story = new Story("recommend");
const maren = await story.person(browser, "maren");
const ines = await story.person(browser, "ines");
let program = "";
let invitation = "";
let part = "";

await story.step("Maren registers her website and finds what goes into its pages", async () => {
    const { page } = maren;
    await maren.go("/biz/keys");
    await page.fill("#origin", shop);
    await maren.send('form[action="/biz/keys/origins"]');
    await maren.go("/biz/programs");
    await page.getByRole("link", { name: "Night trains, told by friends" }).click();
    await page.locator('a[href$="/snippets"]').click();
    await page.waitForURL("**/snippets");
    program = new URL(page.url()).pathname.split("/")[3];
    await look(page, "snippets of a program", faults);
    for (const name of ["landing", "code", "invite", "after-purchase"]) {
        snippets[name] = await page.innerText(`#snippet-${name}`);
    }
});

await story.step("Ines finds a banner for her own website, and a mail that she sends herself", async () => {
    const { page } = ines;
    await ines.go("/me/programs");
    await page.getByRole("link", { name: "Night trains, told by friends" }).click();
    await page.waitForURL("**/me/programs/rpt_*");
    part = new URL(page.url()).pathname;
    await page.locator("summary", { hasText: "For your own website" }).click();
    await look(page, "a banner to copy", faults);
    snippets.banner = await page.innerText("#banner");
    const mail = new URL(await page.locator('a[href^="mailto:"]').getAttribute("href"));
    expect(mail.searchParams.get("body") === `${address}/r/INES`, `the mail says ${mail.searchParams.get("body")}`);
});

await story.step("the shop's server gets an invitation for an order that it told of, and for no other", async () => {
    await maren.go("/biz/keys");
    await maren.page.fill("#name", "Shop");
    await maren.page.check('input[value="referrals.write"]');
    await maren.send('form[action="/biz/keys"]');
    const key = (await maren.page.innerText("main")).match(/cf_live_[0-9A-Za-z]{38}/)[0];
    const ask = (order) => fetch(`${address}/api/v1/referrals/invitations`, {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify({ program, order }),
    });
    const answer = await ask("N-2041");
    expect(answer.status === 200, `an invitation is answered with ${answer.status}`);
    ({ invitation } = await answer.json());
    expect((await ask("N-0000")).status === 422, "an order that there is not invites");
});
await story.end();
found("axe finds nothing where it is set up, none is wider than a phone");

{
    const script = await (await fetch(`${address}/w/1.js`)).text();
    const sizes = [];
    for (const name of Object.keys(bodies)) {
        const at = new RegExp(`"(/a/[0-9a-f]+/widget-${name}\\.js)"`).exec(script)?.[1];
        const code = await fetch(`${address}${at}`);
        const bytes = gzipSync(await code.text()).length;
        sizes.push(`${name} ${bytes}`);
        expect(code.status === 200 && gzipSync(script).length + bytes <= MOST, `${name}: ${gzipSync(script).length} + ${bytes} bytes`);
    }
    console.log(`# /w/1.js ${gzipSync(script).length} bytes compressed; ${sizes.join(", ")}`);
    found("script and part are small");
}

{
    const follow = await fetch(`${address}/r/INES`, { redirect: "manual", headers: { "user-agent": chrome } });
    const click = new URL(follow.headers.get("location")).searchParams.get("cf_click");
    for (const policy of ["hosts", "dynamic"]) {
        const guest = await visit(browser, `/landing?policy=${policy}&cf_click=${click}`);
        const { page } = guest;
        await page.waitForFunction(() => document.querySelector("[name=cf_click]").value !== "");
        expect((await page.inputValue("[name=cf_click]")) === click, `${policy}: the field has another click`);
        expect((await page.evaluate(() => window.heard[0]?.click)) === click, `${policy}: the page hears of no click`);
        await page.locator("h1").click();
        await page.keyboard.press("ArrowDown");
        const [report] = await Promise.all([
            page.waitForRequest(/\/w\/landed\//),
            page.evaluate(() => {
                Object.defineProperty(document, "visibilityState", { value: "hidden" });
                document.dispatchEvent(new Event("visibilitychange"));
                document.dispatchEvent(new Event("visibilitychange"));
                dispatchEvent(new Event("pagehide"));
            }),
        ]);
        const told = new URLSearchParams(report.postData());
        expect(told.get("touches") === "2" && Number(told.get("visible")) > 0, `${policy}: it reports ${report.postData()}`);
        // The browser does not say how a beacon was answered.
        const same = await fetch(report.url(), { method: "POST", headers: { origin: shop }, body: new URLSearchParams(report.postData()) });
        expect(same.status === 200, `${policy}: the report is answered with ${same.status}`);
        await unharmed(guest, `landing, ${policy}`);
        await guest.context.close();
    }
    const guest = await visit(browser, `/landing?cf_click=${click}`);
    const { page } = guest;
    await page.waitForFunction(() => window.heard.length > 0);
    await page.evaluate(() => document.dispatchEvent(new Event("contraflow:consent")));
    await unharmed(guest, "landing with consent", "0 1 0 0");
    await page.goto("/landing");
    await page.waitForFunction(() => document.querySelector("script[data-brought]"));
    await page.waitForTimeout(200);
    expect((await page.inputValue("[name=cf_click]")) === "", "what was kept is read before consent is told again");
    await page.evaluate(() => document.dispatchEvent(new Event("contraflow:consent")));
    expect((await page.inputValue("[name=cf_click]")) === click, "with consent the click is not kept");
    await page.evaluate(() => document.dispatchEvent(new Event("contraflow:withdraw")));
    await unharmed(guest, "landing after consent was withdrawn");
    await page.goto("/landing?cf_click=%22%3E%3Cscript%3E");
    await page.waitForFunction(() => document.querySelector("script[data-brought]"));
    await page.waitForTimeout(200);
    expect((await page.evaluate(() => window.heard.length)) === 0, "the page hears of a click that is none");
    await guest.context.close();
    found("a landing hands on its click and reports once; it keeps the click with consent only");
}

{
    for (const [policy, lang, good] of [["dynamic", "ru", "Этот код засчитывается."], ["isolated", "zh-TW", "這個代碼有效。"]]) {
        const guest = await visit(browser, `/code?policy=${policy}&lang=${lang}`, { viewport: phone, hasTouch: true });
        const { page } = guest;
        const says = page.locator("#code-says");
        await page.waitForFunction(() => document.querySelector("script[data-brought]"));
        await page.waitForTimeout(300);
        await page.locator("#code").pressSequentially("ines");
        await page.waitForFunction(() => window.heard.length > 0);
        expect((await says.innerText()) === good, `${policy}: it says ${await says.innerText()}`);
        const detail = await page.evaluate(() => window.heard.at(-1));
        expect(detail.code === "ines" && detail.counts === true && detail.says === good,
            `${policy}: the page hears ${await page.evaluate(() => JSON.stringify(window.heard))}`);
        await axe(page, `code, ${policy}`);
        await picture(page, `code-${lang}`);
        await page.fill("#code", "NOBODY");
        await page.waitForFunction(() => window.heard.length > 1);
        expect((await page.evaluate(() => window.heard.at(-1).counts)) === false, `${policy}: a code that there is not counts`);
        expect((await says.innerText()) !== good, `${policy}: it still says that it counts`);
        await page.fill("#code", "");
        await page.waitForTimeout(500);
        await unharmed(guest, `code, ${policy}`);
        await guest.context.close();
    }
    const guest = await visit(browser, "/code?lang=fr", { viewport: phone }, stranger);
    const { page } = guest;
    await page.waitForFunction(() => document.querySelector("script[data-brought]"));
    await page.waitForTimeout(300);
    await page.fill("#code", "INES");
    await page.waitForFunction(() => window.heard.length > 0);
    expect((await page.evaluate(() => window.heard[0].counts)) === null, "an unregistered website is told about codes");
    expect((await page.evaluate(() => window.moved)) === 0, "the layout shifts when a code can't be checked");
    await guest.context.close();
    found("a code is checked while it is typed, in the page's language, for registered websites only");
}

/** Opens the dialog by the link and waits for what is in the frame. */
async function opened(page) {
    await page.waitForFunction(() => document.querySelector("contraflow-invite"));
    await page.locator("main a").press("Enter");
    await page.waitForFunction(() => document.activeElement?.localName === "contraflow-invite" &&
        document.activeElement.shadowRoot.activeElement?.localName === "iframe");
    return page.frames().find((frame) => frame.url().startsWith(`${address}/w/invite/`));
}

{
    for (const [name, path, options] of [
        ["light", "/invite?policy=hosts&lang=en", {}],
        ["phone", "/invite?policy=dynamic&lang=fr", { viewport: phone, hasTouch: true }],
        ["chinese", "/invite?policy=isolated&lang=zh-TW", {}],
        ["bought", `/after-purchase?policy=nonce&invitation=${invitation}`, {}],
        ["forged", `/after-purchase?policy=hosts&invitation=${invitation.slice(0, -1)}x`, { viewport: phone }],
    ]) {
        const guest = await visit(browser, path, options);
        const { page } = guest;
        const frame = await opened(page);
        await axe(page, `invitation, ${name}`);
        await axe(frame, `invitation, ${name}, in the frame`);
        expect((await frame.evaluate(tooWide)) === null, `invitation, ${name}: the frame is wider than itself`);
        await picture(page, `invite-${name}`);
        const says = (await frame.innerText("main")).replaceAll("\u00a0", " ");
        if (name === "light") {
            expect(says.includes("You get 10% of what each order comes to"), `the promise is missing: ${says}`);
        }
        if (name === "bought" || name === "forged") {
            expect(says.includes("You bought at Nordlicht Reisen") === (name === "bought"), `${name}: it says ${says}`);
        }
        await page.keyboard.press("Escape");
        await page.waitForFunction(() => !document.querySelector("contraflow-invite").shadowRoot.querySelector("dialog").open);
        expect((await page.evaluate(() => document.activeElement.localName)) === "a", `invitation, ${name}: the focus does not return`);
        await unharmed(guest, `invitation, ${name}`);
        await guest.context.close();
    }
    const framed = await fetch(`${address}/w/invite/${program}?origin=${encodeURIComponent(shop)}`);
    const policy = framed.headers.get("content-security-policy");
    expect(policy.includes(`frame-ancestors ${shop};`), `the frame may be shown by ${policy}`);
    expect(highFindings(policy).length === 0, `csp_evaluator: ${highFindings(policy).join(" | ")}`);
    const bare = await fetch(`${address}/w/invite/${program}?origin=https://evil.example`);
    expect(bare.headers.get("content-security-policy").includes("frame-ancestors 'none'"), "any website may frame it");
    const guest = await visit(browser, "/invite", { javaScriptEnabled: false });
    await guest.page.locator("main a").click();
    await guest.page.getByRole("heading", { level: 1, name: "Night trains, told by friends" }).waitFor();
    await guest.context.close();
    found("invitations open over the page, and after a purchase only who bought reads that they did");
}

{
    const shown = async () => {
        await ines.go(part);
        return Number(await ines.page.locator("main .account dd.figures").first().innerText());
    };
    const reader = await Visitor.open(browser, "ines");
    await reader.signIn();
    ines.page = reader.page;
    const before = await shown();
    const tried = ["isolated"];
    for (const policy of tried) {
        const guest = await visit(browser, `/banner?policy=${policy}`);
        const { page } = guest;
        const beacons = [];
        page.on("request", (request) => request.url().endsWith("/r/INES/i") && beacons.push(request));
        await page.waitForFunction(() => document.querySelector("script[data-brought]"));
        await page.waitForTimeout(1500);
        expect(beacons.length === 0, `${policy}: it counts before it is in sight`);
        await page.locator("main a").scrollIntoViewIfNeeded();
        await page.waitForTimeout(400);
        expect(beacons.length === 0, `${policy}: it counts what is in sight for less than a second`);
        await page.waitForTimeout(1200);
        expect(beacons.length === 1, `${policy}: ${beacons.length} impressions`);
        await page.evaluate(() => scrollTo(0, 0));
        await page.locator("main a").scrollIntoViewIfNeeded();
        await page.waitForTimeout(1200);
        expect(beacons.length === 1, `${policy}: it counts twice`);
        await axe(page, `banner, ${policy}`);
        await unharmed(guest, `banner, ${policy}`);
        await guest.context.close();
    }
    const after = await shown();
    expect(after === before + tried.length, `${after - before} impressions are counted`);
    await reader.context.close();
    found("a banner counts once, when it was in sight for a second");
}

await browser.close();
foreign.close();
finish();
