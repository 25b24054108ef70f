// An appeal won in the demo world: an order of somebody with the partner's own name is held, Inés reads why and says
// why not, Maren lets it count, and Inés has her reward. What must hold on the way: axe finds nothing on the
// two pages, neither is too wide for a phone, and the business is told on its front page.
// Read next: levels.mjs, ../../src/modules/referrals/stories/appeal.story.
import { finish, launch, tell, Visitor } from "./browser.mjs";
import { look } from "./looks.mjs";

const said = "That is my aunt in Vigo, we have one name.";
const browser = await launch();

/** A form's call by the page's own token, as its scripts would make it. */
async function call(visitor, path, body) {
    return visitor.page.evaluate(
        async ([target, what]) => {
            const token = document.querySelector('input[name="form_token"], input[name="token"]');
            const meta = document.querySelector('meta[name="csrf-token"]');
            const answer = await fetch(target, {
                method: "POST",
                headers: {
                    "Content-Type": "application/json",
                    Accept: "application/json",
                    "X-CSRF-Token": meta?.content ?? token?.value ?? "",
                },
                body: JSON.stringify(what),
            });
            return { status: answer.status, body: await answer.json() };
        },
        [path, body],
    );
}

async function story() {
    const maren = await Visitor.open(browser, "maren");
    const ines = await Visitor.open(browser, "ines");
    await maren.signIn();
    await ines.signIn();

    await maren.go("/biz/programs");
    const told = await call(maren, "/api/v1/referrals/orders", {
        order: {
            number: "AUNT-1",
            placed: new Date().toISOString(),
            mail: "aunt@example.net",
            name: "Inés Otero",
            total: { minor: 20000, currency: "EUR" },
            codes: ["INES"],
            lines: [],
        },
    });
    tell(told.status === 200 && told.body.doubt, "appeal: the order is held", [JSON.stringify(told)]);

    await ines.go("/me/programs");
    await ines.page.locator('main a[href^="/me/programs/rpt_"]', { hasText: "Night trains" }).click();
    await ines.page.waitForLoadState();
    const part = new URL(ines.page.url()).pathname;
    await ines.go(`${part}/doubts`);
    const why = await ines.page.innerText("main");
    tell(why.includes("The customer has 1 of these three in common with you"), "appeal: she reads why", [why]);
    const findings = [];
    await look(ines.page, "her page", findings);
    await ines.page.locator("main details:has(form) summary").first().click();
    await ines.page.locator('textarea[name="said"]').first().fill(said);
    await ines.send('form[action$="/appeal"]');

    await maren.go("/biz");
    const front = await maren.page.innerText("main");
    tell(front.includes("2 partners disagree"), "appeal: the business is told", [front]);
    await maren.page.click('main a[href$="/doubts"]');
    await maren.page.waitForLoadState();
    await look(maren.page, "the business's page", findings);
    tell(findings.length === 0, "appeal: axe finds nothing, and nothing is too wide", findings.map(String));
    const card = maren.page.locator("section.card", { hasText: said });
    await card.locator('textarea[name="answer"]').fill("Greetings to your aunt.");
    await Promise.all([maren.page.waitForEvent("load"), card.locator('button[type="submit"]').first().press("Enter")]);

    await ines.go(`${part}/doubts`);
    const after = await ines.page.innerText("main");
    tell(
        after.includes("Counts after all") && after.includes("Greetings to your aunt."),
        "appeal: she reads that it counts",
        [after],
    );
    await ines.go(part);
    const lines = await ines.page.innerText("main");
    tell(lines.includes("20.00"), "appeal: and has her reward", [lines]);
}

try {
    await story();
} catch (error) {
    tell(false, "appeal", [String(error.stack)]);
}
await browser.close();
finish();
