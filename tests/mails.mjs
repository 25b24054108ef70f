// The mails that a server laid down in a folder, as text: what tests read links and subjects from.
//
// It must not know any test. Read next: src/core/mail/message.c, which writes them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Quoted-printable undone (RFC 2045, 6.7): soft breaks gone, any byte may be written as "=46". */
function decoded(text) {
    const bytes = text.replaceAll("=\r\n", "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
}

/** The mails to an address with these words in them, the newest first. */
export function mails(folder, to, words) {
    return readdirSync(folder)
        .filter((name) => name.endsWith(".eml"))
        .sort()
        .reverse()
        .map((name) => decoded(readFileSync(join(folder, name), "latin1")))
        .filter((text) => text.includes(to) && text.includes(words));
}

/** The newest of them, waiting for the job that lays it down. */
export async function mailed(folder, to, words) {
    for (let turn = 0; turn < 60; turn += 1) {
        const [newest] = mails(folder, to, words);
        if (newest) {
            return newest;
        }
        await new Promise((wake) => setTimeout(wake, 250));
    }
    throw new Error(`no mail "${words}" to ${to}`);
}
