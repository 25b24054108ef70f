// The feedback tab in pages of another website with strict content security policies: Maren switches it on and
// copies what goes into her pages, a guest opens, writes and gets an answer by mail. What must hold there: axe
// finds nothing, nothing on the page moves, no cookie is set and nothing kept, no policy is violated, keys
// suffice, and without script, without us or where we may not show a frame the page still leads to the form.
// Read next: foreign.mjs, ../../ui/widgets/feedback.js.
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { address, finish, launch, tell, Visitor } from "./browser.mjs";
import { Story } from "./cycle.mjs";
import { harm, highFindings, watch } from "./foreign.mjs";
import { accessibility, tooWide } from "./looks.mjs";
import { mailed } from "../mails.mjs";

const MOST = 8 * 1024; // bytes of the script and its part, compressed
const desktop = { width: 1360, height: 900 };
const phone = { width: 390, height: 844 };
let faults = [];
const folder = join(process.env.BROWSER_WORLD, "mail");

/** One line of the report, with what was found since the last one. */
function found(name) {
    tell(faults.length === 0, `widget: ${name}`, faults);
    faults = [];
}

function expect(holds, what) {
    if (!holds) {
        faults.push(what);
    }
}

// ---- the foreign website -----------------------------------------------------------------------

const base = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";
const policies = {
    hosts: `${base}; script-src ${address}; frame-src ${address}`,
    nonce: `${base}; script-src 'nonce-r4nd0m'; frame-src ${address}`,
    dynamic: `${base}; script-src 'nonce-r4nd0m' 'strict-dynamic'; frame-src ${address}; require-trusted-types-for 'script'`,
    frameless: `${base}; script-src ${address}`,
    isolated: `${base}; script-src ${address}; frame-src ${address}`,
};
let snippet = "";

function foreignPage(query) {
    const policy = query.get("policy") ?? "hosts";
    let code = snippet;
    if (policy === "nonce" || policy === "dynamic") {
        code = code.replace("<script ", '<script nonce="r4nd0m" ');
    }
    if (query.has("down")) {
        code = code.replace(/src="[^"]*"/, 'src="http://127.0.0.1:9/w/1.js"');
    }
    const dark = query.has("dark");
    return {
        policy: policy === "dynamic" ? policies.dynamic : policies[policy],
        isolated: policy === "isolated",
        html: `<!doctype html><html lang="${query.get("lang") ?? "en"}"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>A shop</title>
            <link rel="stylesheet" href="/style.css"></head><body class="${dark ? "dark" : "light"}"><main>
            <h1>A shop</h1><p>Lamps and <a href="/lamps">more lamps</a>.</p><p>${code}</p>
            <p id="after">What comes after it stays where it is.</p></main></body></html>`,
    };
}

const style = `body { margin: 0; padding: 24px; font: 16px/1.5 sans-serif; }
    .light { background: #fff; color: #222; } .dark { background: #101418; color: #eee; } .dark a { color: #9cf; }`;

const foreign = createServer((request, answer) => {
    const url = new URL(request.url, "http://localhost");
    if (url.pathname === "/style.css") {
        answer.writeHead(200, { "Content-Type": "text/css" }).end(style);
    } else if (url.pathname !== "/") {
        answer.writeHead(404).end();
    } else {
        const { policy, isolated, html } = foreignPage(url.searchParams);
        answer.writeHead(200, {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy,
            ...(isolated ? { "Cross-Origin-Embedder-Policy": "require-corp" } : {}),
        }).end(html);
    }
});
await new Promise((done) => foreign.listen(0, done));
const { port } = foreign.address();
const shop = `http://localhost:${port}`; // another site than ours
const stranger = `http://127.0.0.1:${port}`; // not registered, and the same site for cookies

// ---- looking at it -----------------------------------------------------------------------------

async function visit(browser, query, options = {}, site = shop) {
    const guest = await Visitor.open(browser, "guest", { baseURL: site, viewport: desktop, ...options });
    await guest.page.addInitScript(watch);
    await guest.page.goto(`/?${query}`);
    return guest;
}

const tabOf = (page) => page.locator("contraflow-feedback .tab");
const frameOf = (page) => page.frames().find((frame) => frame.url().startsWith(`${address}/w/feedback/`));

async function opened(page) {
    await tabOf(page).press("Enter");
    await page.waitForFunction(() => document.activeElement?.localName === "contraflow-feedback" &&
        document.activeElement.shadowRoot.activeElement?.localName === "iframe");
    const frame = frameOf(page);
    await frame.waitForFunction(() => document.activeElement?.localName === "textarea");
    return frame;
}

async function picture(page, name) {
    if (process.env.BROWSER_PICTURES) {
        await page.screenshot({ path: join(process.env.BROWSER_PICTURES, `widget-${name}.png`) });
    }
}

async function axe(target, what) {
    for (const rule of await accessibility(target, {})) {
        faults.push(`${what}: ${rule}`);
    }
}

/** What must hold on the foreign page, whatever was done there. */
async function unharmed(guest, what) {
    faults.push(...(await harm(guest, what)));
}

// ---- what happens ------------------------------------------------------------------------------

const browser = await launch();
const story = new Story("widget");
const maren = await Visitor.open(browser, "maren");
story.visitors.push(maren);
let link = "";

await story.step("Maren switches feedback on and registers her website", async () => {
    await maren.signIn();
    await maren.go("/biz/feedback");
    await maren.go("/biz/feedback/tab");
    await axe(maren.page, "the tab's page before");
    await maren.page.check('[name="taking"]');
    await maren.send('form[action="/biz/feedback/tab"]');
    await maren.page.fill("#origin", shop);
    await maren.send('form[action="/biz/feedback/tab/origins"]');
    snippet = await maren.page.innerText("#snippet");
    for (const viewport of [desktop, phone]) {
        await maren.page.setViewportSize(viewport);
        await axe(maren.page, `the tab's page, ${viewport.width}`);
        expect((await maren.page.evaluate(tooWide)) === null, `the tab's page is wider than ${viewport.width}`);
        await picture(maren.page, `settings-${viewport.width}`);
    }
    await maren.page.setViewportSize(desktop);
});
found("axe finds nothing on the page where it is set up");

// What comes over the wire before anybody opens the tab.
{
    let bytes = 0;
    const script = await fetch(`${address}/w/1.js`, { headers: { "Accept-Encoding": "gzip" } });
    const text = await script.text();
    const part = /"(\/a\/[0-9a-f]+\/widget-feedback\.js)"/.exec(text)?.[1];
    const code = await fetch(`${address}${part}`);
    bytes = gzipSync(text).length + gzipSync(await code.text()).length;
    console.log(`# /w/1.js and the tab: ${gzipSync(text).length} + ${bytes - gzipSync(text).length} bytes compressed`);
    expect(bytes <= MOST, `${bytes} bytes, more than ${MOST}`);
    expect(script.headers.get("content-encoding") === "gzip", "/w/1.js comes as it is");
    expect(/max-age=600\b/.test(script.headers.get("cache-control")), "/w/1.js has no short life");
    const again = await fetch(`${address}/w/1.js`, { headers: { "If-None-Match": script.headers.get("etag") } });
    expect(again.status === 304, `/w/1.js unchanged answers ${again.status}`);
    expect(/immutable/.test(code.headers.get("cache-control")), "the part is not for ever");
    expect(!script.headers.has("set-cookie") && !code.headers.has("set-cookie"), "a cookie comes with it");
    found("the script is small, asked for anew and without cookies; its part stays");
}

for (const [name, query, options] of [
    ["light", "policy=hosts&lang=en", {}],
    ["dark", "policy=nonce&dark&lang=en", {}],
    ["phone-light", "policy=dynamic&lang=fr", { viewport: phone, hasTouch: true }],
    ["phone-dark", "policy=isolated&dark&lang=ru", { viewport: phone, hasTouch: true }],
    ["chinese", "policy=hosts&lang=zh-TW", {}],
]) {
    const guest = await visit(browser, query, options);
    const { page } = guest;
    await tabOf(page).waitFor();
    expect((await page.locator('a[href*="/feedback/"]').first().isVisible()) === false, `${name}: the link is still seen`);
    await axe(page, `${name}, closed`);
    await picture(page, `${name}-closed`);
    const frame = await opened(page);
    await axe(page, `${name}, open`);
    await axe(frame, `${name}, in the frame`);
    expect((await frame.evaluate(tooWide)) === null, `${name}: the frame is wider than itself`);
    await picture(page, `${name}-open`);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("contraflow-feedback").shadowRoot.querySelector("dialog").open);
    await unharmed(guest, name);
    const language = { "phone-light": "fr", "phone-dark": "ru", chinese: "zh-Hant" }[name] ?? "en";
    expect((await frame.getAttribute("html", "lang")) === language, `${name}: the form is not in ${language}`);
    await guest.context.close();
}
found("axe finds nothing, nothing moves, is kept or refused: four policies, light and dark, desktop and phone, four languages");

{
    const guest = await visit(browser, "policy=hosts");
    const { page } = guest;
    await tabOf(page).waitFor();
    await opened(page);
    const outside = new Set();
    for (let turn = 0; turn < 24; turn += 1) {
        await page.keyboard.press(turn < 12 ? "Tab" : "Shift+Tab");
        const at = await page.evaluate(() => document.activeElement?.localName ?? "none");
        if (at !== "contraflow-feedback" && at !== "body") {
            outside.add(at);
        }
    }
    expect(outside.size === 0, `the focus leaves the dialog for ${[...outside].join(", ")}`);
    await page.locator("contraflow-feedback .close").press("Enter");
    const back = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className ?? "");
    expect(back.startsWith("tab"), `the focus returns to ${back || "nothing"}`);
    found("keys suffice: the focus stays inside and returns");

    await story.step("A guest writes", async () => {
        const frame = await opened(page);
        const send = () => Promise.all([frame.waitForURL(/./, { waitUntil: "load" }), frame.locator('button[type="submit"]').press("Enter")]);
        await frame.locator("textarea").fill("Do the lamps come with a bulb? See https://example.org/<b>lamp</b>");
        await frame.locator("#mail").fill("gil@example.org");
        await page.waitForTimeout(2100);
        await send();
        await frame.locator('a[target="_blank"]').waitFor();
        await axe(frame, "thanks");
        await picture(page, "thanks");
        link = await frame.locator('a[target="_blank"]').getAttribute("href");
    });
    await unharmed(guest, "after sending");
    await guest.context.close();
    found("after sending axe finds nothing in the frame, and nothing is kept");
}

await story.step("Maren finds it on her front page and answers", async () => {
    await maren.go("/biz");
    await maren.page.getByText(/messages? waits? for an answer/).first().waitFor();
    await maren.go("/biz/feedback");
    await axe(maren.page, "the list");
    await picture(maren.page, "list");
    await maren.page.getByRole("link", { name: "Do the lamps come with a bulb?" }).click();
    await maren.page.getByText("<b>lamp</b>").first().waitFor();
    await axe(maren.page, "a conversation");
    await picture(maren.page, "conversation");
    await maren.page.fill("#text", "They do: E27, 4 watts.");
    await maren.send('form:has(#text)');
    await maren.page.setViewportSize(phone);
    await axe(maren.page, "a conversation on a phone");
    expect((await maren.page.evaluate(tooWide)) === null, "a conversation is wider than a phone");
    await picture(maren.page, "conversation-390");
});

await story.step("The guest reads the answer by the link in the mail and stops the mails", async () => {
    const guest = await Visitor.open(browser, "gil", { viewport: phone });
    story.visitors.push(guest);
    const mail = await mailed(folder, "gil@example.org", "Nordlicht Reisen answered you");
    const [stop] = /http\S+\/feedback\/thread\/\S+\/stop/.exec(mail);
    expect(mail.includes(link), "the mail has another link than the form gave");
    await guest.go(link);
    await guest.page.getByText("They do: E27, 4 watts.").waitFor();
    await axe(guest.page, "the guest's page");
    await picture(guest.page, "thread-390");
    await guest.go(new URL(stop).pathname);
    await axe(guest.page, "the page to stop mails");
    await guest.send('form[action$="/stop"]');
    await guest.page.getByText("No more mails. The address is deleted.").waitFor();
});
await story.end();
found("axe finds nothing on the pages of both");

{
    const guest = await visit(browser, "policy=hosts", { javaScriptEnabled: false });
    await guest.page.locator('a[href*="/feedback/"]').click();
    await guest.page.locator("textarea").waitFor();
    expect((await guest.page.locator("#mail").count()) === 1, "the page's form asks for no mail address");
    await guest.page.locator("textarea").fill("Without script");
    await guest.page.waitForTimeout(2100);
    await Promise.all([guest.page.waitForURL(/\/feedback\/thread\//), guest.page.locator("main form button").press("Enter")]);
    await guest.context.close();
    found("without script the link opens the form, and the form works");
}

for (const [query, site, what] of [["policy=frameless", shop, "a policy without frames"], ["policy=hosts", stranger, "an unregistered website"]]) {
    const guest = await visit(browser, query, {}, site);
    const { page } = guest;
    await tabOf(page).click();
    await page.locator("contraflow-feedback .failed").waitFor({ timeout: 12000 });
    await axe(page, what);
    await picture(page, what.replaceAll(" ", "-"));
    const [own] = await Promise.all([page.waitForEvent("popup"), page.locator("contraflow-feedback dialog a").click()]);
    await own.locator("textarea").waitFor();
    for (const viewport of [phone, desktop]) {
        await own.setViewportSize(viewport);
        await axe(own, `the form's own page, ${viewport.width}`);
        expect((await own.evaluate(tooWide)) === null, `the form's own page is wider than ${viewport.width}`);
        await picture(own, `own-page-${viewport.width}`);
    }
    await guest.context.close();
}
found("where no frame may be shown the tab leads to the form's own page");

{
    // On another port of the same host the browser would send Maren's cookie along.
    const known = await Visitor.open(browser, "maren");
    await known.signIn();
    const business = /pty_\w+/.exec(snippet)[0];
    const framed = await known.page.request.get(`${address}/w/feedback/${business}?origin=${encodeURIComponent(shop)}`);
    const html = await framed.text();
    expect(html.includes('name="mail"'), "who is signed in is known in the frame");
    expect(!framed.headers()["set-cookie"], "the frame sets a cookie");
    const header = framed.headers()["content-security-policy"];
    expect(header.includes(`frame-ancestors ${shop};`), `the frame may be shown by ${header}`);
    const high = highFindings(header);
    expect(high.length === 0, `csp_evaluator: ${high.join(" | ")}`);
    const bare = await known.page.request.get(`${address}/w/feedback/${business}?origin=https://evil.example`);
    expect(bare.headers()["content-security-policy"].includes("frame-ancestors 'none'"), "any website may frame it");
    const page = await known.page.request.get(`${address}/feedback/${business}`);
    expect(page.headers()["content-security-policy"].includes("frame-ancestors 'none'"), "the form's own page may be framed");
    found("in the frame nobody is known, and its policy stands csp_evaluator");
}

{
    const guest = await visit(browser, "down");
    await guest.page.waitForTimeout(500);
    expect(await guest.page.locator('a[href*="/feedback/"]').isVisible(), "the link is gone");
    const thrown = guest.complaints.filter((line) => !/Failed to load resource|Content Security Policy/.test(line));
    expect(thrown.length === 0, thrown.join(" | "));
    await guest.context.close();
    found("without us the page stays as it was");
}

await browser.close();
foreign.close();
finish();
