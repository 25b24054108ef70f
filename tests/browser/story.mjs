// Both stories by people whose browsers run scripts. Read next: cycle.mjs.
import { finish, launch } from "./browser.mjs";
import { briefStory, photographs, photographStory } from "./cycle.mjs";

const browser = await launch();
await photographStory(browser, {
    name: "photograph",
    file: photographs.surface,
    title: "Rings of an old stump",
    script: true,
});
await briefStory(browser, { name: "brief", title: "Three pictures for a long wall", script: true });
await browser.close();
finish();
