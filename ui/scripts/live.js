// Keeps the counts beside the links of the navigation as they are, while the page is open: GET /live/PORTAL
// says them whenever they change. A browser opens few connections to a site, so of all its tabs one listens
// and tells the others.

function show(counts) {
    for (const [href, count] of Object.entries(counts)) {
        for (const link of document.querySelectorAll(`.head-nav a, .tabs-bottom a, .desk-rail li a`)) {
            if (link.getAttribute("href") !== href) {
                continue;
            }
            const mark = link.querySelector(".count") ?? document.createElement("span");
            mark.className = "count";
            mark.textContent = count;
            if (count > 0 && !mark.isConnected) {
                link.append(" ", mark);
            } else if (count === 0) {
                mark.remove();
            }
        }
    }
}

export function followCounts(page) {
    const portal = page.body.dataset.live;
    if (!portal || !navigator.locks || !window.BroadcastChannel) {
        return;
    }
    const others = new BroadcastChannel(`live-${portal}`);
    others.addEventListener("message", (event) => show(event.data));
    navigator.locks.request(`live-${portal}`, () => new Promise(() => {
        const source = new EventSource(`/live/${portal}`);
        source.addEventListener("counts", (event) => {
            const counts = JSON.parse(event.data);
            show(counts);
            others.postMessage(counts);
        });
    }));
}
