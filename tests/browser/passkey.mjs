// An account without a password: Ida signs up with a passkey, adds an app's codes, comes back by the passkey
// alone, loses the device and recovers. Chromium's virtual authenticator stands for the device, and makes
// the real calls of the browser. axe looks at every page met, also at a phone's width.
// Read next: ../../ui/scripts/passkey.js.
import { createHmac } from "node:crypto";
import { join } from "node:path";

import { address, finish, launch, signOut, tell, Visitor } from "./browser.mjs";
import { Story } from "./cycle.mjs";
import { look as lookAt } from "./looks.mjs";
import { mailed } from "../mails.mjs";

// Browsers give passkeys to names only.
const site = address.replace("127.0.0.1", "localhost");
const mail = "ida@example.org";
const password = "a boat on the river";
const faults = [];
const folder = join(process.env.BROWSER_WORLD, "mail");

/** A code of an app with this secret (RFC 6238), some steps of 30 seconds from now. */
function codeOf(base32, steps = 0) {
    const bits = [...base32].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
    const secret = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
    const mac = createHmac("sha1", secret).update(counter).digest();
    const offset = mac[19] & 15;
    return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, "0");
}

const look = (page, what) => lookAt(page, what, faults);

/** Presses a button whose form a passkey signs, and waits for the page after it. */
async function bySigning(page, button, path) {
    await page.locator(`${button}:not([hidden])`).waitFor();
    await page.click(button);
    await page.waitForURL((url) => url.pathname === path);
}

const device = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
};

const browser = await launch();
const story = new Story("passkey");
const ida = await Visitor.open(browser, "ida", { baseURL: site });
story.visitors.push(ida);
const { page } = ida;
const cdp = await ida.context.newCDPSession(page);
await cdp.send("WebAuthn.enable");
let { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: device });
let secret = "";
let recovery = [];
let lost = [];

await story.step("signs up with a passkey in place of a password", async () => {
    await ida.go("/sign-up");
    await look(page, "sign up");
    await page.fill("#name", "Ida Holm");
    await page.fill("#mail", mail);
    await bySigning(page, 'button[data-passkey="create"]', "/me");
    ({ credentials: lost } = await cdp.send("WebAuthn.getCredentials", { authenticatorId }));
    if (lost.length !== 1 || !lost[0].isResidentCredential || lost[0].rpId !== "localhost") {
        throw new Error(`the authenticator keeps ${JSON.stringify(lost)}`);
    }
    await ida.go("/me/security");
    await look(page, "security with a passkey");
    await ida.go("/me/password");
    await look(page, "first password");
});

await story.step("confirms her mail address", async () => {
    const [link] = (await mailed(folder, mail, "Confirm your mail address")).match(/http\S+\/mail\/[\w-]+/);
    await ida.go(new URL(link).pathname);
    await look(page, "confirm the mail address");
    await ida.send('form[action^="/mail/"]');
    await ida.go("/me/mail");
    await look(page, "change the mail address");
    await ida.go("/me/security");
    await page.getByText("Confirmed", { exact: true }).waitFor();
});

await story.step("adds the codes of an app", async () => {
    await ida.send('form[action="/me/security/code/begin"]');
    secret = (await page.innerText("#secret")).replaceAll(" ", "");
    await look(page, "setting up an app");
    await page.fill("#code", codeOf(secret));
    await ida.send('form[action="/me/security/code"]');
    recovery = (await page.innerText("main")).match(/\b[a-z2-7]{4}(-[a-z2-7]{4}){3}\b/g);
    if (recovery?.length !== 10) {
        throw new Error("there are not ten recovery codes");
    }
    await look(page, "recovery codes");
});

await story.step("is offered the passkey where the browser fills in the mail address", async () => {
    await signOut(ida);
    await page.goto("/sign-in", { waitUntil: "commit" });
    await page.waitForURL((url) => url.pathname === "/me");
});

await story.step("comes back by the passkey alone: no mail address, no code", async () => {
    await signOut(ida);
    // What waits in the mail field must not answer in her place.
    await page.addInitScript(() => { PublicKeyCredential.isConditionalMediationAvailable = async () => false; });
    await ida.go("/sign-in");
    await look(page, "sign in");
    if ((await page.getAttribute("#mail", "autocomplete")) !== "username webauthn") {
        throw new Error("the mail field offers no passkeys");
    }
    await bySigning(page, 'button[data-passkey="get"]', "/me");
});

await story.step("proves by the passkey who she is", async () => {
    await ida.go("/me/prove?next=/me/security");
    await look(page, "proving again");
    await bySigning(page, 'button[data-passkey="get"]', "/me/security");
});

await story.step("loses the device, and nothing is signed", async () => {
    await signOut(ida);
    await cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    ({ authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: device }));
    await ida.go("/sign-in");
    await page.click('button[data-passkey="get"]');
    await page.getByText("Nothing was signed").waitFor({ timeout: 60000 });
    await look(page, "sign in without a device");
});

await story.step("gets in by a link from her mail and a recovery code", async () => {
    await ida.go("/password");
    await page.fill("#mail", mail);
    await ida.send('form[action="/password"]');
    const [link] = (await mailed(folder, mail, "Set a new password")).match(/http\S+\/password\/[\w-]+/);
    await ida.go(new URL(link).pathname);
    await look(page, "new password");
    await page.fill("#password", password);
    await Promise.all([page.waitForURL("**/sign-in/code**"), page.press("#password", "Enter")]);
    await look(page, "code at sign-in");
    await page.fill("#code", recovery[0]);
    await Promise.all([page.waitForURL("**/me/security**"), page.press("#code", "Enter")]);
    await mailed(folder, mail, "A recovery code was used");
});

await story.step("removes the lost passkey, which then opens nothing", async () => {
    await ida.send('form[action$="/remove"]');
    await mailed(folder, mail, "A passkey was removed");
    await signOut(ida);
    await cdp.send("WebAuthn.addCredential", { authenticatorId, credential: lost[0] });
    await ida.go("/sign-in");
    await page.click('button[data-passkey="get"]');
    await page.getByText("It was removed, or belongs to another account.").first().waitFor();
    await look(page, "a passkey that was removed");
    ida.complaints = ida.complaints.filter((line) => !line.includes("401") && !line.includes("422"));
});

await story.step("makes a new one on the new device", async () => {
    await page.fill("#mail", mail);
    await page.fill("#password", password);
    await Promise.all([page.waitForURL("**/sign-in/code**"), page.press("#password", "Enter")]);
    await page.fill("#code", codeOf(secret, 1));
    await Promise.all([page.waitForURL((url) => url.pathname === "/me"), page.press("#code", "Enter")]);
    await ida.go("/me/security/passkeys/new");
    await look(page, "new passkey");
    await page.fill("#passkey_name", "New phone");
    await bySigning(page, 'button[data-passkey="create"]', "/me/security");
    await page.getByText("New phone").first().waitFor();
    await mailed(folder, mail, "A passkey was added: New phone");
});

await story.end();

// A browser without passkeys, and one at another address: the pages are as before.
const old = await Visitor.open(browser, "old", { baseURL: site });
await old.page.addInitScript(() => { delete window.PublicKeyCredential; });
const elsewhere = await Visitor.open(browser, "elsewhere");
for (const [visitor, what] of [[old, "without passkeys"], [elsewhere, "at another address"]]) {
    await visitor.go("/sign-up");
    const shown = await visitor.page.locator("[data-passkey]:visible, [data-passkey-note]:visible").count();
    tell(shown === 0 && visitor.complaints.length === 0, `passkey: hidden in a browser ${what}`, visitor.complaints);
}
tell(faults.length === 0, "passkey: axe finds nothing on any page, none is wider than a phone", faults);
await browser.close();
finish();
