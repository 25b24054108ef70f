// A dialog over somebody else's page with a page of ours in a frame, which that page can't read.
//
// The frame is fetched when the dialog is first opened. Where it may not be shown, or nothing comes, the dialog
// says so and leads to a page of its own. Styles are constructed and stand in a shadow root. It must not know
// what opens it or what the frame asks. Next: ../../scripts/frame.js, which is inside the frame.

// Milliseconds until a frame that says nothing counts as failed: from the start, and once it is loaded.
const PATIENCE = 10000;
const REFUSED = 1000;

export const DIALOG = `
:host { all: initial; }
.tab, dialog {
    --ground: #15181a; --on: #fff; --page: #fff; --ink: #15181a; --line: #8a9194; --soft: #454c4f; --ring: #15181a;
    font: 600 15px/1.4 system-ui, sans-serif; color-scheme: light;
}
.dark { --ground: #f1f3f0; --on: #15181a; --page: #16191a; --ink: #f1f3f0; --line: #6b7375; --soft: #b7bdbd;
    --ring: #ffc445; color-scheme: dark; }
.saffron { --ground: #ffb91a; --on: #15181a; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; }
dialog {
    position: fixed; inset: auto 16px 16px auto; box-sizing: border-box; width: min(400px, 100vw - 32px);
    max-width: none; height: min(720px, 100dvh - 32px); max-height: none; margin: 0; padding: 0; overflow: hidden;
    border: 1px solid var(--line); border-radius: 12px; background: var(--page); color: var(--ink);
}
dialog.left { inset: auto auto 16px 16px; }
dialog[open] { display: flex; flex-direction: column; }
dialog:has(.failed:not([hidden])) { height: auto; }
dialog::backdrop { background: rgb(14 16 17 / 50%); }
.head { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 8px 8px 0 24px; }
h2 { margin: 0; font: inherit; overflow-wrap: anywhere; }
.close {
    min-width: 42px; min-height: 42px; padding: 0 12px; border: 0; border-radius: 8px; background: none;
    color: inherit; cursor: pointer; font: inherit;
}
iframe { flex: 1; min-height: 0; width: 100%; border: 0; background: var(--page); }
.failed { flex: 1; margin: 0; padding: 24px; font-weight: 400; }
a { display: block; padding: 8px 24px 14px; color: var(--soft); font-size: 14px; font-weight: 400; }
[hidden] { display: none; }
@media (max-width: 480px) {
    dialog, dialog.left { inset: auto 0 0; width: 100vw; border-radius: 12px 12px 0 0; }
}
`;

/** How bright a colour as computed is, 0 to 1; null when it is see-through. */
function brightness(colour) {
    const [red, green, blue, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return alpha < 0.5 || blue === undefined ? null : (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

/** Whether the page around is dark, by what it shows. */
export function isDark() {
    for (const element of [document.body, document.documentElement]) {
        const bright = brightness(getComputedStyle(element).backgroundColor);
        if (bright !== null) {
            return bright < 0.4;
        }
    }
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    return scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
}

export function made(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
}

/** Once the page around is read. */
export function ready() {
    return document.readyState === "loading"
        ? new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }))
        : null;
}

/**
 * The dialog, in an element `name` that is still to be put into the page: `says` is its headline, `words` are
 * those of the loader's table (close, its own page, failed), `path` and `query` what the frame shows, `own` where
 * the link below it leads.
 */
export function makeDialog({ name, site, language, says, words, style, kind, path, query, own }) {
    const [closing, ownPage, failing] = words;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    const host = document.createElement(name);
    host.lang = language;
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    const close = made("button", { type: "button", className: "close" }, closing);
    const failed = made("p", { className: "failed", hidden: true }, failing);
    const link = made("a", { href: own, target: "_blank", rel: "noopener" }, ownPage);
    const head = made("div", { className: "head" }, made("h2", { id: "says" }, says), close);
    const dialog = made("dialog", {}, head, failed, link);
    dialog.setAttribute("aria-labelledby", "says");
    let frame = null;
    let spoken = false;

    function fail() {
        if (!spoken) {
            frame.hidden = true;
            failed.hidden = false;
        }
    }

    function say(what) {
        frame.contentWindow.postMessage({ contraflow: what }, site);
    }

    function hear(event) {
        if (event.source !== frame?.contentWindow || event.origin !== site) {
            return;
        }
        if (event.data?.contraflow === "ready") {
            spoken = true;
            frame.hidden = false;
            failed.hidden = true;
            if (dialog.open) {
                frame.focus();
                say("focus");
            }
        } else if (event.data?.contraflow === "close") {
            dialog.close();
        }
    }

    function fetchFrame(dark) {
        const asked = new URLSearchParams({ origin: location.origin, language, theme: dark ? "dark" : "light", ...query });
        frame = made("iframe", { title: says, referrerPolicy: "no-referrer", src: `${site}${path}?${asked}` });
        addEventListener("message", hear);
        document.addEventListener("securitypolicyviolation", (event) => event.blockedURI.startsWith(site) && fail());
        setTimeout(fail, PATIENCE);
        // What the browser puts in the place of a frame that it refuses is loaded, too, and says nothing.
        frame.addEventListener("load", () => setTimeout(fail, REFUSED));
        failed.before(frame);
    }

    function show() {
        const dark = isDark();
        dialog.className = [...kind, ...(dark ? ["dark"] : [])].join(" ");
        dialog.showModal();
        if (frame === null) {
            fetchFrame(dark);
        } else if (spoken) {
            frame.focus();
            say("focus");
        }
    }

    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    shadow.append(dialog);
    return { host, dialog, show };
}
