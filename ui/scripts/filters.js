// A form with data-auto-submit is sent when something in it changes. Its button,
// marked data-without-script, is hidden by the style sheet once scripts run.

export function submitFiltersOnChange(page) {
    page.addEventListener("change", (event) => {
        const form = event.target.form;
        if (form && "autoSubmit" in form.dataset && event.target.checkValidity()) {
            form.requestSubmit();
        }
    });
}
