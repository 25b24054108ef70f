// Recommendations that need no cookie, as people live them: a code at the till, and a buyer who says afterwards who
// sent them. The buyer has no account, and their browser holds nothing of ours before they say it. What must hold
// besides: axe finds nothing, no page is wider than a phone, and the QR code on the cards is read by another program.
// Read next: cycle.mjs.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { finish, launch, Visitor } from "./browser.mjs";
import { Story } from "./cycle.mjs";
import { look } from "./looks.mjs";

const reader = "/usr/bin/zbarimg";

/** Calls the API as the page's own session. */
function call(visitor, path, body) {
    return visitor.page.evaluate(
        async ({ path: where, body: what }) => {
            const token = document.querySelector('input[name="token"]').value;
            const answer = await fetch(where, {
                method: "POST",
                headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
                body: JSON.stringify(what),
            });
            return { status: answer.status, said: await answer.json() };
        },
        { path, body },
    );
}

function expect(holds, what) {
    if (!holds) {
        throw new Error(what);
    }
}

/** What axe finds on a desktop and a phone, and whether it fits. */
async function looksGood(visitor, what) {
    const faults = [];
    await look(visitor.page, what, faults);
    expect(faults.length === 0, faults.join(" | "));
}

const browser = await launch();
const story = new Story("cookieless");
const maren = await story.person(browser, "maren", true);
const jonas = await story.person(browser, "jonas", true);
const buyer = await Visitor.open(browser, "buyer");
story.visitors.push(buyer);
const order = (number, minor, more = {}) => ({
    order: {
        number,
        placed: new Date(Date.now() - 3600e3).toISOString(),
        mail: `${number}@example.net`,
        total: { minor, currency: "EUR" },
        ...more,
    },
});
let part = "";
let program = "";
let claim = "";

await story.step("Jonas has a code, and Maren makes one for him that takes something off", async () => {
    await jonas.go("/me/programs");
    part = await jonas.page.locator('a[href^="/me/programs/rpt_"]', { hasText: "Night trains" }).first().getAttribute("href");
    await maren.go("/biz/programs");
    program = await maren.page.locator('a[href^="/biz/programs/prg_"]', { hasText: "Night trains" }).first().getAttribute("href");
    await maren.go(`${program}/codes`);
    await maren.page.fill("#code", "NIGHT-10");
    await maren.page.fill("#percent", "10");
    await maren.page.fill("#partner", "jonas-reist");
    await maren.page.locator(`form[action="${program}/codes"] summary`).click();
    await maren.page.fill("#uses_each", "1");
    await maren.send(`form[action="${program}/codes"]`);
    await looksGood(maren, "codes of a program");
});

await story.step("a code at the till brings Jonas the order, without link and cookie", async () => {
    const asked = await call(maren, "/api/v1/referrals/codes/night-10", {
        sum: { minor: 20000, currency: "EUR" },
        mail: "b1@example.net",
        number: "b1",
        lines: [],
    });
    expect(asked.status === 200 && asked.said.usable && asked.said.off.minor === 2000, JSON.stringify(asked));
    const told = await call(maren, "/api/v1/referrals/orders", order("b1", 18000, { codes: ["NIGHT-10"], lines: [] }));
    expect(told.status === 200 && told.said.partners === 1, JSON.stringify(told));
    await jonas.go(part);
    expect((await jonas.sum(".money-line .sum")) === 1800, "Jonas got no 10 % of 180.00 EUR");
});

await story.step("another order comes with nothing, and counts for nobody", async () => {
    const told = await call(maren, "/api/v1/referrals/orders", order("b2", 10000, { codes: [], lines: [] }));
    expect(told.status === 200 && told.said.partners === 0, JSON.stringify(told));
    claim = new URL(told.said.claim).pathname;
    expect((await buyer.context.cookies()).length === 0, "the buyer has a cookie of ours");
});

await story.step("the buyer says who sent them: a mistake leaves what was typed", async () => {
    await buyer.go(claim);
    await looksGood(buyer, "claim");
    await buyer.page.fill("#code", "JONAS-REISTE");
    await Promise.all([buyer.page.waitForEvent("load"), buyer.page.locator('button[type="submit"].btn-turn').press("Enter")]);
    expect((await buyer.page.inputValue("#code")) === "JONAS-REISTE", "what was typed is gone");
    buyer.complaints.length = 0; // the browser complains of 422, which is what was asked for
    await buyer.page.fill("#code", "jonas-reist");
    await buyer.send(`form[action="${claim}"]`);
    expect((await buyer.page.innerText("main")).includes("The order counts for them."), "it does not say that it counts");
    await looksGood(buyer, "claim said");
});

await story.step("Jonas is paid for it, and the claim stands", async () => {
    await jonas.go(part);
    expect((await jonas.sum(".money-line .sum")) === 1000, "Jonas got no 10 % of 100.00 EUR");
    await buyer.go(claim);
    expect((await buyer.page.locator("#code").count()) === 0, "somebody else can be named");
});

await story.step("Jonas prints cards that lead to a page of the shop", async () => {
    await jonas.go(`${part}/share`);
    await looksGood(jonas, "share");
    await jonas.go(`${part}/cards?to=/night-trains`);
    expect((await jonas.page.locator(".hand-card").count()) === 10, "there are not ten cards on the sheet");
    await looksGood(jonas, "cards");
    const paper = (await jonas.page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sheets = (paper.match(/\/Type \/Page\b(?!s)/gu) ?? []).length;
    expect(sheets === 1, `ten cards take ${sheets} sheets of paper`);
    await jonas.page.emulateMedia({ media: "print" });
    const file = join(process.env.BROWSER_WORLD, "cards.png");
    await jonas.page.screenshot({ path: file, fullPage: true });
    await jonas.page.emulateMedia({ media: null });
    if (existsSync(reader)) {
        const read = execFileSync(reader, ["-q", "--raw", file], { stdio: ["ignore", "pipe", "ignore"] });
        const lines = read.toString().trim().split("\n");
        expect(lines.length === 10, `${lines.length} of ten codes are read`);
        expect(lines.every((line) => line.endsWith("/r/JONAS-REIST?to=%2Fnight-trains")), `they say ${lines[0]}`);
    }
});

await story.step("Jonas registers somebody whom he met, once Maren lets partners do so", async () => {
    await maren.go(`${program}/leads`);
    await maren.page.fill("#days", "60");
    await maren.send(`form[action="${program}/leads"]`);
    await looksGood(maren, "leads of a program");
    await jonas.go(`${part}/leads`);
    await jonas.page.fill("#name", "Anna from the fair");
    await jonas.page.fill("#mail", "b3@example.net");
    await jonas.page.fill("#met", "At the fair, on Saturday");
    await jonas.page.check("#agreed");
    await jonas.send(`form[action="${part}/leads"]`);
    await looksGood(jonas, "leads");
});
await story.end();
await browser.close();
finish();
