// /w/1.js: brings widgets into a page of somebody's website.
//
//   <script src="https://market.example/w/1.js" data-business="pty_..." data-widget="feedback" async></script>
//
// data-widget says which (feedback unless said), data-lang in which language (else that of the page, else
// the reader's); what else it takes is the widget's. This file only finds its part in the table and loads
// it from an address that names a build. The page is somebody else's: nothing is kept in it, no name is
// taken, nothing is thrown, and without us it stays as it was. Next: feedback.js.

const { widgets } = "@widgets@"; // the server writes the table here

function chosen(wanted, words) {
    for (const tag of wanted) {
        const language = /^zh/i.test(tag ?? "") ? "zh-Hant" : tag?.slice(0, 2).toLowerCase();
        const spoken = words.find((one) => one.language === language);
        if (spoken !== undefined) {
            return spoken;
        }
    }
    return words[0];
}

async function bring(script) {
    const { business, widget = "feedback", lang } = script.dataset;
    const found = widgets.find((one) => one.name === widget);
    if (found === undefined || business === undefined || "brought" in script.dataset) {
        return;
    }
    script.dataset.brought = "";
    const around = script.closest("[lang]") ?? document.documentElement;
    const { language, words } = chosen([lang, around.lang, ...navigator.languages], found.words);
    const part = await import(new URL(found.part, script.src).href);
    await part.default({ script, business, language, words, site: new URL(script.src).origin });
}

// A script that another script puts in is not always known to be the current one.
const here = document.currentScript;
const scripts = here === null ? document.querySelectorAll('script[data-business][src$="/w/1.js"]') : [here];
for (const script of scripts) {
    bring(script).catch(() => {});
}
