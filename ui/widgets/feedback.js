// A tab at the side of a page that opens a form to write to a business.
//
//   <a href="https://market.example/feedback/pty_...">Feedback</a>
//   <script src="https://market.example/w/1.js" data-business="pty_..." data-widget="feedback" async></script>
//
// data-side: left or right; data-tone: ink or saffron. The link is the page without script; the tab takes its
// words and its place stays empty, so nothing moves. What is typed stands in a frame of ours, which this page
// can't read, and is fetched when the tab is first opened. Styles are constructed, so that a content
// security policy needs to allow nothing but our address for script-src and frame-src.
// It must not know what the form asks. Next: shared/dialog.js, where the form is shown.

import { DIALOG, isDark, made, makeDialog, ready } from "./shared/dialog.js";

const STYLE = `${DIALOG}
.tab {
    position: fixed; z-index: 2147483000; right: 0; bottom: 25vh; box-sizing: border-box;
    max-height: 70vh; min-width: 44px; padding: 14px 10px; overflow: hidden;
    border: 1px solid var(--page); border-right: 0; border-radius: 8px 0 0 8px;
    background: var(--ground); color: var(--on); cursor: pointer;
    text-overflow: ellipsis; white-space: nowrap; writing-mode: vertical-rl;
}
.left.tab { right: auto; left: 0; border: 1px solid var(--page); border-left: 0; border-radius: 0 8px 8px 0; }
.tab:focus-visible { outline: 3px solid var(--on); outline-offset: -5px; }
.tab:has(+ dialog[open]) { opacity: 0; }
`;

export default async function tab({ script, business, language, words, site }) {
    const [label, ...spoken] = words;
    const address = `${site}/feedback/${business}`;
    await ready();
    if (document.querySelector("contraflow-feedback") !== null) {
        return;
    }
    const link = [...document.querySelectorAll("a[href]")].find((one) => one.href === address);
    const says = link?.textContent.trim() || label;
    const kind = [script.dataset.side === "left" ? "left" : "right", script.dataset.tone === "saffron" ? "saffron" : "ink"];
    const from = `${location.origin}${location.pathname}`.slice(0, 500);
    const { host, dialog, show } = makeDialog({
        name: "contraflow-feedback",
        site,
        language,
        says,
        words: spoken,
        style: STYLE,
        kind,
        path: `/w/feedback/${business}`,
        query: { from },
        own: `${address}?${new URLSearchParams({ from })}`,
    });
    const button = made("button", { type: "button", ariaHasPopup: "dialog" }, says);

    function colour() {
        button.className = ["tab", ...kind, ...(isDark() ? ["dark"] : [])].join(" ");
    }

    button.addEventListener("click", () => {
        colour();
        show();
    });
    colour();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colour);
    dialog.before(button);
    document.body.append(host);
    // Its place stays as it is, so that nothing on the page moves.
    link?.style.setProperty("visibility", "hidden");
}
