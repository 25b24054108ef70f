// What csp_evaluator says of each policy that the doors saw; one line a finding. Read next: door.mjs.
//
//   node csp.mjs PACKAGES REPORT...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [packages, ...reports] = process.argv.slice(2);
const load = createRequire(`${packages}/`);
const { CspEvaluator } = load("csp_evaluator/dist/evaluator.js");
const { CspParser } = load("csp_evaluator/dist/parser.js");
const { Severity } = load("csp_evaluator/dist/finding.js");
const policies = Object.assign({}, ...reports.map((file) => JSON.parse(readFileSync(file, "utf8").trim().split("\n").pop()).policies));

for (const [policy, where] of Object.entries(policies)) {
    if (!policy) {
        console.log(`csp: no policy at ${where}`);
        continue;
    }
    for (const { severity, directive, value, description } of new CspEvaluator(new CspParser(policy).csp).evaluate()) {
        console.log(`csp: ${Severity[severity]} ${directive} ${value ?? ""}: ${description} (${where})`);
    }
}
console.error(`${Object.keys(policies).length}`);
