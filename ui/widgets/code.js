// A field at the till that says at once whether a code counts.
//
//   <input id="code" name="code">
//   <p><output id="code-says" for="code">&nbsp;</output></p>
//   <script src="https://market.example/w/1.js" data-business="pty_..." data-widget="code"
//           data-field="code" data-says="code-says" data-sum="49.90" data-currency="EUR" async></script>
//
// Both elements are the page's own; nothing is put in, and the sentence is short enough for the line of its own
// that is kept for it. The page's script hears "contraflow:code" at the field, with detail {code, counts,
// off, says}; counts is null when we could not be asked, which must keep nobody from ordering. Next: ../../src/modules/referrals/widgets/code_check.c.
import { ready } from "./shared/dialog.js";

const REST = 400; // milliseconds without a key until it is asked
const LEAST = 3;

export default async function code({ script, business, language, words, site }) {
    await ready();
    const field = document.getElementById(script.dataset.field ?? "");
    const place = document.getElementById(script.dataset.says ?? "");
    const [failed] = words;
    let timer;
    let asked = "";
    if (field === null) {
        return;
    }

    function tell(detail) {
        if (place !== null) {
            place.textContent = detail.says ?? failed;
        }
        field.dispatchEvent(new CustomEvent("contraflow:code", { bubbles: true, detail }));
    }

    async function ask() {
        const typed = field.value.trim();
        if (typed === asked) {
            return;
        }
        asked = typed;
        if (typed.length < LEAST) {
            // A blank that does not break keeps the line.
            place?.replaceChildren("\u00a0");
            return;
        }
        let detail = { code: typed, counts: null };
        const { sum, currency } = script.dataset;
        const basket = sum === undefined ? {} : { sum, ...(currency === undefined ? {} : { sum_currency: currency }) };
        const query = new URLSearchParams({ code: typed, language, ...basket });
        try {
            const answer = await fetch(`${site}/w/code/${business}?${query}`, { credentials: "omit" });
            detail = answer.ok ? await answer.json() : detail;
        } catch {
            // It is told as it stands.
        }
        if (asked === typed) {
            tell(detail);
        }
    }

    field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(ask, REST);
    });
    field.addEventListener("change", ask);
    ask();
}
