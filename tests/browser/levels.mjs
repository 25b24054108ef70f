// Recommendations as people live them in a browser. One level: a business makes a program, a person joins in two
// steps, a visitor follows the link into a foreign shop, the shop reports the order, the partner reads what came
// of it. Three levels: each gets a share, it is paid out, half of the order is given back, and what was paid out
// already is made up by the next order. The audit runs after every step. That a hold passes is told with a clock
// of its own in src/modules/referrals/stories/paid_out.story.
// Read next: cycle.mjs, ../../src/modules/referrals/README.md.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

import { address, finish, launch, minor, tell, Visitor } from "./browser.mjs";
import { Story } from "./cycle.mjs";
import { look } from "./looks.mjs";

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const faults = [];

function same(got, wanted, what) {
    if (got !== wanted) {
        throw new Error(`${what} is ${got}, not ${wanted}`);
    }
}

// ---- the shop ----------------------------------------------------------------------------------

let key = "";

/** What the shop's server tells with its key; anything but 200 is an error. */
async function report(path, what) {
    const answer = await fetch(address + path, {
        method: "POST",
        headers: { accept: "application/json", "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify(what),
    });
    const told = await answer.json();
    if (answer.status !== 200) {
        throw new Error(`${path} answers ${answer.status} ${JSON.stringify(told)}`);
    }
    return told;
}

const euros = (sum) => ({ minor: sum, currency: "EUR" });
let orders = 0;
let told = null; // what the last order was answered

/** A shop that keeps the click in its form, as any shop can, and reports the order from its own server. */
const shop = createServer({ key: readFileSync(process.env.BROWSER_TLS_KEY), cert: readFileSync(process.env.BROWSER_TLS_CERTIFICATE) },
    async (request, answer) => {
        const url = new URL(request.url, "https://localhost");
        const click = url.searchParams.get("cf_click") ?? "";
        let says = `<form action="/ordered"><input type="hidden" name="cf_click" value="${click}">
            <input type="hidden" name="total" value="${url.searchParams.get("total") ?? "20000"}"><button>Order</button></form>`;
        if (url.pathname === "/ordered") {
            orders += 1;
            told = await report("/api/v1/referrals/orders", {
                order: { number: `L-${orders}`, placed: new Date().toISOString(), mail: `buyer${orders}@example.net`,
                         total: euros(Number(url.searchParams.get("total"))) },
                click,
            }).catch((error) => error);
            says = "<p>Thank you.</p>";
        }
        answer.writeHead(200, { "content-type": "text/html; charset=utf-8" })
            .end(`<!doctype html><html lang="en"><title>Lamps</title><link rel="icon" href="data:,"><h1>Lamps</h1>${says}</html>`);
    });
await new Promise((done) => shop.listen(0, "127.0.0.1", done));
const site = `https://localhost:${shop.address().port}`;

/** A stranger follows a link and orders; what the shop was answered. */
async function order(browser, link, total) {
    const visitor = await Visitor.open(browser, "stranger", { ignoreHTTPSErrors: true, userAgent: chrome });
    const { page } = visitor;
    await page.goto(`${link}?to=${encodeURIComponent(`/lamps?total=${total}`)}`);
    const landed = new URL(page.url());
    same(landed.origin + landed.pathname, `${site}/lamps`, "where the link leads");
    same(/^clk_/.test(landed.searchParams.get("cf_click")), true, "that the click is in the address");
    same((await visitor.context.cookies(address)).length, 0, "the number of cookies");
    await Promise.all([page.waitForURL("**/ordered?**"), page.locator("button").click()]);
    await visitor.context.close();
    if (told instanceof Error) {
        throw told;
    }
    return told;
}

// ---- what people do ----------------------------------------------------------------------------

/** A program, made, given money and opened; where everybody reads it. */
async function open(business, title, fields) {
    const { page } = business;
    await business.go("/biz/programs");
    await Promise.all([page.waitForURL("**/biz/programs/new"), page.locator('a[href="/biz/programs/new"]').first().click()]);
    await page.fill("#title", title);
    await page.fill("#landing", `${site}/`);
    for (const fold of await page.locator("form details > summary").all()) {
        await fold.click();
    }
    for (const [name, value] of Object.entries(fields)) {
        await page.fill(`#${name}`, value);
    }
    await business.send('form[action="/biz/programs"]');
    await page.fill("#sum", "100.00");
    await business.send('form[action$="/fund"]');
    await business.send('form[action$="/start"]');
    const program = new URL(page.url()).pathname;
    // Who buys in the second after the click looks made, and nobody here has an hour.
    await business.go(`${program}/doubts?hold_click=100&hold_claim=100`);
    await business.send('form[action$="/thresholds"]');
    return program.replace("/biz", "");
}

/** Joins by what stands on the page of the program: the first step is reading it, the second a press. */
async function join(person, program, code) {
    await person.go(program);
    await person.page.fill("#code", code);
    await person.send('form[action$="/join"]');
    const lines = await person.page.locator("main code.code-line").allInnerTexts();
    return { part: new URL(person.page.url()).pathname, link: lines[0], invitation: lines[2] };
}

/** The sums at the end of the first list of a partner's page: earned, less what was taken back. */
async function got(person, part) {
    await person.go(part);
    return minor(await person.page.locator("main .account-head dd:not(.figures)").first().innerText());
}

/** What could be taken out now. */
async function free(person) {
    await person.go("/me/money");
    return person.sum("aside .sum-large");
}

async function sees(person, text) {
    const says = (await person.page.innerText("main")).replaceAll("\u00a0", " ");
    if (!says.includes(text)) {
        throw new Error(`${person.name} does not read "${text}" on ${person.page.url()}: ${says}`);
    }
}

async function makeKey(business) {
    await business.go("/biz/keys");
    await business.page.fill("#name", "Till");
    for (const scope of ["shop.write", "referrals.write"]) {
        await business.page.check(`input[value="${scope}"]`);
    }
    await business.send('form[action="/biz/keys"]');
    key = (await business.page.innerText("main")).match(/cf_live_[0-9A-Za-z]{38}/)[0];
}

async function oneLevel(browser) {
    const story = new Story("one level");
    let maren, tove, program, mine, before;
    await story.step("a business and a person sign in, and the shop has a key", async () => {
        maren = await story.person(browser, "maren");
        tove = await story.person(browser, "tove");
        await makeKey(maren);
        before = await free(tove);
    });
    await story.step("the business makes a program and opens it", async () => {
        program = await open(maren, "Lamps for friends", { percent: "10", hold_days: "14" });
    });
    await story.step("the person finds it and joins in two steps", async () => {
        await tove.go("/programs");
        await tove.page.locator(`main a[href="${program}"]`).click();
        await tove.page.waitForURL(`**${program}`);
        await sees(tove, "You get 10% of what each order comes to");
        await look(tove.page, "what a program promises", faults);
        mine = await join(tove, program, "TOVE-LAMPS");
    });
    await story.step("a visitor follows the link and orders, and the shop reports it", async () => {
        const answer = await order(browser, mine.link, 20000);
        same(answer.partners, 1, "who share the order");
        same(answer.click_known, true, "that the click is known");
    });
    await story.step("the partner sees the order, its reason, and until when it may be taken back", async () => {
        same(await got(tove, mine.part), 2000, "what she earned");
        for (const text of ["Order of", "May still be taken back", "Yours for good on"]) {
            await sees(tove, text);
        }
        await look(tove.page, "what came of a link", faults);
        same(await free(tove), before, "what can be taken out");
        await maren.go(`/biz${program}`);
        await sees(maren, "Tove Lindqvist");
        await sees(maren, "200.00");
    });
    await story.end();
}

/** Takes all out that is free; one operator approves it, another makes the file, and the bank confirms it. */
async function payOut(person, desk, second) {
    await person.go("/me/money");
    if ((await person.page.locator("#amount").count()) === 0) {
        await person.page.fill("#holder", "Bao Nguyen");
        await person.page.fill("#iban", "DE75512108001245126199");
        await person.send('form[action="/me/money/account"]');
        await person.go("/me/money");
    }
    await person.send('form[action="/me/money/payouts"]');
    for (const [state, name] of [["asked", "approve"], ["sent", "confirm"]]) {
        await desk.go(`/desk/payouts?state=${state}`);
        const row = desk.page.locator("tbody tr", { hasText: "Bao Nguyen" }).last();
        await Promise.all([desk.page.waitForEvent("load"), row.locator(`button[value="${name}"]`).press("Enter")]);
        if (name === "approve") {
            await second.go("/desk/payouts?state=approved");
            await Promise.all([second.page.waitForEvent("download"), second.page.locator('form[action="/desk/payment-file"] button').press("Enter")]);
        }
    }
}

async function threeLevels(browser) {
    const story = new Story("three levels");
    const names = ["ines", "jonas", "bao"]; // each brought the next
    const people = {};
    const mine = {};
    const before = {};
    let maren, desk, second, program;
    await story.step("a business, three people and the desk sign in", async () => {
        maren = await story.person(browser, "maren");
        desk = await story.person(browser, "sam");
        second = await story.person(browser, "rosa");
        for (const name of names) {
            people[name] = await story.person(browser, name);
        }
    });
    await story.step("the business promises something on three levels", async () => {
        program = await open(maren, "Lamps on three levels", { percent: "10", percent_2: "3", percent_3: "1", hold_days: "0" });
    });
    await story.step("each joins by the invitation of who stands above", async () => {
        let at = program;
        for (const name of names) {
            before[name] = await free(people[name]);
            await people[name].go(at);
            mine[name] = await join(people[name], at, `${name}-lamps`);
            at = mine[name].invitation.replace(address, "");
        }
        await people.ines.go(mine.ines.part);
        await sees(people.ines, "People they brought");
    });
    await story.step("somebody orders for 400.00, and all three see their share", async () => {
        same((await order(browser, mine.bao.link, 40000)).partners, 1, "who share the order");
        for (const [name, share] of [["bao", 4000], ["jonas", 1200], ["ines", 400]]) {
            same(await got(people[name], mine[name].part), share, `what ${name} earned`);
            same(await free(people[name]), before[name] + share, `what ${name} can take out`);
        }
        await people.jonas.go(mine.jonas.part);
        await sees(people.jonas, "Brought by somebody whom you brought");
        await people.ines.go(mine.ines.part);
        await sees(people.ines, "Brought by somebody whom they brought");
    });
    await story.step("who brought the order takes everything out, and the bank confirms it", async () => {
        await payOut(people.bao, desk, second);
        same(await free(people.bao), 0, "what bao can take out");
        await people.bao.go("/me/money");
        await sees(people.bao, "Paid");
    });
    await story.step("half of the order is given back, from all three levels", async () => {
        await report("/api/v1/orders/refunds", { order: `L-${orders}`, number: "B-1", amount: euros(20000) });
        await people.bao.until(mine.bao.part, (page) => page.getByText("had been paid out to you already").count(), "the refund comes");
        for (const [name, share] of [["bao", 2000], ["jonas", 600], ["ines", 200]]) {
            same(await got(people[name], mine[name].part), share, `what ${name} earned`);
        }
        same(await free(people.jonas), before.jonas + 600, "what jonas can take out");
        same(await free(people.ines), before.ines + 200, "what ines can take out");
    });
    await story.step("who was paid out reads what is made up later", async () => {
        await people.bao.go(mine.bao.part);
        await sees(people.bao, "20.00 EUR of what was taken back had been paid out to you already.");
        await sees(people.bao, "− 20.00 EUR taken back: the customer got that part of the price back");
        await look(people.bao.page, "taken back after a payout", faults);
        same(await free(people.bao), 0, "what bao can take out");
        await sees(people.bao, "20.00 EUR");
    });
    await story.step("the next order makes it up", async () => {
        await order(browser, mine.bao.link, 30000);
        same(await got(people.bao, mine.bao.part), 5000, "what bao earned");
        if ((await people.bao.page.innerText("main")).includes("had been paid out")) {
            throw new Error("it is still owed");
        }
        same(await free(people.bao), 1000, "what bao can take out");
        await maren.go(`/biz${program}`);
        await look(maren.page, "the business's program on three levels", faults);
    });
    await story.end();
}

const browser = await launch();
await oneLevel(browser);
await threeLevels(browser);
tell(faults.length === 0, "levels: axe finds nothing on any page, none is wider than a phone", faults);
await browser.close();
shop.close();
finish();
