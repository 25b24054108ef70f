// Inside a frame of another website: tells the script around it that the form is there and when Escape was
// pressed, and takes the focus when told. The page names the one website it talks to (data-frame-parent).
// Read next: ../widgets/feedback.js.

import { guardAgainstDoubleClicks } from "./double-click.js";

const around = document.querySelector("[data-frame-parent]")?.dataset.frameParent;

guardAgainstDoubleClicks(document);
if (around && window.parent !== window) {
    const say = (what) => window.parent.postMessage({ contraflow: what }, around);
    window.addEventListener("message", (event) => {
        if (event.source === window.parent && event.origin === around && event.data?.contraflow === "focus") {
            document.querySelector("#errors, textarea, main a")?.focus();
        }
    });
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !event.isComposing) {
            say("close");
        }
    });
    say("ready");
}
