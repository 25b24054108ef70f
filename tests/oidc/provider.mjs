// npm oidc-provider with one client, in which everybody has an account under the name they type.
//
// It must not know what is tested. Read next: standard.mjs, ../browser/provider.mjs.
import { createRequire } from "node:module";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What answers requests of an HTTP server that listens at `issuer`. `ways` gives the client's redirect URIs, once
 * they are known. */
export async function standardProvider(packages, issuer, secret, ways) {
    // It has advice for who would run it for real.
    console.info = () => {};
    console.warn = () => {};
    const require = createRequire(join(packages, "package.json"));
    const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));
    const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
    let answer;
    const make = () =>
        new Provider(issuer, {
            clients: [{ client_id: "contraflow", client_secret: secret, redirect_uris: ways() }],
            claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
            cookies: { keys: ["of a test"] },
            jwks: { keys: [{ ...key, alg: "RS256", use: "sig", kid: "of-a-test" }] },
            pkce: { required: () => true },
            findAccount: (context, id) => ({
                accountId: id,
                claims: () => ({ sub: id, name: `Name of ${id}`, email: `${id}@example.org`, email_verified: true }),
            }),
        }).callback();
    return (request, response) => {
        answer ??= make();
        return answer(request, response);
    };
}
