// An app of a third party, played by npm's oauth4webapi, which refuses answers that leave the standards: from
// discovery to revocation, with a secret and without, and what must be refused.
//
//   node story.mjs SITE
//
// SITE is a server with the demo world; APPS_PACKAGES says where npm put the library. Prints TAP lines. Must
// not know: how the program keeps anything. Read next: tests/run_apps.sh.
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const site = process.argv[2];
const oauth = await import(pathToFileURL(join(process.env.APPS_PACKAGES, "node_modules/oauth4webapi/build/index.js")));
const insecure = { [oauth.allowInsecureRequests]: true }; // this machine has no TLS

let failed = 0;
async function tell(name, act) {
    try {
        await act();
        console.log(`ok apps: ${name}`);
    } catch (error) {
        console.log(`not ok apps: ${name}`);
        String(error.stack ?? error).split("\n").slice(0, 8).forEach((line) => console.log(`# ${line}`));
        if (error.cause) {
            console.log(`# ${JSON.stringify(error.cause).slice(0, 400)}`);
        }
        failed += 1;
    }
}
function must(holds, what) {
    if (!holds) {
        throw new Error(what);
    }
}

// ---- people with a browser -------------------------------------------------------------------------

class Browser {
    jar = new Map();

    async send(path, form) {
        const answer = await fetch(new URL(path, site), {
            method: form ? "POST" : "GET",
            redirect: "manual",
            headers: {
                accept: "text/html",
                cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join("; "),
                ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
            },
            body: form,
        });
        for (const line of answer.headers.getSetCookie()) {
            const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
            this.jar.set(name, value);
        }
        return answer;
    }

    /** Fills in the form on a page that is sent to `action`: what is hidden or ticked there, and `more`. */
    async fill(page, action, more) {
        const html = await (await this.send(page)).text();
        const form = html.split("<form").find((part) => part.includes(`action="${action}"`)) ?? "";
        const fields = new URLSearchParams();
        for (const [, name, value] of form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
            fields.set(name, value.replaceAll("&amp;", "&"));
        }
        const chosen = form.match(/name="acts_for" value="([^"]+)" checked/);
        if (chosen) {
            fields.set("acts_for", chosen[1]);
        }
        more.forEach(([name, value]) => (name === "scopes" ? fields.append(name, value) : fields.set(name, value)));
        return this.send(action, fields);
    }

    static async of(name) {
        const browser = new Browser();
        await browser.fill("/sign-in", "/sign-in", [["mail", `${name}@example.org`], ["password", "contraflow"]]);
        return browser;
    }
}

const maren = await Browser.of("maren");
const ines = await Browser.of("ines");

// ---- an app ----------------------------------------------------------------------------------------

const back = "https://app.example/back?from=contraflow";
const loop = "http://127.0.0.1/back";
async function register(name, confidential) {
    const made = await maren.fill("/biz/apps", "/biz/apps", [
        ["name", name], ["website", "https://app.example"], ["redirects", `${back}\n${loop}`],
        ["scopes", "people.read"], ["scopes", "stock.read"], ["confidential", confidential ? "on" : ""],
    ]);
    const html = await made.text();
    return {
        client: { client_id: html.match(/app_[0-9A-Z]{13}/)[0] },
        secret: html.match(/cf_secret_[0-9A-Za-z]{38}/)?.[0],
    };
}

/** Sends somebody to allow it, and hands over where they come back. */
async function consent(who, server, client, { redirect = back, verifier, state, scope = "people.read", more = [] }) {
    const url = new URL(server.authorization_endpoint);
    url.search = new URLSearchParams({
        response_type: "code", client_id: client.client_id, redirect_uri: redirect, scope, state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256",
    });
    const answer = await who.fill(url.pathname + url.search, "/oauth/authorize", [["answer", "allow"], ...more]);
    must(answer.status === 303, `consent answers ${answer.status}`);
    return new URL(answer.headers.get("location"));
}

async function whole(server, app, method, redirect = back) {
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const url = await consent(ines, server, app.client, { redirect, verifier, state });
    const answer = oauth.validateAuthResponse(server, app.client, url, state);
    const response = await oauth.authorizationCodeGrantRequest(
        server, app.client, method, answer, redirect, verifier, insecure);
    return oauth.processAuthorizationCodeResponse(server, app.client, response);
}

async function refreshed(server, app, method, token) {
    const response = await oauth.refreshTokenGrantRequest(server, app.client, method, token, insecure);
    return oauth.processRefreshTokenResponse(server, app.client, response);
}

const call = (token, path = "/api/v1/me") =>
    fetch(site + path, { headers: { accept: "application/json", authorization: `Bearer ${token}` } });

async function refusedWith(error, act) {
    try {
        await act();
    } catch (thrown) {
        must(thrown.error === error, `${thrown.error ?? thrown} instead of ${error}`);
        return;
    }
    throw new Error(`nothing instead of ${error}`);
}

// ---- the story -------------------------------------------------------------------------------------

let server;
let planner;
let pocket;
let first;
await tell("an app finds its way from the site's address alone", async () => {
    const issuer = new URL(site);
    const response = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
    server = await oauth.processDiscoveryResponse(issuer, response);
    must(server.code_challenge_methods_supported.includes("S256"), "no PKCE");
    must(server.authorization_response_iss_parameter_supported, "no iss");
});
await tell("a business registers apps with a secret and without", async () => {
    planner = await register("Planner", true);
    pocket = await register("Pocket planner", false);
    must(planner.secret && !pocket.secret, "a secret too few or too many");
});
await tell("a person allows one: client_secret_basic", async () => {
    first = await whole(server, planner, oauth.ClientSecretBasic(planner.secret));
    must(first.expires_in === 3600 && first.scope === "people.read", JSON.stringify(first));
    const answer = await call(first.access_token);
    must(answer.status === 200 && (await answer.json()).mail === "ines@example.org", `the API answers ${answer.status}`);
    must((await call(first.access_token, "/api/v1/me/collections")).status === 403, "more than was allowed");
});
await tell("client_secret_post, and none on a loopback port of the day", async () => {
    const posted = await whole(server, planner, oauth.ClientSecretPost(planner.secret));
    must((await call(posted.access_token)).status === 200, "posted");
    const listener = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => listener.once("listening", done));
    const redirect = `http://127.0.0.1:${listener.address().port}/back`;
    const none = await whole(server, pocket, oauth.None(), redirect);
    listener.close();
    must((await call(none.access_token)).status === 200, "none");
});
await tell("the next pair takes the place of the one before", async () => {
    const basic = oauth.ClientSecretBasic(planner.secret);
    const second = await refreshed(server, planner, basic, first.refresh_token);
    must((await call(second.access_token)).status === 200, "the new one is no good");
    must((await call(first.access_token)).status === 401, "the one before is still good");
    await refusedWith("invalid_grant", () => refreshed(server, planner, basic, first.refresh_token));
    must((await call(second.access_token)).status === 401, "access goes on after a token came twice");
});
await tell("a code twice, a wrong verifier and a wrong secret are refused", async () => {
    const basic = oauth.ClientSecretBasic(planner.secret);
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const url = await consent(ines, server, planner.client, { verifier, state });
    const answer = oauth.validateAuthResponse(server, planner.client, url, state);
    const redeem = async (method, proof) => oauth.processAuthorizationCodeResponse(server, planner.client,
        await oauth.authorizationCodeGrantRequest(server, planner.client, method, answer, back, proof, insecure));
    await refusedWith("invalid_grant", () => redeem(basic, oauth.generateRandomCodeVerifier()));
    await redeem(oauth.ClientSecretBasic(`${planner.secret.slice(0, -1)}!`), verifier).then(
        () => must(false, "a wrong secret will do"),
        (error) => must(/401|invalid_client|challenge/i.test(`${error} ${error.error} ${JSON.stringify(error.cause)}`), error));
    const token = await redeem(basic, verifier);
    await refusedWith("invalid_grant", () => redeem(basic, verifier));
    must((await call(token.access_token)).status === 401, "access goes on after a code came twice");
});
await tell("a refusal comes back as access_denied, with state and iss", async () => {
    const verifier = oauth.generateRandomCodeVerifier();
    const url = await consent(ines, server, pocket.client, { verifier, state: "s", more: [["answer", "refuse"]] });
    try {
        oauth.validateAuthResponse(server, pocket.client, url, "s");
    } catch (error) {
        must(error.error === "access_denied", String(error));
        return;
    }
    throw new Error("no error");
});
await tell("for a business it acts with what its person may there", async () => {
    const verifier = oauth.generateRandomCodeVerifier();
    const page = await (await maren.send("/biz/apps")).text();
    must(page.includes("Planner"), "its own apps are not listed");
    const url = await consent(maren, server, planner.client, { verifier, state: "s" });
    const response = await oauth.authorizationCodeGrantRequest(server, planner.client,
        oauth.ClientSecretBasic(planner.secret), oauth.validateAuthResponse(server, planner.client, url, "s"), back,
        verifier, insecure);
    const token = await oauth.processAuthorizationCodeResponse(server, planner.client, response);
    must((await call(token.access_token, "/api/v1/members")).status === 200, "no members");
    must((await call(token.access_token)).status === 403, "it is somebody on the person's own side");
});
await tell("a token is given back", async () => {
    const token = await whole(server, pocket, oauth.None());
    const response = await oauth.revocationRequest(server, pocket.client, oauth.None(), token.refresh_token, insecure);
    await oauth.processRevocationResponse(response);
    must((await call(token.access_token)).status === 401, "it is still good");
});
await tell("a person ends access on their page", async () => {
    const token = await whole(server, pocket, oauth.None());
    const html = await (await ines.send("/me/apps")).text();
    const [action] = html.match(/\/me\/apps\/gnt_[0-9A-Z]+\/end/);
    await ines.fill("/me/apps", action, []);
    must((await call(token.access_token)).status === 401, "it is still good");
});
process.exitCode = failed > 0 ? 1 : 0;
