// A TLS server that answers 200 to everything, until it is ended; prints its port. Told by the environment:
// HOOKS_KEY, HOOKS_CERTIFICATE. Read next: src/core/hooks/wire_test.c.
import https from "node:https";
import { readFileSync } from "node:fs";

const server = https.createServer(
    { key: readFileSync(process.env.HOOKS_KEY), cert: readFileSync(process.env.HOOKS_CERTIFICATE) },
    (request, response) => {
        request.resume();
        request.on("end", () => response.writeHead(200).end("ok"));
    },
);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
