// Finds the pages of a site by following links, a few of each kind, and checks that no link is broken.
// What one page must hold is not known here. Read next: pages.mjs.
import { address } from "./browser.mjs";

const pagesAtMost = 120;

/** The kind of a page: its path without identifiers, and the names in its query. */
export function kind(url) {
    const path = url.pathname
        .split("/")
        .map((part) => (/[0-9]|_/.test(part) || part.includes(".") ? "*" : part))
        .join("/");
    return `${path}?${[...url.searchParams.keys()].sort().join("&")}`;
}

/** Where a page leads: links to follow, and files that it shows and that must be there. */
async function leadsTo(page) {
    const [links, files] = await page.evaluate(() => [
        [...document.querySelectorAll("a[href], link[rel=next][href]")].map((link) => link.href),
        [...document.querySelectorAll("img, source, use, link[rel=stylesheet], script[src]")].flatMap((shown) => {
            const set = shown.srcset?.split(",").map((part) => part.trim().split(" ")[0]) ?? [];
            const one = shown.getAttribute("src") ?? shown.getAttribute("href");
            return [...set, ...(one ? [one] : [])].map((name) => new URL(name, location.href).href);
        }),
    ]);
    const here = (list) => list.map((href) => new URL(href)).filter((url) => url.origin === address);
    return { links: here(links), files: here(files) };
}

function isPage(answer) {
    return (answer.headers()["content-type"] ?? "").startsWith("text/html");
}

/** What changes something when it is fetched, or is good for a time only, is not followed. */
function mayFetch(url) {
    return !url.pathname.startsWith("/language/") && !url.pathname.startsWith("/download/");
}

/**
 * Visits pages from `starts` on, in breadth. Answers the addresses visited in the order in which they
 * were found, the first of each kind of path marked, the links that are broken, and how many were tried.
 *
 *   belongs(url)        whether a page is to be visited; other links are only fetched
 *   ofEach              how many pages of a kind
 *   look(url, answer)   what is done on each page, once it stands there
 */
export async function crawl(visitor, starts, { belongs, ofEach, look }) {
    const waiting = starts.map((path) => new URL(path, address));
    const seen = new Map();
    const fetched = new Set();
    const visited = [];
    const broken = [];
    const fetchOnce = async (from, link) => {
        link.hash = "";
        if (!mayFetch(link) || fetched.has(link.href)) {
            return false;
        }
        fetched.add(link.href);
        const reply = await visitor.page.request.get(link.href);
        const html = isPage(reply);
        if (reply.status() >= 400) {
            broken.push(`${from} leads to ${link.pathname}${link.search}, which answers ${reply.status()}`);
        }
        await reply.dispose();
        return reply.status() < 400 && html;
    };
    while (waiting.length > 0 && visited.length < pagesAtMost) {
        const url = waiting.shift();
        const count = seen.get(kind(url)) ?? 0;
        if (count >= ofEach) {
            continue;
        }
        const answer = await visitor.page.goto(url.href);
        if (!isPage(answer)) {
            continue; // what was being prepared a moment ago is a file by now
        }
        const here = new URL(visitor.page.url());
        if (visited.some((page) => page.url === here.href)) {
            continue;
        }
        seen.set(kind(url), count + 1);
        const path = kind(here).split("?")[0];
        visited.push({ url: here.href, path, first: !visited.some((page) => page.path === path) });
        const { links, files } = await leadsTo(visitor.page);
        await look(here.href, answer);
        for (const file of files) {
            await fetchOnce(here.pathname, file);
        }
        for (const link of links) {
            if ((await fetchOnce(here.pathname, link)) && belongs(link)) {
                waiting.push(link);
            }
        }
    }
    return { visited, broken, links: fetched.size };
}
