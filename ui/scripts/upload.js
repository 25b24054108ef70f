// Many files at once: drag them onto the drop zone or choose them; each travels
// in its own request, two at a time, with its own progress and its own answer.
//
//   <form data-upload method="post" enctype="multipart/form-data" action="/...">
//     ... <input type="file" multiple name="file"> ...
//     <ul class="file-list" data-upload-list aria-live="polite"></ul>
//     <a hidden data-upload-next ...>   shown when all have an answer
//
// The form's other fields go along with each file, except that each file has an
// idempotency key (once) of its own, kept when it is sent again. The server answers JSON: 2xx
// with {title}, or problem details, whose first field message or detail is shown. The words of the states
// stand in the form: data-word-waiting, -sending, -kept, -broken, -again.

const AT_ONCE = 2;
const SPRITE = new URL("sprite.svg", document.currentScript.src).pathname;

function iconUse(name) {
    const space = "http://www.w3.org/2000/svg";
    const icon = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    icon.setAttribute("class", "icon");
    icon.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${SPRITE}#${name}`);
    icon.append(use);
    return icon;
}

function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text ?? "";
    return made;
}

function freshKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One file's line: icon, name, state word, progress; error and "again" when it failed. */
class Line {
    constructor(file, words) {
        this.file = file;
        this.once = freshKey();
        this.words = words;
        this.item = element("li", "file");
        this.state = element("span", "mute", words.wordWaiting);
        this.bar = element("progress", "bar bar-thin");
        this.bar.max = 100;
        this.bar.value = 0;
        this.bar.setAttribute("aria-label", file.name);
        const icon = iconUse(file.type.startsWith("video/") ? "video" : "photo");
        this.item.append(icon, element("span", "file-name", file.name), this.state, this.bar);
    }

    progress(part) {
        this.state.textContent = this.words.wordSending;
        this.bar.value = Math.round(part * 100);
    }

    kept() {
        this.bar.remove();
        this.state.className = "state state-good";
        this.state.replaceChildren(iconUse("check"), this.words.wordKept);
    }

    failed(detail, retry) {
        const error = element("p", "field-error");
        const again = element("button", "link", this.words.wordAgain);
        error.append(iconUse("alert-circle"), element("span", "", detail));
        again.type = "button";
        again.addEventListener("click", () => {
            error.remove();
            this.item.append(this.bar);
            this.state.className = "mute";
            this.state.textContent = this.words.wordWaiting;
            retry();
        });
        this.bar.remove();
        this.state.className = "";
        this.state.replaceChildren(again);
        this.item.append(error);
    }
}

function readDetail(request, otherwise) {
    try {
        const problem = JSON.parse(request.responseText);
        return problem.errors?.[0]?.message ?? problem.detail ?? problem.title ?? otherwise;
    } catch {
        return otherwise;
    }
}

/** Sends one file; answers null when it was kept, otherwise the reason in words. */
function send(form, input, line) {
    return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        const body = new FormData(form);
        body.delete(input.name);
        body.set("once", line.once);
        body.append(input.name, line.file, line.file.name);
        request.open("POST", form.action);
        request.setRequestHeader("Accept", "application/json");
        request.upload.addEventListener("progress", (event) => {
            if (event.lengthComputable) {
                line.progress(event.loaded / event.total);
            }
        });
        request.addEventListener("load", () => {
            const kept = request.status >= 200 && request.status < 300;
            resolve(kept ? null : readDetail(request, form.dataset.wordBroken));
        });
        for (const end of ["error", "abort", "timeout"]) {
            request.addEventListener(end, () => resolve(form.dataset.wordBroken));
        }
        request.send(body);
    });
}

function enableUpload(form) {
    const input = form.querySelector('input[type="file"]');
    const zone = form.querySelector(".drop") ?? form;
    const list = form.querySelector("[data-upload-list]");
    const next = form.querySelector("[data-upload-next]");
    const waiting = [];
    let running = 0;

    async function work() {
        if (running >= AT_ONCE || waiting.length === 0) {
            return;
        }
        running += 1;
        const line = waiting.shift();
        const reason = await send(form, input, line);
        if (reason === null) {
            line.kept();
        } else {
            line.failed(reason, () => {
                waiting.push(line);
                work();
            });
        }
        running -= 1;
        if (next !== null) {
            next.hidden = running > 0 || waiting.length > 0;
        }
        work();
    }

    function take(files) {
        for (const file of files) {
            const line = new Line(file, form.dataset);
            list.append(line.item);
            waiting.push(line);
        }
        for (let i = 0; i < AT_ONCE; i += 1) {
            work();
        }
    }

    input.addEventListener("change", () => {
        take([...input.files]);
        input.value = "";
    });
    for (const name of ["dragenter", "dragover"]) {
        zone.addEventListener(name, (event) => {
            event.preventDefault();
            zone.classList.add("drop-over");
        });
    }
    for (const name of ["dragleave", "drop"]) {
        zone.addEventListener(name, () => zone.classList.remove("drop-over"));
    }
    zone.addEventListener("drop", (event) => {
        event.preventDefault();
        take([...event.dataTransfer.files]);
    });
    window.addEventListener("beforeunload", (event) => {
        if (running > 0) {
            event.preventDefault();
        }
    });
}

export function enableUploads(page) {
    page.querySelectorAll("form[data-upload]").forEach(enableUpload);
}
