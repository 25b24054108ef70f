// Passkeys (Web Authentication Level 2): a button whose form is signed by a passkey before it is sent.
//
//   <form method="post" action="..."> ... <p data-passkey-said role="status"></p>
//     <button hidden type="submit" data-passkey="get" data-ask="/..." data-origin="https://..."
//             data-word-failed="..." data-word-broken="...">
//
// data-passkey is "get" (sign with one) or "create" (make one), data-ask where the server says what is
// to be signed, data-verify asks for finger, face or PIN, data-quiet also offers passkeys where the
// browser fills in the mail address. The answer goes along in the form's hidden fields. The button
// stays hidden in a browser that has no passkeys, and on any other address than data-origin.

const RENEW = 4 * 60 * 1000; // a question is good for five minutes

let quiet = null; // the offer that waits in the mail field; only one question at a time

function encode(buffer) {
    const letters = btoa(String.fromCharCode(...new Uint8Array(buffer)));
    return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text) {
    const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** A refusal by the server, in its words. */
class Refused extends Error {
    constructor(problem) {
        super(problem.errors?.map((error) => error.message).join(" ") || problem.detail || problem.title);
        this.type = problem.type ?? "";
        this.field = problem.errors?.[0]?.field;
    }
}

async function ask(button) {
    const body = new URLSearchParams();
    for (const name of ["token", "name", "mail"]) {
        const field = button.form.elements.namedItem(name);
        if (field) {
            body.set(name, field.value);
        }
    }
    const answer = await fetch(button.dataset.ask, {
        method: "POST", body, headers: { Accept: "application/json" },
    });
    const read = await answer.json();
    if (!answer.ok) {
        throw new Refused(read);
    }
    return read;
}

function named(credentials) {
    return credentials.map((id) => ({ type: "public-key", id: decode(id) }));
}

async function make(question) {
    const { response } = await navigator.credentials.create({
        publicKey: {
            challenge: decode(question.challenge),
            rp: { id: question.host, name: question.site },
            user: {
                id: new TextEncoder().encode(question.owner),
                name: question.mail,
                displayName: question.name,
            },
            pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
            excludeCredentials: named(question.known),
            authenticatorSelection: { residentKey: "required", requireResidentKey: true },
            timeout: question.life,
            attestation: "none",
        },
    });
    return { said: encode(response.clientDataJSON), passkey: encode(response.getAuthenticatorData()) };
}

async function sign(question, verify, offer) {
    const { id, response } = await navigator.credentials.get({
        ...offer,
        publicKey: {
            challenge: decode(question.challenge),
            rpId: question.host,
            allowCredentials: named(question.known),
            userVerification: verify ? "required" : "preferred",
            timeout: question.life,
        },
    });
    return {
        credential: id,
        said: encode(response.clientDataJSON),
        passkey: encode(response.authenticatorData),
        signature: encode(response.signature),
        owner: response.userHandle ? new TextDecoder().decode(response.userHandle) : "",
    };
}

function send(button, fields) {
    for (const [name, value] of Object.entries(fields)) {
        button.form.elements.namedItem(name).value = value;
    }
    button.form.requestSubmit(button);
}

/** Says what went wrong beside the button. */
function tell(button, error) {
    if (error instanceof Refused && error.type.endsWith("/web.prove")) {
        location.reload(); // which asks who it is, and comes back
        return;
    }
    const said = button.form.querySelector("[data-passkey-said]");
    const cancelled = error instanceof DOMException;
    said.textContent = error instanceof Refused
        ? error.message
        : button.dataset[cancelled ? "wordFailed" : "wordBroken"];
    button.form.elements.namedItem(error.field ?? "")?.focus();
}

async function press(button) {
    quiet?.abort("pressed");
    button.disabled = true;
    try {
        const question = await ask(button);
        const fields = button.dataset.passkey === "create"
            ? await make(question)
            : await sign(question, "verify" in button.dataset);
        button.disabled = false;
        send(button, fields);
    } catch (error) {
        button.disabled = false;
        tell(button, error);
    }
}

/** Passkeys among what the browser fills into the mail field, for as long as the page is open. */
async function offerQuietly(button) {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) {
        return;
    }
    while (quiet === null || quiet.signal.reason === "renew") {
        quiet = new AbortController();
        const { signal } = quiet;
        const timer = setTimeout((offer) => offer.abort("renew"), RENEW, quiet);
        try {
            send(button, await sign(await ask(button), false, { mediation: "conditional", signal }));
            return;
        } catch {
            // Nobody took it up: the button is still there.
        } finally {
            clearTimeout(timer);
        }
    }
}

function usable(button) {
    return "PublicKeyCredential" in window && location.origin === button.dataset.origin &&
        (button.dataset.passkey === "get" ||
            "getAuthenticatorData" in (window.AuthenticatorAttestationResponse?.prototype ?? {}));
}

export function enablePasskeys(page) {
    for (const button of page.querySelectorAll("button[data-passkey]")) {
        if (!usable(button)) {
            continue;
        }
        button.hidden = false;
        for (const note of page.querySelectorAll("[data-passkey-note]")) {
            note.hidden = false;
        }
        button.addEventListener("click", (event) => {
            event.preventDefault();
            press(button);
        });
        if ("quiet" in button.dataset) {
            offerQuietly(button);
        }
    }
}
