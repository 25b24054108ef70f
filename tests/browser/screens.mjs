// Pictures of the ten pages that show what Contraflow looks like, for the README and to lay beside a
// design: desktop and phone, light and dark. No test.
//
//   BROWSER_PACKAGES=build/browser node tests/browser/screens.mjs URL OUTDIR [NAME]...
//
// URL is a server with a fresh demo world. With names only these pages are taken.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const [url, out, ...only] = process.argv.slice(2);
if (!out) {
    console.error("usage: screens.mjs URL OUTDIR [NAME]...");
    process.exit(2);
}
process.env.BROWSER_SITE = new URL(url).origin;
const { launch, Visitor } = await import("./browser.mjs");

const sizes = { desktop: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } };

/** The first link that matches, to pages whose addresses nobody can know before. */
const first = (from, selector) => async (visitor) => {
    await visitor.go(from);
    return visitor.page.locator(selector).first().getAttribute("href");
};
const fixed = (path) => async () => path;

async function formWithErrors(visitor) {
    await visitor.go("/biz/briefs/new");
    await visitor.page.fill("#title", "Night markets");
    await visitor.page.fill("#wanted", "5");
    await visitor.page.fill("#budget", "12,3.4");
    await Promise.all([
        visitor.page.waitForEvent("load"),
        visitor.page.locator('form[action="/biz/briefs"] button[type="submit"]').click(),
    ]);
    return null;
}

const pages = [
    { name: "01-front", by: null, find: fixed("/") },
    { name: "02-catalogue", by: null, find: fixed("/photos") },
    { name: "02-catalogue-empty", by: null, find: fixed("/photos?q=glacier%20cave") },
    { name: "02-photo", by: "maren", find: first("/photos", 'main a[href^="/photos/"]') },
    { name: "03-me", by: "ines", find: fixed("/me") },
    { name: "03-answer", by: "ines", find: first("/me/deals", 'main a[href^="/me/deals/"]') },
    { name: "04-biz", by: "jonas", find: fixed("/biz") },
    { name: "04-briefs", by: "maren", find: first("/biz/briefs", 'main a[href^="/biz/briefs/"]:not([href$="new"])') },
    { name: "05-desk", by: "sam", find: fixed("/desk") },
    { name: "06-why", by: "ines", find: first("/me/earnings", 'main a[href^="/me/earnings/"]') },
    { name: "06-refused", by: "ines", find: first("/me", '.turn-card a[href^="/me/offers/"]') },
    { name: "07-form-errors", by: "maren", find: formWithErrors },
    { name: "08-parts", by: "sam", find: fixed("/desk/style") },
];

mkdirSync(out, { recursive: true });
const browser = await launch();
const visitors = new Map();
for (const { name, by, find } of pages.filter((page) => only.length === 0 || only.includes(page.name))) {
    if (!visitors.has(by)) {
        const visitor = await Visitor.open(browser, by ?? "anybody");
        if (by) {
            await visitor.signIn();
        }
        visitors.set(by, visitor);
    }
    const visitor = visitors.get(by);
    const { page } = visitor;
    for (const [device, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        const path = await find(visitor);
        if (path) {
            await visitor.go(path);
        }
        await page.waitForLoadState("networkidle");
        for (const colorScheme of ["light", "dark"]) {
            await page.emulateMedia({ colorScheme });
            await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
            await page.screenshot({ path: join(out, `${name}-${device}-${colorScheme}.png`), fullPage: device === "phone" });
        }
        await page.emulateMedia({ colorScheme: "light" });
    }
    console.log(name);
}
await browser.close();
