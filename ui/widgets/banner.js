// A partner's own link on their own website: counts once that it was in sight, half of it for a second.
//
//   <a href="https://market.example/r/CODE"><img src="lamps.jpg" alt="Lamps by Nordlicht" width="300" height="250"></a>
//   <script src="https://market.example/w/1.js" data-business="pty_..." data-widget="banner" data-code="CODE" async></script>
//
// What the link shows is the page's own, so nothing is drawn and nothing moves. Half of it for a second is what
// advertising calls viewable (MRC Viewable Ad Impression Measurement Guidelines, 2014). Nothing is kept: a page
// that is called again counts again. Next: ../../src/modules/referrals/clicks/click.h.
import { ready } from "./shared/dialog.js";

const SIGHT = 1000; // milliseconds
const PART = 0.5;

export default async function banner({ script, site }) {
    const { code } = script.dataset;
    const address = `${site}/r/${code}`;
    await ready();
    const link = [...document.querySelectorAll("a[href]")].find((one) => one.href.split("?")[0] === address);
    if (code === undefined || link === undefined) {
        return;
    }
    let timer;
    let near = false;

    function count() {
        watcher.disconnect();
        document.removeEventListener("visibilitychange", look);
        if (!navigator.sendBeacon(`${address}/i`)) {
            new Image().src = `${address}/i.gif`;
        }
    }

    function look() {
        clearTimeout(timer);
        if (near && document.visibilityState === "visible") {
            timer = setTimeout(count, SIGHT);
        }
    }

    const watcher = new IntersectionObserver((entries) => {
        near = entries.at(-1).intersectionRatio >= PART;
        look();
    }, { threshold: PART });
    // A link around a picture is a line high; what is seen is the picture.
    watcher.observe(link.querySelector("img, picture, video") ?? link);
    document.addEventListener("visibilitychange", look);
}
