// The desk by keyboard. J and K walk the rows of .queue; every other key presses
// what carries data-key="a" (its word and the key stand on the page, so this
// file knows no action). "/" focuses its field, "?" opens the list of keys,
// Escape leaves a field, closes the list, or presses data-key="Escape".
// Reasons are numbered radios; choosing one fills what the person will read.

function isTyping(target) {
    return target.matches?.("textarea, select, [contenteditable]") ||
        (target.matches?.("input") && !["radio", "checkbox", "button", "submit"].includes(target.type));
}

function walk(step) {
    const links = [...document.querySelectorAll(".queue tbody .queue-what a")];
    const current = links.findIndex((link) => link.closest(".queue-current") !== null);
    const next = links[Math.min(Math.max(current + step, 0), links.length - 1)];
    if (next !== undefined && next !== links[current]) {
        next.click();
    }
}

function press(key) {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (target === null) {
        return false;
    }
    if (target instanceof HTMLDialogElement) {
        target.showModal();
    } else if (isTyping(target)) {
        target.focus();
        target.select?.();
    } else {
        target.click();
    }
    return true;
}

function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
        return;
    }
    if (isTyping(event.target)) {
        if (event.key === "Escape") {
            event.target.blur();
        }
        return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "j" || key === "k") {
        walk(key === "j" ? 1 : -1);
        event.preventDefault();
    } else if (key !== "Enter" && key !== " " && key !== "Tab" && press(key)) {
        event.preventDefault();
    }
}

function fillReason(event) {
    const radio = event.target.closest("input[data-text]");
    const text = document.querySelector("[data-reason-text]");
    if (radio === null || text === null || "edited" in text.dataset) {
        return;
    }
    text.value = radio.dataset.text;
}

document.addEventListener("keydown", onKey);
document.addEventListener("change", fillReason);
document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-reason-text]")) {
        event.target.dataset.edited = "";
    }
});
document.querySelector(".queue-current")?.scrollIntoView({ block: "nearest" });
