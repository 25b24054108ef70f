// Programs that come in: Maren registers an app, Ines is sent to it, signs in, lets it in and ends it, all across
// two sites as browsers keep them apart; and a colleague comes by an invitation, makes a key, uses and revokes it.
// axe looks at every page met, also at a phone's width.
// Read next: ../apps/story.mjs for the app's side of it.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { join } from "node:path";

import { address, finish, launch, passwordOfAll, tell, Visitor } from "./browser.mjs";
import { Story } from "./cycle.mjs";
import { accessibility, tooWide } from "./looks.mjs";
import { mailed } from "../mails.mjs";

const faults = [];
const folder = join(process.env.BROWSER_WORLD, "mail");

/** What axe finds on this page, on a desktop and on a phone. */
async function look(page, what) {
    for (const viewport of [{ width: 1360, height: 900 }, { width: 390, height: 844 }]) {
        await page.setViewportSize(viewport);
        for (const rule of await accessibility(page, {})) {
            faults.push(`${what}, ${viewport.width}: ${rule}`);
        }
        const wide = await page.evaluate(tooWide);
        if (wide !== null) {
            faults.push(`${what}, ${viewport.width}: ${wide}`);
        }
        if (process.env.BROWSER_PICTURES) {
            const name = `${what.replaceAll(" ", "-")}-${viewport.width}.png`;
            await page.screenshot({ path: join(process.env.BROWSER_PICTURES, name), fullPage: true });
        }
    }
    await page.setViewportSize({ width: 1360, height: 900 });
}

/** What a program with a key or token is answered. */
const call = async (token, path) =>
    (await fetch(address + path, { headers: { accept: "application/json", authorization: `Bearer ${token}` } })).status;

function must(holds, what) {
    if (!holds) {
        throw new Error(what);
    }
}

// ---- the app, at an address of its own --------------------------------------------------------------

const listener = createServer((request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end("<!doctype html><html lang=en><title>Planner</title><link rel=icon href=data:,><h1>Planner</h1></html>");
});
await new Promise((done) => listener.listen(0, "127.0.0.1", done));
const app = `http://127.0.0.1:${listener.address().port}`;
let client = "";
let secret = "";
const verifier = randomBytes(32).toString("base64url");

function asking(more = {}) {
    const url = new URL("/oauth/authorize", address);
    url.search = new URLSearchParams({
        response_type: "code", client_id: client, redirect_uri: `${app}/back`, scope: "people.read stock.write",
        state: "a state & more", code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256", ...more,
    });
    return url.href;
}

/** Presses a button of the consent page and comes back to the app: what it was told. */
async function answer(page, button, back = app) {
    await Promise.all([
        page.waitForURL((url) => url.origin === back),
        page.locator(`button[value="${button}"]`).press("Enter"),
    ]);
    const told = new URL(page.url()).searchParams;
    must(told.get("state") === "a state & more" && told.get("iss") === address, `the app is told ${told}`);
    return told;
}

async function redeem(code) {
    const response = await fetch(`${address}/oauth/token`, {
        method: "POST",
        body: new URLSearchParams({
            grant_type: "authorization_code", code, redirect_uri: `${app}/back`, code_verifier: verifier,
            client_id: client, client_secret: secret,
        }),
    });
    must(response.status === 200, `the token endpoint answers ${response.status} ${await response.clone().text()}`);
    return (await response.json()).access_token;
}

const browser = await launch();
const story = new Story("apps");
const maren = await story.person(browser, "maren");
const ines = await Visitor.open(browser, "ines");
story.visitors.push(ines);
let token = "";

await story.step("a business registers an app, and sees its secret once", async () => {
    const { page } = maren;
    await maren.go("/biz/apps");
    await look(page, "apps of a business");
    await page.fill("#name", "Planner");
    await page.fill("#website", "https://planner.example");
    await page.fill("#redirects", "http://planner.example/back");
    await page.locator('form[action="/biz/apps"] button[type="submit"]').press("Enter");
    await page.locator("#errors").waitFor();
    await look(page, "apps of a business with errors");
    maren.complaints = maren.complaints.filter((line) => !line.includes("422"));
    await page.fill("#redirects", "http://127.0.0.1/back\nhttps://planner.example/back");
    for (const scope of ["people.read", "stock.write"]) {
        await page.check(`input[value="${scope}"]`);
    }
    await maren.send('form[action="/biz/apps"]');
    client = await page.innerText("#client-id");
    secret = await page.innerText("#client-secret");
    await look(page, "a new app");
    await maren.go(`/biz/apps/${client}`);
    await look(page, "one app");
    must(!(await page.content()).includes(secret), "the secret is shown again");
    must(await page.isChecked('input[value="stock.write"]'), "its scopes are not ticked");
    await mailed(folder, "maren@example.org", "An app was registered: Planner");
});

await story.step("a person comes from the app, signs in, lets it in and is back", async () => {
    const { page } = ines;
    await page.goto(app);
    await page.evaluate((to) => { location.href = to; }, asking());
    await page.waitForURL("**/sign-in?**");
    await page.fill("#mail", "ines@example.org");
    await page.fill("#password", passwordOfAll);
    await Promise.all([page.waitForURL("**/oauth/authorize?**"), page.press("#password", "Enter")]);
    await page.getByRole("heading", { level: 1, name: "Let Planner in?" }).waitFor();
    await look(page, "consent");
    for (const language of ["fr", "ru", "zh-Hant"]) {
        await page.goto(`/language/${language}?next=${encodeURIComponent(asking().replace(address, ""))}`);
        await look(page, `consent in ${language}`);
    }
    await page.goto(`/language/en?next=${encodeURIComponent(asking().replace(address, ""))}`);
    token = await redeem((await answer(page, "allow")).get("code"));
    must((await call(token, "/api/v1/me")) === 200, "the token opens nothing");
    must((await call(token, "/api/v1/me/keys")) === 403, "the token opens keys");
    await mailed(folder, "ines@example.org", "An app has access: Planner");
});

await story.step("she refuses it, and it is told so", async () => {
    await ines.go(asking());
    must((await answer(ines.page, "refuse")).get("error") === "access_denied", "no access_denied");
});

await story.step("what is wrong goes back to the app, but never to a stranger", async () => {
    const { page } = ines;
    await page.goto(asking({ scope: "pay.write" }));
    must(new URL(page.url()).origin === app && page.url().includes("error=invalid_scope"), page.url());
    await page.goto(asking({ redirect_uri: "https://evil.example/back" }));
    await page.getByRole("heading", { level: 1, name: "This app would send you to the wrong place" }).waitFor();
    await look(page, "a wrong redirect");
    ines.complaints = ines.complaints.filter((line) => !line.includes("400"));
});

await story.step("it acts for a business, and its owner ends that", async () => {
    const { page } = maren;
    await maren.go(asking());
    await look(page, "consent for a business");
    const house = await redeem((await answer(page, "allow")).get("code"));
    must((await call(house, "/api/v1/members")) === 200, "the token opens nothing");
    await maren.go("/biz/apps");
    await look(page, "apps that act for a business");
    await maren.send('form[action^="/biz/apps/access/"]');
    must((await call(house, "/api/v1/members")) === 401, "access goes on");
});

await story.step("she ends its access, and it is refused at once", async () => {
    await ines.go("/me/security");
    await ines.page.locator('a[href="/me/apps"]').click();
    await ines.page.waitForURL("**/me/apps");
    await look(ines.page, "apps with access");
    await ines.send('form[action^="/me/apps/"]');
    must((await call(token, "/api/v1/me")) === 401, "access goes on");
    await look(ines.page, "no app has access");
});

await story.step("a colleague comes by an invitation, makes a key and revokes it", async () => {
    await maren.go("/biz/members");
    await maren.page.fill("#mail", "tilda@example.org");
    await maren.page.check('input[name="role"][value="owner"]');
    await maren.send('form[action="/biz/members"]');
    const mail = await mailed(folder, "tilda@example.org", "invites you to");
    const [link] = mail.match(/http\S+\/invited\/[\w-]+/);
    const tilda = await Visitor.open(browser, "tilda");
    story.visitors.push(tilda);
    const { page } = tilda;
    await tilda.go(new URL(link).pathname);
    await page.locator('a[href^="/sign-up"]').first().click();
    await page.waitForURL("**/sign-up?**");
    await page.fill("#name", "Tilda Berg");
    await page.fill("#mail", "tilda@example.org");
    await page.fill("#password", "a river in the boat");
    await Promise.all([page.waitForURL("**/invited/**"), page.press("#password", "Enter")]);
    await tilda.send('form[action^="/invited/"]');
    await tilda.go("/biz/keys");
    await look(page, "keys of a business");
    await page.fill("#name", "Till");
    await page.check('input[value="people.read"]');
    await tilda.send('form[action="/biz/keys"]');
    const key = (await page.innerText("main")).match(/cf_live_[0-9A-Za-z]{38}/)[0];
    must((await call(key, "/api/v1/members")) === 200, "the key opens nothing");
    await mailed(folder, "tilda@example.org", "A new key for programs: Till");
    await tilda.go("/biz/keys");
    await page.locator("tr", { hasText: "Till" }).locator("button").press("Enter");
    await page.getByText("The key works no more.").waitFor();
    must((await call(key, "/api/v1/members")) === 401, "the key still works");
});

await story.end();
tell(faults.length === 0, "apps: axe finds nothing on any page, none is wider than a phone", faults);
await browser.close();
listener.close();
finish();
