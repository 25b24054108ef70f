// A business brings a file of its shop: names a column, reads what is wrong by line and column, takes it in, finds
// the column remembered, saves a segment, keeps a reason, and takes the file back. A person takes the words of their
// photographs along, brings them back with one title changed, and takes that back. axe and a phone's width look at
// each page met, in light and dark, also in Russian and Chinese.
//
// FILES_PICTURES: a folder for pictures of all of them. Read next: src/core/imports/import.h.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { address, finish, launch, tell, Visitor } from "./browser.mjs";
import { accessibility, tooWide } from "./looks.mjs";

const lines = [
    "Bestellung,order date,Kundschaft,customer name,total,sku",
    "7001,2026-05-20,k1,Ada Lovelace,30.00,TEA",
    "7002,2026-05-21,k2,=1+1,abc,TEA",
    "7003,2026-05-22,k1,Ada Lovelace,12.50,CUP",
];
const pictures = process.env.FILES_PICTURES;
const wrong = [];

const browser = await launch();
const maren = await Visitor.open(browser, "maren");
await maren.signIn();

async function look(name, who = maren) {
    const { page } = who;
    const path = new URL(page.url()).pathname;
    for (const [width, scheme, language] of [
        [1280, "light", "ru"], [390, "dark", "en"], [390, "light", "zh-Hant"],
    ]) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: scheme });
        await who.context.addCookies([{ name: "language", value: language, url: address }]);
        await page.goto(path);
        const where = `${path} ${width} ${scheme} ${language}`;
        const rules = language === "zh-Hant" ? [] : await accessibility(page, {});
        wrong.push(...rules.map((rule) => `${where}: ${rule}`));
        const wide = await page.evaluate(tooWide);
        wrong.push(...(wide ? [`${where}: ${wide}`] : []));
        if (pictures) {
            mkdirSync(pictures, { recursive: true });
            await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}-${language}.png`), fullPage: true });
        }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await who.context.addCookies([{ name: "language", value: "en", url: address }]);
    await page.goto(path);
}

async function bring(name, text, who = maren, list = "/biz/imports") {
    await who.go(list);
    await who.page.setInputFiles("#file", { name, mimeType: "text/csv", buffer: Buffer.from(text) });
    await who.send('form[enctype="multipart/form-data"]');
    return new URL(who.page.url()).pathname;
}

const field = (number) => maren.page.locator(`select[name="fields"]`).nth(number);
const says = (path, words) => maren.until(path, async (page) => (await page.innerText("main")).includes(words), words);

for (const [name, path] of [
    ["orders-none", "/biz/orders"], ["products-none", "/biz/products"], ["customers-none", "/biz/customers"],
    ["segments-none", "/biz/segments"], ["imports-none", "/biz/imports"], ["connections-none", "/biz/connections"],
    ["keys", "/biz/keys"], ["webhooks", "/biz/webhooks"],
]) {
    await maren.go(path);
    await look(name);
}

const first = await bring("bestellungen.csv", `${lines.join("\n")}\n`);
tell((await field(0).inputValue()) === "-", "files: a column nobody knows is proposed as nothing");
tell((await field(1).inputValue()) === "placed", "files: a column is known by its name");
await look("import-arrived");
await field(0).selectOption("number");
await field(2).selectOption("customer");
await maren.send(`form[action="${first}/check"]`);
await says(first, "2 records can be taken in");
const fault = await maren.page.innerText("main");
tell(/\b3\b[\s\S]*Total of the order[\s\S]*abc/.test(fault), "files: an error is told by line, column and what stands there", [fault]);
await look("import-checked");
await maren.send(`form[action="${first}/run"]`);
await says(first, "It was taken in: 2 new");
await look("import-done");

const second = await bring("mai.csv", `${lines[0]}\n7004,2026-05-23,k3,Cleo,5.00,TEA\n`);
tell((await field(0).inputValue()) === "number" && (await field(2).inputValue()) === "customer",
    "files: what a column was said to be is remembered");
await maren.go("/biz/orders");
tell((await maren.page.innerText("main")).includes("7003"), "files: the orders are there");
await look("orders");
await maren.page.click("text=7003");
await maren.page.waitForLoadState();
await look("order");

await maren.go("/biz/segments");
await maren.page.fill("#name", "Regulars");
await maren.page.fill("#orders_least", "2");
await maren.send('form[action="/biz/segments"]');
const members = await maren.page.innerText("main");
tell(members.includes("5 customers are in it now."), "files: a segment shows who is in it", [members]);
await look("segment");
await maren.page.click("text=Ada Lovelace");
await maren.page.waitForURL(/customers/);
await look("customer-none");
await maren.page.fill("#source", "Form of 3 June, kept in the shop");
await maren.send('form[action$="/consents"]');
tell((await maren.page.innerText("main")).includes("Form of 3 June"), "files: a reason is kept and shown");
await look("customer");
await maren.send('form[action$="/withdraw"]');
tell((await maren.page.innerText("main")).includes("Until "), "files: and withdrawn");
await maren.go("/biz/segments");
await look("segments");
await maren.go("/biz/customers");
await look("customers");

await maren.go(first);
await maren.send(`form[action="${first}/undo"]`);
await says(first, "It was taken back");
await look("import-undone");
await maren.go("/biz/imports");
await look("imports");
await maren.go("/biz/orders");
tell(!(await maren.page.innerText("main")).includes("7003"), "files: taken back, nothing of it is left");
tell(second !== first, "files: each file is an import of its own");

const ines = await Visitor.open(browser, "ines");
await ines.signIn();
await ines.go("/me/imports");
await look("words-none", ines);
const taken = await ines.page.evaluate(async () => (await fetch("/me/exports/photos")).text());
const [head, ...photographs] = taken.trim().split("\n");
const described = photographs.filter((line) => line.includes(",accepted,")).map((line) => line.split(","));
const changed = described[0].with(3, "A title by file").join(",");
const words = await bring("words.csv", `${head}\n${changed}\npho_0000000000001,lost.jpg\n${described[1].join(",")}\n`, ines, "/me/imports");
await look("words-arrived", ines);
await ines.send(`form[action="${words}/check"]`);
await ines.until(words, async (page) => (await page.innerText("main")).includes("2 records can be taken in"), "2 records");
await look("words-checked", ines);
await ines.send(`form[action="${words}/run"]`);
await ines.until(words, async (page) => (await page.innerText("main")).includes("0 new, 1 changed, 1 known already"), "1 changed");
await ines.go(`/me/offers/${described[0][0]}`);
tell((await ines.page.content()).includes("A title by file"), "files: words of a photograph come by file");
await ines.go(words);
await ines.send(`form[action="${words}/undo"]`);
await ines.until(words, async (page) => (await page.innerText("main")).includes("It was taken back"), "taken back");
tell(await ines.page.evaluate(async () => (await fetch("/me/exports/photos")).text()) === taken,
    "files: taken back, all that is written is as before, byte for byte");
await look("words-undone", ines);
await ines.go("/me/imports");
await look("words", ines);
await ines.go("/me/offers");
await look("offers", ines);

tell(wrong.length === 0, "files: axe finds nothing, and all fits a phone, in light and dark and three languages", wrong);
tell(maren.complaints.concat(ines.complaints).length === 0, "files: the browser complains about nothing",
    maren.complaints.concat(ines.complaints));
await browser.close();
finish();
