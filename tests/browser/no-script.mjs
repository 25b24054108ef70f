// Both stories by people whose browsers run no script at all. Read next: cycle.mjs.
import { finish, launch } from "./browser.mjs";
import { briefStory, photographs, photographStory } from "./cycle.mjs";

const browser = await launch();
await photographStory(browser, {
    name: "photograph without script",
    file: photographs.bridge,
    title: "Half a bridge",
    script: false,
});
await briefStory(browser, {
    name: "brief without script",
    title: "Three pictures for a short wall",
    script: false,
});
await browser.close();
finish();
