// The npm oidc-provider by itself, for tests in a browser. Prints its address; the site that it knows stands in the
// file named first once somebody comes. Read next: provider.mjs, ../browser/provider.mjs.
import { readFileSync } from "node:fs";
import http from "node:http";

import { standardProvider } from "./provider.mjs";

const server = http.createServer();
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const ways = () => [`${readFileSync(process.argv[2], "utf8").trim()}/sign-in/with/1/back`];
server.on("request", await standardProvider(process.env.OIDC_PACKAGES, issuer, "of a test", ways));
console.log(issuer);
