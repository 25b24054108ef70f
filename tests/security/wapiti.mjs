// The findings of wapiti's reports, one line each.
//
//   node wapiti.mjs REPORT...
import { readFileSync } from "node:fs";

for (const file of process.argv.slice(2)) {
    const report = JSON.parse(readFileSync(file, "utf8"));
    for (const [category, found] of [...Object.entries(report.vulnerabilities), ...Object.entries(report.anomalies)]) {
        for (const { method, path, parameter, info } of found) {
            console.log(`wapiti: ${category}: ${method} ${path} ${parameter}: ${info.replaceAll("\n", " ")}`);
        }
    }
}
