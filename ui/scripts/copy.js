// A button that copies what an element says (data-copy, its id); it shows itself once it can.

export function copyOnClick(page) {
    for (const button of page.querySelectorAll("[data-copy]")) {
        button.hidden = !navigator.clipboard;
        button.addEventListener("click", async () => {
            await navigator.clipboard.writeText(page.getElementById(button.dataset.copy).textContent);
            button.textContent = button.dataset.copied;
        });
    }
}
