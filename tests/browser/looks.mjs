// What is wrong with a page as it looks: the rules that axe finds broken, and what is wider than the window.
// Read next: pages.mjs.
import { readFileSync } from "node:fs";

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
