// A link that opens what a program promises, and how to join it, over the page.
//
//   <a href="https://market.example/programs/prg_...">Recommend us</a>
//   <script src="https://market.example/w/1.js" data-business="pty_..." data-widget="invite" data-program="prg_..." async></script>
//
// The link is the page's own and stays as it is; without us it leads to the program's page. data-invitation is
// what our server gave the shop's for an order (after-purchase). Nobody is known in the frame and nothing is typed
// there. Next: shared/dialog.js.
import { DIALOG, makeDialog, ready } from "./shared/dialog.js";

export default async function invite({ script, language, words, site }) {
    const { program, invitation } = script.dataset;
    const own = `${site}/programs/${program}`;
    await ready();
    const links = [...document.querySelectorAll("a[href]")].filter((one) => one.href === own);
    if (program === undefined || links.length === 0) {
        return;
    }
    const { host, show } = makeDialog({
        name: "contraflow-invite",
        site,
        language,
        says: links[0].textContent.trim(),
        words,
        style: DIALOG,
        kind: [],
        path: `/w/invite/${program}`,
        query: invitation === undefined ? {} : { invitation },
        own,
    });
    document.body.append(host);
    for (const link of links) {
        link.addEventListener("click", (event) => {
            // With a key held it is for another tab, as always.
            if (event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
                event.preventDefault();
                show();
            }
        });
    }
}
