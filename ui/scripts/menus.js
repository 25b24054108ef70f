// A menu is <details class="menu">. Escape or a click elsewhere closes it.

function closeAll(page, except) {
    for (const menu of page.querySelectorAll("details.menu[open]")) {
        if (menu !== except) {
            menu.open = false;
        }
    }
}

export function closeMenusOnEscape(page) {
    page.addEventListener("click", (event) => closeAll(page, event.target.closest("details.menu")));
    page.addEventListener("keydown", (event) => {
        const menu = event.target.closest?.("details.menu[open]");
        if (event.key === "Escape" && menu) {
            menu.open = false;
            menu.querySelector("summary").focus();
        }
    });
}
