// A link with data-drawer opens its page's <... data-drawer-body> at the side of
// this one. The link's address is a page of its own, which is what happens
// without script, on a phone, with a modifier key, or when fetching fails.

const WIDE_ENOUGH = "(min-width: 60em)";

async function fetchBody(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
        return null;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-drawer-body]");
}

function buildDialog(body, closeWord) {
    const dialog = document.createElement("dialog");
    const close = document.createElement("button");
    const heading = body.querySelector("h1");
    dialog.className = "drawer";
    close.type = "button";
    close.className = "btn btn-bare btn-small drawer-close";
    close.textContent = closeWord;
    close.addEventListener("click", () => dialog.close());
    if (heading !== null) {
        heading.id = "drawer-title";
        dialog.setAttribute("aria-labelledby", "drawer-title");
    }
    dialog.append(document.adoptNode(body), close);
    dialog.addEventListener("click", (event) => {
        if (event.target === dialog) {
            dialog.close();
        }
    });
    dialog.addEventListener("close", () => dialog.remove());
    return dialog;
}

async function open(link) {
    const body = await fetchBody(link.href).catch(() => null);
    if (body === null) {
        location.assign(link.href);
        return;
    }
    const dialog = buildDialog(body, document.body.dataset.wordClose);
    document.body.append(dialog);
    dialog.showModal();
}

export function openDrawers(page) {
    page.addEventListener("click", (event) => {
        const link = event.target.closest("a[data-drawer]");
        const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
        if (link === null || !plain || !matchMedia(WIDE_ENOUGH).matches) {
            return;
        }
        event.preventDefault();
        open(link);
    });
}
