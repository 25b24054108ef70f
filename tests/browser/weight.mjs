// How much a stranger downloads before the first page stands there: HTML, styles and scripts as they
// travel, compressed. Fonts and pictures come later and are not counted.
import { address, finish, launch, tell, Visitor } from "./browser.mjs";

const most = 120 * 1024;

const browser = await launch();
const visitor = await Visitor.open(browser, "anybody");
const wire = await visitor.context.newCDPSession(visitor.page);
const kinds = new Map();
const sizes = new Map();
wire.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const type = kinds.get(requestId);
    sizes.set(type, (sizes.get(type) ?? 0) + encodedDataLength);
});
await wire.send("Network.enable");
await visitor.page.goto(address, { waitUntil: "networkidle" });
const counted = ["Document", "Stylesheet", "Script"].map((type) => [type, sizes.get(type) ?? 0]);
const sum = counted.reduce((all, [, size]) => all + size, 0);
console.log(`# ${[...sizes].map(([type, size]) => `${type} ${size}`).join(", ")} bytes with their heads`);
tell(
    sum <= most && counted.every(([, size]) => size > 0),
    `weight: HTML, styles and scripts of the first page are ${(sum / 1024).toFixed(1)} KB, at most 120`,
);
await browser.close();
finish();
