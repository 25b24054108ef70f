// A form is sent once. The second click is dropped, the button says what is
// going on (data-sending, the translated "Sending…"). The server still counts
// a repeated form only once: this is manners, not safety.

function markSent(form, button) {
    form.dataset.sent = "";
    if (button === null) {
        return;
    }
    button.setAttribute("aria-busy", "true");
    if (button.dataset.sending) {
        button.dataset.said = button.textContent;
        button.textContent = button.dataset.sending;
    }
}

function markReady(form) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) {
        button.removeAttribute("aria-busy");
        if (button.dataset.said) {
            button.textContent = button.dataset.said;
        }
    }
}

export function guardAgainstDoubleClicks(page) {
    page.addEventListener("submit", (event) => {
        const form = event.target;
        if (form.method !== "post" || event.defaultPrevented) {
            return;
        }
        if ("sent" in form.dataset) {
            event.preventDefault();
            event.stopImmediatePropagation();
            return;
        }
        // After this turn the browser has read the form, the button's value included.
        setTimeout(() => markSent(form, event.submitter));
    });
    page.addEventListener("htmx:afterRequest", (event) => {
        const form = event.target.closest("form");
        if (form !== null) {
            markReady(form);
        }
    });
    window.addEventListener("pageshow", () => {
        page.querySelectorAll("form[data-sent]").forEach(markReady);
    });
}
