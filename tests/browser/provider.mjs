// An account elsewhere, at npm oidc-provider by its own pages: Liv signs up with one, signs in with it, with and
// without script; Bao, who has an account here, connects his after he has signed in as before. axe looks at every
// page met, also at a phone's width.
// Read next: ../oidc/standard.mjs.
import { address, finish, launch, passwordOfAll, signOut, tell, Visitor } from "./browser.mjs";
import { Story } from "./cycle.mjs";
import { look as lookAt } from "./looks.mjs";

const issuer = process.env.CONTRAFLOW_OIDC_1_ISSUER;
const faults = [];
const look = (page, what) => lookAt(page, what, faults);
const start = 'form[action="/sign-in/with/1"] button';

/** Presses a button that leads to the provider, and does there what its pages ask, until they lead back. */
async function goThrough({ page }, button, login) {
    await Promise.all([page.waitForURL((url) => url.origin === issuer || url.searchParams.has("code")), page.click(button)]).catch(() => {});
    while (new URL(page.url()).origin === issuer) {
        const field = page.locator('input[name="login"]');
        if (await field.count()) {
            await field.fill(login);
            await page.locator('input[name="password"]').fill("anything");
        }
        await Promise.all([page.waitForEvent("load"), page.locator('button[type="submit"]').first().click()]);
    }
}
async function arrived({ page }, path) {
    await page.waitForURL((url) => url.origin === address && url.pathname.startsWith(path));
}

const browser = await launch();
const story = new Story("provider");
const liv = await Visitor.open(browser, "liv");
story.visitors.push(liv);

await story.step("the pages to come in have a button for the provider", async () => {
    await liv.go("/sign-up");
    await look(liv.page, "sign up with a provider");
    await liv.page.getByRole("button", { name: "Sign up with Nordkonto" }).waitFor();
    await liv.go("/sign-in");
    await look(liv.page, "sign in with a provider");
});

await story.step("the page between says where it leads", async () => {
    // The provider says nothing new, so that the page stays.
    await liv.page.route(`${issuer}/**`, (route) => route.fulfill({ status: 204 }));
    await liv.page.click(start);
    await liv.page.getByRole("link", { name: "Go on to Nordkonto" }).waitFor();
    await look(liv.page, "on to the provider");
    await liv.page.unroute(`${issuer}/**`);
});

await story.step("signs up with an account there", async () => {
    await liv.go("/sign-in");
    await goThrough(liv, start, "liv");
    await arrived(liv, "/sign-up/with/");
    await look(liv.page, "one more step");
    if ((await liv.page.inputValue("#name")) !== "Name of liv" || (await liv.page.inputValue("#mail")) !== "liv@example.org") {
        throw new Error("the form is not filled in");
    }
    await liv.page.fill("#name", "Liv Sande");
    await liv.send('form[action^="/sign-up/with/"]');
    await arrived(liv, "/me");
    await liv.go("/me/security");
    await look(liv.page, "security with an account elsewhere");
    await liv.page.getByRole("cell", { name: "liv@example.org", exact: true }).waitFor();
});

await story.step("proves by it who she is", async () => {
    await liv.go("/me/prove?next=/me/mail");
    await look(liv.page, "proving by a provider");
    await goThrough(liv, 'form[action="/me/prove/with"] button', "liv");
    await arrived(liv, "/me/mail");
});

await story.step("signs in with it again", async () => {
    await signOut(liv);
    await liv.go("/sign-in");
    await goThrough(liv, start, "liv");
    await arrived(liv, "/me");
});

const plain = await Visitor.open(browser, "plain", { javaScriptEnabled: false });
story.visitors.push(plain);
await story.step("and without script", async () => {
    await plain.go("/sign-in");
    await goThrough(plain, start, "liv");
    await arrived(plain, "/me");
});

const bao = await Visitor.open(browser, "bao");
story.visitors.push(bao);
await story.step("who has an account here is not let in by the provider's word", async () => {
    await bao.go("/sign-in");
    await goThrough(bao, start, "bao");
    await arrived(bao, "/sign-up/with/");
    await bao.page.getByText("an account here has it already").waitFor();
    await look(bao.page, "an address that is somebody's");
    await bao.page.getByRole("link", { name: "Sign in and connect" }).click();
    await arrived(bao, "/sign-in");
});

await story.step("but connects it after signing in as before", async () => {
    await bao.page.fill("#mail", "bao@example.org");
    await bao.page.fill("#password", passwordOfAll);
    await bao.send('form[action="/sign-in"]');
    await arrived(bao, "/me/security/connect/");
    await look(bao.page, "connecting an account");
    await bao.send('form[action^="/me/security/connect/"]');
    await arrived(bao, "/me/security");
    await signOut(bao);
    await bao.go("/sign-in");
    await goThrough(bao, start, "bao");
    await arrived(bao, "/");
    await bao.go("/me/security");
    await bao.page.getByRole("cell", { name: "bao@example.org", exact: true }).waitFor();
});

await story.step("and disconnects it", async () => {
    await bao.send('form[action$="/remove"]');
    await arrived(bao, "/me/security");
    await look(bao.page, "security without an account elsewhere");
});

await story.step("is told when the provider says no", async () => {
    await signOut(bao);
    const answer = await bao.page.goto("/sign-in/with/1/back?error=access_denied&state=invented");
    if (answer.status() !== 410) {
        throw new Error(`it answers ${answer.status()}`);
    }
    await look(bao.page, "a way back that is over");
    bao.complaints = bao.complaints.filter((line) => !line.includes("410"));
});

// What the provider's own pages lack is not ours.
for (const visitor of story.visitors) {
    visitor.complaints = visitor.complaints.filter((line) => !line.startsWith(issuer));
}
await story.end();
tell(faults.length === 0, "provider: axe finds nothing on any page, none is wider than a phone", faults);
await browser.close();
finish();
