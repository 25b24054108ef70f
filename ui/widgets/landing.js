// On the shop's pages: hands the click of the address (cf_click) to the page, and says once how it was looked at.
//
//   <script src="https://market.example/w/1.js" data-business="pty_..." data-widget="landing" async></script>
//
// The page gets the click in fields called cf_click, as the event "contraflow:click" of the document with detail
// {click}, and as data-click of the script. Beyond this page it is kept only with consent (data-consent="yes", or
// the event "contraflow:consent" of the document): in sessionStorage, which ends with the tab, and goes at
// "contraflow:withdraw". What is reported is milliseconds in sight, how often a pointer, key or wheel was used, not
// which, how far the page was scrolled, and whether the browser names the page it came from, not which. Next: ../../src/modules/referrals/widgets/landing.c.
import { ready } from "./shared/dialog.js";

const NAME = "cf_click";
const LATEST = 600000; // milliseconds until it is said in any case

/** Says once, when the page goes out of sight, for how long it was in sight and how often it was touched. */
function watch(click, site) {
    let since = document.visibilityState === "visible" ? performance.now() : null;
    let visible = 0;
    let touches = 0;
    let scrolled = 0; // percent of what can be scrolled
    let said = false;
    const read = () => {
        const page = document.documentElement;
        const most = page.scrollHeight - page.clientHeight;
        scrolled = Math.min(100, Math.max(scrolled, most > 0 ? (100 * page.scrollTop) / most : 0));
    };
    const touch = () => {
        touches += 1;
    };

    function say() {
        if (said) {
            return;
        }
        said = true;
        visible += since === null ? 0 : performance.now() - since;
        const report = new URLSearchParams({
            visible: Math.round(visible), touches, scrolled: Math.round(scrolled), source: document.referrer ? 1 : 0,
        });
        navigator.sendBeacon(`${site}/w/landed/${encodeURIComponent(click)}`, report);
    }

    for (const kind of ["pointerdown", "keydown", "wheel"]) {
        addEventListener(kind, touch, { capture: true, passive: true });
    }
    addEventListener("scroll", read, { passive: true });
    addEventListener("pagehide", say);
    document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden" && since !== null) {
            say();
        } else if (since === null) {
            since = performance.now(); // it was opened behind another tab
        }
    });
    setTimeout(say, LATEST);
}

/** What was kept with consent; some browsers refuse to say. */
function kept(use) {
    try {
        return use(sessionStorage);
    } catch {
        return null;
    }
}

export default async function landing({ script, site }) {
    // Visitors can write into an address what they like; only what looks like a click goes on.
    const [came = null] = new URLSearchParams(location.search).get(NAME)?.match(/^clk_\w+$/) ?? [];
    let click = came;

    function hand() {
        if (click === null) {
            return;
        }
        for (const field of document.querySelectorAll(`input[name="${NAME}"]`)) {
            field.value = click;
        }
        script.dataset.click = click;
        document.dispatchEvent(new CustomEvent("contraflow:click", { detail: { click } }));
    }

    function keep() {
        if (came !== null) {
            kept((store) => store.setItem(NAME, came));
        } else if (click === null) {
            click = kept((store) => store.getItem(NAME));
            hand();
        }
    }

    if (came !== null) {
        watch(came, site);
    }
    await ready();
    hand();
    document.addEventListener("contraflow:consent", keep);
    document.addEventListener("contraflow:withdraw", () => kept((store) => store.removeItem(NAME)));
    if (script.dataset.consent === "yes") {
        keep();
    }
}
