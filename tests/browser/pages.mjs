// Every public page and every page of the three portals in four languages: HTML by the Nu checker,
// accessibility by axe, links, words, width on a phone, and what the browser complains about.
// Read next: crawl.mjs.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { address, finish, launch, packaged, tell, Visitor } from "./browser.mjs";
import { crawl } from "./crawl.mjs";
import { accessibility, tooWide } from "./looks.mjs";

const languages = ["en", "fr", "ru", "zh-Hant"];
const thorough = Boolean(process.env.TEST_NIGHTLY);
const desktop = { width: 1360, height: 900 };
const phone = { width: 390, height: 844 };
const atOnce = 2;
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const saved = mkdtempSync(join(dirname(process.env.BROWSER_WORLD), "pages-"));

const portal = (prefix) => (url) =>
    url.pathname === prefix ||
    url.pathname.startsWith(`${prefix}/`) ||
    /^\/(licences|photos|briefs)\/[^/]+(\/original)?$/.test(url.pathname);

/** Whose pages, where they begin, and which belong to them. Mei has little, and so sees the empty pages. */
const readers = [
    { name: "anybody", starts: ["/", "/photos", "/photos?q=nothing-like-this", "/sign-up"], belongs: () => true },
    { name: "ines", starts: ["/me", "/me/offer", "/me/money"], belongs: portal("/me") },
    { name: "mei", starts: ["/me", "/me/deals"], belongs: portal("/me"), once: !thorough },
    { name: "maren", starts: ["/biz", "/biz/wallet", "/biz/licences"], belongs: portal("/biz") },
    { name: "sam", starts: ["/desk", "/desk/style"], belongs: portal("/desk") },
];

/** Forms that are sent with nothing or nonsense in them, so that the page with errors is seen too. */
const mistakes = {
    anybody: [{ path: "/sign-up", form: 'form[action="/sign-up"]', fill: { "#mail": "nobody@nowhere" } }],
    ines: [
        { path: "/me/money", form: 'form[action="/me/money/payouts"]', fill: { "#amount": "1e309" } },
        { path: "/me/money", form: 'form[action="/me/money/account"]', fill: { "#iban": "DE00 0000" } },
    ],
    maren: [
        { path: "/biz/briefs/new", form: 'form[action="/biz/briefs"]', fill: { "#budget": "12,3.4" } },
        { path: "/biz/webhooks", form: 'form[action="/biz/webhooks"]', fill: { "#address": "http://10.0.0.1/" } },
    ],
};

/** The names of all words, to find one that stands on a page in place of its sentence. */
function wordNames() {
    const files = readdirSync(join(root, "src"), { recursive: true })
        .filter((file) => file.endsWith("/text/en.txt"))
        .map((file) => join("src", file));
    const names = new Set();
    for (const file of ["ui/text/en.txt", ...files]) {
        const text = readFileSync(join(root, file), "utf8");
        for (const found of text.matchAll(/^([a-z_0-9]+(?:\.[a-z_0-9]+)+) =/gm)) {
            names.add(found[1]);
        }
    }
    return names;
}
const names = wordNames();

/** What was found wrong, by kind and language; each kind is a TAP line in the end. */
const wrong = { axe: [], "too wide": [], "not translated": [], "other language": [], console: [], links: [], keys: [] };
const note = (kind, text) => wrong[kind].push(text);

const allRules = {};
const onlyColours = { runOnly: ["color-contrast"] };

/** The keys that the foot of the desk names although they do nothing on the page. */
function deadKeys() {
    return [...document.querySelectorAll(".keys kbd")]
        .filter((key) => key.checkVisibility())
        .map((key) => key.textContent.toLowerCase())
        .filter((key) =>
            "jk".includes(key)
                ? document.querySelectorAll(".queue tbody tr").length < 2
                : document.querySelector(`[data-key="${CSS.escape(key)}"]`) === null,
        );
}

async function check(page, language, where) {
    const lang = await page.getAttribute("html", "lang");
    if (lang !== language) {
        note("other language", `${where} says lang="${lang}"`);
    }
    for (const found of (await page.innerText("body")).matchAll(/\b[a-z_]+(\.[a-z_0-9]+){1,3}\b/g)) {
        if (names.has(found[0])) {
            note("not translated", `${where} shows ${found[0]}`);
        }
    }
    for (const key of await page.evaluate(deadKeys)) {
        note("keys", `${where} names ${key}`);
    }
    const look = async (how, chosen) => {
        for (const rule of await accessibility(page, chosen)) {
            note("axe", `${where}, ${how}: ${rule}`);
        }
    };
    // Languages differ in words and in how much room they take, on a phone above all: axe sees them all in the nightly run.
    const judged = thorough || language === "en";
    if (judged) {
        await look("desktop", allRules);
    }
    if (language === "en") {
        await page.emulateMedia({ colorScheme: "dark" });
        await look("dark", onlyColours);
        await page.emulateMedia({ colorScheme: "light" });
    }
    await page.setViewportSize(phone);
    const width = await page.evaluate(tooWide);
    if (width !== null) {
        note("too wide", `${where} at 390 is ${width}`);
    }
    if (judged) {
        await look("phone", allRules);
    }
    await page.setViewportSize(desktop);
}

let files = 0;
const addresses = new Map();

/** Keeps what the server sent, for the Nu checker. */
function keep(html, where) {
    files += 1;
    const file = `${String(files).padStart(4, "0")}.html`;
    writeFileSync(join(saved, file), html);
    addresses.set(file, where);
}

async function speak(visitor, language) {
    await visitor.context.addCookies([{ name: "language", value: language, url: address }]);
}

const place = (visitor, language, url) => `${visitor.name}, ${language}, ${url.slice(address.length)}`;

async function look(visitor, language, url, answer) {
    const where = place(visitor, language, url);
    keep(await answer.text(), where);
    await check(visitor.page, language, where);
}

async function mistake(visitor, language, { path, form, fill }) {
    const where = `${visitor.name}, ${language}, ${path} with errors`;
    await visitor.page.goto(path);
    for (const [field, text] of Object.entries(fill)) {
        await visitor.page.fill(field, text);
    }
    const button = visitor.page.locator(form).locator('button[type="submit"]').first();
    const [answer] = await Promise.all([
        visitor.page.waitForResponse((response) => response.request().method() === "POST"),
        button.click(),
    ]);
    await visitor.page.waitForLoadState("load");
    if (answer.status() !== 422) {
        note("links", `${where} answers ${answer.status()}, not 422`);
    }
    keep(await answer.text(), where);
    await check(visitor.page, language, where);
    // The browser itself reports the 422 that was asked for.
    visitor.complaints = visitor.complaints.filter((line) => !line.includes("422"));
}

/** All work of one reader: the crawl in English, then the first page of each kind in the other languages. */
async function read(browser, reader) {
    const visitor = await Visitor.open(browser, reader.name, { viewport: desktop });
    if (reader.name !== "anybody") {
        await visitor.signIn();
    }
    await speak(visitor, "en");
    const { visited, broken, links } = await crawl(visitor, reader.starts, {
        belongs: reader.belongs,
        ofEach: thorough ? 6 : 2,
        look: (url, answer) => look(visitor, "en", url, answer),
    });
    broken.forEach((line) => note("links", `${reader.name}: ${line}`));
    for (const language of reader.once ? ["en"] : languages) {
        await speak(visitor, language);
        for (const { url } of visited.filter((page) => language !== "en" && (page.first || thorough))) {
            await look(visitor, language, url, await visitor.page.goto(url));
        }
        for (const wrongForm of mistakes[reader.name] ?? []) {
            await mistake(visitor, language, wrongForm);
        }
    }
    visitor.complaints.forEach((line) => note("console", `${reader.name}: ${line}`));
    console.log(`# ${reader.name}: ${visited.length} pages, ${links} links`);
    await visitor.context.close();
}

/** One Java process over all files; answers its lines, with addresses in place of file names. */
function nu() {
    const words = ["-jar", packaged("vnu-jar/build/dist/vnu.jar"), "--errors-only", "--format", "gnu", saved];
    return new Promise((resolve) => {
        execFile("java", words, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
            const lines = `${stdout}${stderr}`.split("\n").filter((line) => line.trim() !== "");
            resolve(lines.map((line) => line.replace(/^"?file:.*?(\d{4}\.html)"?:/, (all, file) => `${addresses.get(file)}: `)));
        });
    });
}

// Pictures are fetched by the crawl; decoding each again would only cost time.
const browser = await launch(["--blink-settings=imagesEnabled=false"]);
const waiting = [...readers];
async function worker() {
    for (let reader = waiting.shift(); reader; reader = waiting.shift()) {
        try {
            await read(browser, reader);
        } catch (error) {
            tell(false, `pages: ${reader.name}`, String(error.stack).split("\n").slice(0, 6));
        }
    }
}
await Promise.all(Array.from({ length: atOnce }, worker));
await browser.close();

const html = await nu();
const some = (lines) => [...new Set(lines)].slice(0, 60);
tell(files > 100 && html.length === 0, `pages: the Nu checker finds no error in ${files} pages`, some(html));
tell(wrong.axe.length === 0, "pages: axe finds nothing, desktop and phone, light and dark", some(wrong.axe));
tell(wrong.links.length === 0, "pages: no link is broken", some(wrong.links));
tell(wrong["too wide"].length === 0, "pages: none is wider than a phone", some(wrong["too wide"]));
tell(wrong.keys.length === 0, "pages: the desk names no key that does nothing", some(wrong.keys));
tell(wrong.console.length === 0, "pages: no complaint on the console", some(wrong.console));
tell(wrong["not translated"].length === 0, "pages: no words are missing", some(wrong["not translated"]));
tell(wrong["other language"].length === 0, "pages: each says its language", some(wrong["other language"]));
rmSync(saved, { recursive: true });
finish();
