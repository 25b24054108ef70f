// Recruiting in the demo world: Sam says who follows him and may be found, Maren looks for people with reach and invites
// him with an offer, he names another rate, she agrees, and only then he has a link. axe looks at every page met, on a
// desktop and on a phone. Read next: levels.mjs, ../../src/modules/referrals/stories/recruit.story.
import { finish, launch, tell, Visitor } from "./browser.mjs";
import { Story } from "./cycle.mjs";
import { look } from "./looks.mjs";

const faults = [];
const browser = await launch();
const story = new Story("invite");
const sam = await Visitor.open(browser, "sam");
const maren = await Visitor.open(browser, "maren");
story.visitors.push(sam, maren);
let part = "";

function must(holds, what) {
    if (!holds) {
        throw new Error(what);
    }
}

await story.step("Sam says who follows him", async () => {
    await sam.signIn();
    await sam.go("/me/sharing");
    await look(sam.page, "an empty profile", faults);
    await sam.page.fill("#name", "Sam by the sea");
    await sam.page.fill("#about", "Harbours and the trains that go there.");
    await sam.page.locator('input[name="topics"][value="nature"]').check();
    await sam.page.fill("#language_1", "en");
    await sam.page.fill("#country_1", "Atlantis");
    await sam.page.selectOption("#kind_1", "newsletter");
    await sam.page.fill("#address_1", "https://sea.example/");
    await sam.page.fill("#reach_1", "52000");
    await sam.page.locator('input[name="shown"]').check();
    await sam.page.locator('form[action="/me/sharing"] button[type="submit"]').last().click();
    await sam.page.locator("#country_1-error").waitFor();
    await look(sam.page, "a country that there is not", faults);
    must((await sam.page.inputValue("#country_1")) === "Atlantis", "what was typed is lost");
    sam.complaints = sam.complaints.filter((line) => !line.includes("422")); // which is what was asked for
    await sam.page.fill("#country_1", "Denmark");
    await sam.send('form[action="/me/sharing"]');
    await sam.go("/me/sharing");
    must((await sam.page.inputValue("#language_1")) === "English", "the language is not said by its name");
    must((await sam.page.inputValue("#kind_1")) === "newsletter", "the kind is not kept");
    must((await sam.page.inputValue("#reach_1")) === "52000", "the reach is not kept");
    must((await sam.page.inputValue("#reach_2")) === "", "a channel that is not there reaches somebody");
});

await story.step("Maren finds and invites him", async () => {
    await maren.signIn();
    await maren.go("/biz/sharers?topic=food&least=9000000");
    await look(maren.page, "nobody found", faults);
    await maren.go("/biz/sharers?topic=nature&least=50000");
    await look(maren.page, "people with reach", faults);
    await maren.page.getByRole("link", { name: "Sam by the sea" }).click();
    await maren.page.waitForLoadState();
    await look(maren.page, "somebody with reach", faults);
    await maren.page.fill("#percent", "12");
    await maren.page.fill("#words", "Our night trains go where you write of.");
    await maren.send('form[action^="/biz/sharers/shr_"]');
    part = /rpt_\w+/.exec(maren.page.url())[0];
});

await story.step("he wants another rate, and has no link yet", async () => {
    await sam.go(`/me/programs/${part}`);
    await look(sam.page, "an invitation", faults);
    must((await sam.page.locator("#own-link").count()) === 0, "there is a link before he said yes");
    await sam.page.locator("details:has(form[action$='/counter']) summary").first().click();
    await sam.page.locator('form[action$="/counter"] input[name="percent"]').fill("15");
    await sam.send('form[action$="/counter"]');
});

await story.step("she agrees, and he has his link", async () => {
    await maren.go(`/biz/partners/${part}/offers`);
    await look(maren.page, "what he wants instead", faults);
    await maren.send('form[action$="/take"]');
    await sam.go(`/me/programs/${part}`);
    await look(sam.page, "a partner's page after an invitation", faults);
    must((await sam.page.locator("#own-link").innerText()).includes("/r/"), "there is no link");
});

tell(faults.length === 0, "invite: axe finds nothing, and nothing is too wide", faults);
await story.end();
await browser.close();
finish();
