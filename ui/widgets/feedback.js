// A tab at the side of a page that opens a form to write to a business.
//
//   <a href="https://market.example/feedback/pty_...">Feedback</a>
//   <script src="https://market.example/w/1.js" data-business="pty_..." data-widget="feedback" async></script>
//
// data-side: left or right; data-tone: ink or saffron. The link is the page without script; the tab takes its
// words and its place stays empty, so nothing moves. What is typed stands in a frame of ours, which this page
// can't read, and is fetched when the tab is first opened. Styles are constructed, so that a content
// security policy needs to allow nothing but our address for script-src and frame-src.
// It must not know what the form asks. Next: ../scripts/frame.js, which is inside the frame.

// Milliseconds until a frame that says nothing counts as failed: from the start, and once it is loaded.
const PATIENCE = 10000;
const REFUSED = 1000;

const STYLE = `
:host { all: initial; }
.tab, dialog {
    --ground: #15181a; --on: #fff; --page: #fff; --ink: #15181a; --line: #8a9194; --soft: #454c4f; --ring: #15181a;
    font: 600 15px/1.4 system-ui, sans-serif; color-scheme: light;
}
.dark { --ground: #f1f3f0; --on: #15181a; --page: #16191a; --ink: #f1f3f0; --line: #6b7375; --soft: #b7bdbd;
    --ring: #ffc445; color-scheme: dark; }
.saffron { --ground: #ffb91a; --on: #15181a; }
.tab {
    position: fixed; z-index: 2147483000; right: 0; bottom: 25vh; box-sizing: border-box;
    max-height: 70vh; min-width: 44px; padding: 14px 10px; overflow: hidden;
    border: 1px solid var(--page); border-right: 0; border-radius: 8px 0 0 8px;
    background: var(--ground); color: var(--on); cursor: pointer;
    text-overflow: ellipsis; white-space: nowrap; writing-mode: vertical-rl;
}
.left.tab { right: auto; left: 0; border: 1px solid var(--page); border-left: 0; border-radius: 0 8px 8px 0; }
.tab:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; }
.tab:focus-visible { outline-offset: -5px; outline-color: var(--on); }
dialog {
    position: fixed; inset: auto 16px 16px auto; box-sizing: border-box; width: min(400px, 100vw - 32px);
    max-width: none; height: min(720px, 100dvh - 32px); max-height: none; margin: 0; padding: 0; overflow: hidden;
    border: 1px solid var(--line); border-radius: 12px; background: var(--page); color: var(--ink);
}
dialog.left { inset: auto auto 16px 16px; }
dialog[open] { display: flex; flex-direction: column; }
dialog:has(.failed:not([hidden])) { height: auto; }
.tab:has(+ dialog[open]) { opacity: 0; }
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
function isDark() {
    for (const element of [document.body, document.documentElement]) {
        const bright = brightness(getComputedStyle(element).backgroundColor);
        if (bright !== null) {
            return bright < 0.4;
        }
    }
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    return scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
}

function made(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
}

function ready() {
    return document.readyState === "loading"
        ? new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }))
        : null;
}

export default async function tab({ script, business, language, words, site }) {
    const [label, closing, ownPage, failing] = words;
    const address = `${site}/feedback/${business}`;
    await ready();
    if (document.querySelector("contraflow-feedback") !== null) {
        return;
    }
    const link = [...document.querySelectorAll("a[href]")].find((one) => one.href === address);
    const says = link?.textContent.trim() || label;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);

    const host = document.createElement("contraflow-feedback");
    host.lang = language;
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    const kind = [script.dataset.side === "left" ? "left" : "right", script.dataset.tone === "saffron" ? "saffron" : "ink"];
    const button = made("button", { type: "button", ariaHasPopup: "dialog" }, says);
    const close = made("button", { type: "button", className: "close" }, closing);
    const failed = made("p", { className: "failed", hidden: true }, failing);
    const from = `${location.origin}${location.pathname}`.slice(0, 500);
    const own = made("a", { href: `${address}?${new URLSearchParams({ from })}`, target: "_blank", rel: "noopener" }, ownPage);
    const head = made("div", { className: "head" }, made("h2", { id: "says" }, says), close);
    const dialog = made("dialog", {}, head, failed, own);
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

    function fetchForm(dark) {
        const query = new URLSearchParams({
            origin: location.origin,
            language,
            theme: dark ? "dark" : "light",
            from,
        });
        frame = made("iframe", { title: says, referrerPolicy: "no-referrer", src: `${site}/w/feedback/${business}?${query}` });
        addEventListener("message", hear);
        document.addEventListener("securitypolicyviolation", (event) => event.blockedURI.startsWith(site) && fail());
        setTimeout(fail, PATIENCE);
        // What the browser puts in the place of a frame that it refuses is loaded, too, and says nothing.
        frame.addEventListener("load", () => setTimeout(fail, REFUSED));
        failed.before(frame);
    }

    function colour() {
        const dark = isDark();
        button.className = ["tab", ...kind, ...(dark ? ["dark"] : [])].join(" ");
        dialog.className = [...kind, ...(dark ? ["dark"] : [])].join(" ");
        return dark;
    }

    button.addEventListener("click", () => {
        const dark = colour();
        dialog.showModal();
        if (frame === null) {
            fetchForm(dark);
        } else if (spoken) {
            frame.focus();
            say("focus");
        }
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    colour();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colour);
    shadow.append(button, dialog);
    document.body.append(host);
    // Its place stays as it is, so that nothing on the page moves.
    link?.style.setProperty("visibility", "hidden");
}
