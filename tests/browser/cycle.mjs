// The two stories that the whole program stands for, as people live them in a browser: a photograph
// from upload to payout, and a brief with three offers. With script or without: where the way differs,
// it says so. Must not know who runs it. Read next: story.mjs, no-script.mjs.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { audit, earned } from "./books.mjs";
import { minor, tell, Visitor } from "./browser.mjs";

/** Photographs that the demo world does not hold; run_browser.sh exports them anew from Debian's. */
export const photographs = {
    surface: join(process.env.BROWSER_PHOTOGRAPHS, "surface.jpg"),
    bridge: join(process.env.BROWSER_PHOTOGRAPHS, "bridge.jpg"),
};

/** A story told step by step: each is a TAP line; after one that fails the rest is not tried. */
export class Story {
    constructor(name) {
        this.name = name;
        this.over = false;
        this.visitors = [];
    }

    async step(title, act) {
        if (this.over) {
            return;
        }
        try {
            await act();
            const wrong = await audit();
            this.over = !tell(wrong === null, `${this.name}: ${title}`, (wrong ?? "").split("\n"));
        } catch (error) {
            this.over = true;
            tell(false, `${this.name}: ${title}`, String(error.stack ?? error).split("\n"));
            for (const visitor of this.visitors) {
                await visitor.picture(`${this.name}-${visitor.name}`.replaceAll(" ", "-"));
            }
        }
    }

    /** Signs somebody of the demo world in. */
    async person(browser, name, script) {
        const visitor = await Visitor.open(browser, name, {
            javaScriptEnabled: script,
            acceptDownloads: true,
        });
        this.visitors.push(visitor);
        await visitor.signIn();
        return visitor;
    }

    async end() {
        const complaints = this.visitors.flatMap((visitor) => visitor.complaints);
        tell(complaints.length === 0, `${this.name}: no page complains on the console`, complaints);
        for (const visitor of this.visitors) {
            await visitor.context.close();
        }
    }
}

function same(got, wanted, what) {
    if (got !== wanted) {
        throw new Error(`${what} is ${got / 100}, not ${wanted / 100}`);
    }
}

/** What is free in a business's wallet, and its whole balance, in minor units. */
async function wallet(buyer) {
    await buyer.go("/biz/wallet");
    const sums = await buyer.page.locator("aside .account dd").allInnerTexts();
    return { free: await buyer.sum("aside .sum-large"), balance: minor(sums[0]), held: minor(sums[1]) };
}

/** What a person could be paid out, and what is on its way, in minor units. */
async function earnings(person) {
    await person.go("/me/money");
    return {
        free: await person.sum("aside .sum-large"),
        underWay: await person.sum("aside .account dd"),
    };
}

/** The line of the earnings page that came last: what it pays and the rates that it names. */
async function lastEarning(person) {
    await person.go("/me/earnings");
    const row = person.page.locator("main table tbody tr").first();
    const link = row.locator('a[href^="/me/earnings/"]').first();
    const got = minor(await link.innerText());
    await person.go(await link.getAttribute("href"));
    const lines = await person.page.locator("main dl.account > div").allInnerTexts();
    const percent = (line) => Number(/([\d.]+)\s?%/.exec(line)[1]);
    return { got, price: minor(lines[0].split("\n").at(-1)), share: percent(lines[1]), handling: percent(lines[2]) };
}

/** Asserts that the newest earning is exactly the person's part of the price. */
async function expectEarned(person, price, before) {
    const line = await lastEarning(person);
    const wanted = earned(price, line.share, line.handling);
    same(line.price, price, "the price behind the earning");
    same(line.got, wanted, `of ${price / 100} at ${line.share} %, less ${line.handling} %, the earning`);
    const now = await earnings(person);
    same(now.free, before.free + wanted, `what ${person.name} can take out`);
    return wanted;
}

async function upload(person, file, script) {
    await person.go("/me/offer");
    await person.page.setInputFiles("#file", file);
    if (script) {
        await person.page.locator("[data-upload-list] .state-good").waitFor();
    } else {
        await person.send("form[data-upload]");
    }
    const drafts = `.file-list .file:has-text("${basename(file)}") a[href^="/me/offers/"]`;
    return person.until(
        "/me/arrivals",
        async (page) => (await page.locator(drafts).count()) > 0 && page.locator(drafts).first().getAttribute("href"),
        "the photograph is looked at",
    );
}

/** The operator walks the queue to the photograph and accepts it. */
async function accept(operator, title, script) {
    await operator.go("/desk");
    const row = operator.page.locator(".queue tbody tr", { hasText: title });
    const { page } = operator;
    if (!script) {
        const link = row.locator(".queue-what a");
        await Promise.all([page.waitForEvent("load"), link.click()]);
        await operator.send("form.decide", 'button[formaction$="/accept"]');
        return;
    }
    for (let steps = 0; !(await row.getAttribute("class"))?.includes("queue-current"); steps += 1) {
        if (steps > 40) {
            throw new Error(`"${title}" is not reached in the queue by J`);
        }
        await Promise.all([page.waitForEvent("load"), page.keyboard.press("j")]);
    }
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("a")]);
}

/** Downloads the original of a licence, and reads it with an independent reader when there is one. */
async function download(buyer, licence, maker) {
    const found = await buyer.until(
        `${licence}/original`,
        async (page) => (await page.locator("a[download]").count()) > 0,
        "the original is prepared",
    );
    same(Number(found) * 100, 100, "the number of links to the original");
    const [file] = await Promise.all([
        buyer.page.waitForEvent("download"),
        buyer.page.locator("a[download]").click(),
    ]);
    const path = await file.path();
    const bytes = readFileSync(path);
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes.length < 100000) {
        throw new Error(`the original is no JPEG of the size offered (${bytes.length} bytes)`);
    }
    let read;
    try {
        read = JSON.parse(execFileSync("exiftool", ["-j", "-XMP:Creator", "-IPTC:By-line", "-GPS:all", path]))[0];
    } catch {
        return "exiftool is not installed; author and licence in the file were not read";
    }
    if (![read.Creator].flat().includes(maker)) {
        throw new Error(`the original names ${JSON.stringify(read)} as creator, not ${maker}`);
    }
    return null;
}

/** A photograph from upload to payout. */
export async function photographStory(browser, { name, file, title, script }) {
    const story = new Story(name);
    const offered = 2200;
    const asked = 3000;
    let person, operator, buyer, before, purse, draft, photo, deal, licence, pay;

    await story.step("three people sign in", async () => {
        person = await story.person(browser, "ines", script);
        operator = await story.person(browser, "rosa", script);
        buyer = await story.person(browser, "maren", script);
        before = await earnings(person);
        purse = await wallet(buyer);
    });
    await story.step("the person uploads a photograph", async () => {
        draft = await upload(person, file, script);
    });
    await story.step("the person describes and submits it", async () => {
        await person.go(draft);
        await person.page.fill("#title", title);
        await person.page.fill("#description", "Taken by daylight, not arranged.");
        await person.page.fill("#tags", "story, daylight, surface");
        await person.page.fill("#standard", "5.00");
        await person.page.fill("#extended", "35.00");
        await person.send(`form[action="${draft}/submit"]`);
        photo = draft.replace("/me/offers/", "/photos/");
        const hidden = await buyer.page.request.get(photo);
        if (hidden.status() !== 404) {
            throw new Error(`${photo} answers ${hidden.status()} before it was accepted`);
        }
    });
    await story.step(`the operator accepts it ${script ? "by keyboard" : "by its form"}`, async () => {
        await accept(operator, title, script);
        await buyer.go(photo);
    });
    await story.step("the business offers 22.00, which are set aside", async () => {
        await buyer.go(`${photo}?licence=extended`);
        await buyer.page.locator("details.offer summary").click();
        await buyer.page.fill("#price", "22.00");
        await buyer.page.fill("#note", "For our autumn letter.");
        await buyer.send(`form[action^="${photo}/offer"]`);
        deal = new URL(buyer.page.url()).pathname.replace("/biz", "");
        const now = await wallet(buyer);
        same(now.free, purse.free - offered, "what is free in the wallet");
        same(now.held, purse.held + offered, "what is set aside");
        same(now.balance, purse.balance, "the wallet");
    });
    await story.step("the person asks 30.00 instead", async () => {
        await person.go("/me/deals");
        await person.page.locator(`a[href="/me${deal}"]`).first().waitFor();
        await person.go(`/me${deal}?answer=counter`);
        await person.page.fill("#price", "30.00");
        await person.page.fill("#note", "With my name beside it.");
        await person.send(`form[action^="/me${deal}/answer"]`);
        same((await earnings(person)).free, before.free, "what the person can take out");
        same((await wallet(buyer)).balance, purse.balance, "the wallet");
    });
    await story.step("the business accepts 30.00, which go over with the licence", async () => {
        await buyer.go(`/biz${deal}`);
        await buyer.send(`form[action="/biz${deal}/answer"]`);
        const now = await wallet(buyer);
        same(now.balance, purse.balance - asked, "the wallet");
        same(now.held, purse.held, "what is set aside");
        await buyer.go(`/biz${deal}`);
        licence = await buyer.page.locator('main a[href*="/licences/"]').first().getAttribute("href");
        licence = licence.replace("/biz/", "/");
    });
    await story.step("the business downloads the original", async () => {
        const unread = await download(buyer, licence, "Inés Otero");
        if (unread) {
            console.log(`# ${unread}`);
        }
        const other = await operator.context.browser().newContext();
        const refused = await other.request.get(new URL(`${licence}/original`, buyer.page.url()).href, { maxRedirects: 0 });
        await other.close();
        if (refused.status() === 200) {
            throw new Error("a stranger gets the original");
        }
    });
    await story.step("the person sees what came in, and why", async () => {
        pay = await expectEarned(person, asked, before);
    });
    await story.step("the person asks for a payout of 25.00", async () => {
        await person.go("/me/money");
        await person.page.fill("#amount", "25.00");
        await person.send('form[action="/me/money/payouts"]');
        const now = await earnings(person);
        same(now.free, before.free + pay - 2500, "what the person can take out");
        same(now.underWay, before.underWay + 2500, "what is on its way");
    });
    await story.end();
}

async function answerBrief(person, brief, price) {
    await person.go(`/me${brief}/answer`);
    await person.page.locator('input[name="photos"]').first().check();
    await person.page.fill("#price", price);
    await person.page.fill("#note", `From ${person.name}.`);
    await person.send(`form[action="/me${brief}/answer"]`);
}

/** A brief with three offers: two are accepted, one is thanked with a reason. */
export async function briefStory(browser, { name, title, script }) {
    const story = new Story(name);
    const prices = { ines: 4000, jonas: 3500, bao: 6000 };
    const people = {};
    const before = {};
    let buyer, purse, brief;

    await story.step("a business and three people sign in", async () => {
        buyer = await story.person(browser, "maren", script);
        purse = await wallet(buyer);
        for (const who of Object.keys(prices)) {
            people[who] = await story.person(browser, who, script);
            before[who] = await earnings(people[who]);
        }
    });
    await story.step("the business publishes a brief", async () => {
        await buyer.go("/biz/briefs/new");
        await buyer.page.fill("#title", title);
        await buyer.page.fill("#body", "For the wall of our office: calm, no text, at least 1,500 pixels wide.");
        await buyer.page.fill("#wanted", "3");
        await buyer.page.fill("#budget", "80.00");
        await buyer.page.fill("#until", new Date(Date.now() + 14 * 86400000).toISOString().slice(0, 10));
        await buyer.page.fill("#criterion_1", "Calm");
        await buyer.page.fill("#criterion_2", "Fits the wall");
        await buyer.send('form[action="/biz/briefs"]');
        brief = new URL(buyer.page.url()).pathname.replace("/biz", "");
        same((await wallet(buyer)).free, purse.free, "what is free in the wallet");
    });
    for (const [who, price] of Object.entries(prices)) {
        await story.step(`${who} answers with a photograph for ${price / 100}.00`, async () => {
            await people[who].go("/briefs");
            await people[who].page.locator(`main a[href="${brief}"]`).first().waitFor();
            await answerBrief(people[who], brief, `${price / 100}.00`);
        });
    }
    const line = (who) => buyer.page.locator("#offer tbody tr", { hasText: `${prices[who] / 100}.00` });
    await story.step("the business compares, scores and shortlists", async () => {
        await buyer.go(`/biz${brief}`);
        for (const who of Object.keys(prices)) {
            await line(who).first().waitFor();
        }
        const chosen = await line("ines").locator("a").first().getAttribute("href");
        await buyer.go(chosen);
        await buyer.page.selectOption("#score_1", "5");
        await buyer.page.selectOption("#score_2", "4");
        await buyer.page.fill("#remark", "First choice.");
        await buyer.send('form[action*="/score"]');
        await buyer.go(chosen);
        await buyer.send('form[action*="/shortlist?"]');
    });
    await story.step("the business accepts two, and pays both", async () => {
        await buyer.go(`/biz${brief}`);
        await line("ines").locator('input[name="offer"]').check();
        await line("jonas").locator('input[name="offer"]').check();
        await buyer.send("form#offer", "button.btn-ink");
        const now = await wallet(buyer);
        same(now.balance, purse.balance - prices.ines - prices.jonas, "the wallet");
        same(now.held, purse.held, "what is set aside");
    });
    await story.step("the business thanks the third with a reason", async () => {
        await buyer.go(`/biz${brief}`);
        await buyer.page.fill("#reason", "A fine picture, but too lively for the wall.");
        await buyer.send(`form[action="/biz${brief}/thank"]:has(#reason)`);
        await people.bao.go("/me/briefs");
        const own = people.bao.page.locator("main .money-line a", { hasNotText: "/" }).first();
        await people.bao.go(await own.getAttribute("href"));
        const says = await people.bao.page.innerText("main");
        if (!says.includes("too lively for the wall")) {
            throw new Error("the person does not read the reason");
        }
        same((await earnings(people.bao)).free, before.bao.free, "what bao can take out");
    });
    await story.step("each accepted person sees what came in, and why", async () => {
        await expectEarned(people.ines, prices.ines, before.ines);
        await expectEarned(people.jonas, prices.jonas, before.jonas);
    });
    await story.end();
}
