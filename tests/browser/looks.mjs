// What is wrong with a page as it looks: the rules that axe finds broken, and what is wider than the window.
// Read next: pages.mjs.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { packaged } from "./browser.mjs";

const axe = readFileSync(packaged("axe-core/axe.min.js"), "utf8");

/** Which rules a page breaks. Colours are the slowest rule and the same in each language. */
export async function accessibility(page, rules) {
    if (!(await page.evaluate(() => "axe" in window))) {
        await page.evaluate(axe);
    }
    const { violations } = await page.evaluate((chosen) => {
        // A colour on its way to another is not what anybody reads.
        document.getAnimations().forEach((animation) => animation.finish());
        return window.axe.run({ resultTypes: ["violations"], ...chosen });
    }, rules);
    return violations.map((rule) => {
        const places = rule.nodes.slice(0, 3).map((node) => node.target.join(" "));
        return `${rule.id} at ${places.join(" ; ")}${rule.nodes.length > 3 ? " and more" : ""}`;
    });
}
/** The elements that make a page wider than its window. */
export function tooWide() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
        return null;
    }
    const guilty = [...document.querySelectorAll("main *, header *, footer *")]
        .filter((element) => element.getBoundingClientRect().right > width + 1)
        .slice(-3)
        .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    return `${document.documentElement.scrollWidth} px: ${guilty.join(", ")}`;
}

/** Adds to `faults` what is wrong with this page, on a desktop and on a phone. */
export async function look(page, what, faults) {
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
