// Values that are good in the demo world, for those that call operations without knowing any: keys of its
// people, the ids that were read on the way, and the document's own examples with these ids in them.
//
// Read next: prism.mjs, contract.mjs.

/** Who calls: by mail name, with the page where keys are made and a name that tells. */
export const callers = [
    { mail: "ines", page: "/me/keys", name: "ines" },
    { mail: "maren", page: "/biz/keys", name: "maren's business" },
    { mail: "sam", page: "/me/keys", name: "sam" },
];

/** A key of somebody, made as a person makes it: signed in, over the page's form. */
export async function keyOf(site, { mail, page }) {
    const jar = new Map();
    const send = async (path, body) => {
        const answer = await fetch(site + path, {
            method: body ? "POST" : "GET",
            redirect: "manual",
            headers: {
                cookie: [...jar].map(([key, value]) => `${key}=${value}`).join("; "),
                ...(body ? { "content-type": "application/x-www-form-urlencoded" } : {}),
            },
            body,
        });
        for (const line of answer.headers.getSetCookie()) {
            const [, key, value] = line.match(/^([^=]+)=([^;]*)/);
            jar.set(key, value);
        }
        return answer.text();
    };
    const token = (html) => html.match(/name="token" value="([^"]+)"/)[1];
    const form = token(await send("/sign-in"));
    await send("/sign-in", new URLSearchParams({ token: form, mail: `${mail}@example.org`, password: "contraflow" }));
    const html = await send(page);
    const body = new URLSearchParams({ token: token(html), once: `values-${Date.now()}`, name: "values" });
    for (const [, scope] of html.matchAll(/name="scopes" value="([^"]+)"/g)) {
        body.append("scopes", scope);
    }
    const made = await send(page, body);
    return made.match(/cf_live_[0-9A-Za-z]{38}/)[0];
}

/** Whether a key may call it, with what JSON can say. */
export const takesKey = (operation) => operation.security.some((way) => way.key);
export const takesFiles = (operation) => operation.requestBody?.content["multipart/form-data"] !== undefined;

export class Ids {
    known = new Map(); // of a kind, newest last

    learn(text) {
        for (const [id, prefix] of text.matchAll(/\b([a-z]{3})_[0-9A-HJKMNP-TV-Z]{13}\b/g)) {
            const of = this.known.get(prefix) ?? [];
            if (!of.includes(id) && of.length < 20) {
                this.known.set(prefix, [...of, id]);
            }
        }
    }

    has(id) {
        return this.known.get(id.slice(0, 3))?.includes(id) ?? false;
    }

    /** One of a kind; another `turn`, another one. */
    some(prefix, turn) {
        const of = this.known.get(prefix) ?? [];
        return of[turn % of.length];
    }

    /** Values to try for the parameters of a path: `most` that are there, or one that is not. */
    pathsOf(path, operation, most = 3) {
        let tries = [{}];
        for (const parameter of operation.parameters.filter((one) => one.in === "path")) {
            const prefix = parameter.schema.pattern?.match(/^\^([a-z]+)_/)?.[1];
            const known = prefix ? (this.known.get(prefix) ?? []).slice(-most) : [];
            const values = known.length > 0 ? known : [prefix ? `${prefix}_01ARZ3NDEKTSV` : (parameter.schema.enum?.[0] ?? "photos")];
            tries = tries.flatMap((one) => values.map((value) => ({ ...one, [parameter.name]: value })));
        }
        return tries.slice(0, most).map((values) => ({ values, path: path.replace(/\{(\w+)\}/g, (_, name) => values[name]) }));
    }
}

/** What a query must say, by name. */
export function queryOf(operation) {
    const query = {};
    for (const parameter of operation.parameters.filter((one) => one.in === "query" && one.required)) {
        query[parameter.name] = String(parameter.schema.enum?.[0] ?? parameter.schema.examples?.[0] ?? "a");
    }
    return query;
}

/** The document's example of a body; undefined: it takes none. */
export const bodyOf = (operation) => operation.requestBody?.content["application/json"]?.example;
