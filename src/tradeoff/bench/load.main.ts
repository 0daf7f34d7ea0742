/**
 * The load's process, apart from the one that measures. Its argument is the plan's file, which it takes away at once, since
 * headers may hold a key; its result is left beside it.
 */

import * as fs from "node:fs";
import * as path from "node:path";
import { generateLoad } from "./load.node.ts";
import { loadPlan } from "./load.ts";
import { RESULT_FILE } from "./load-files.node.ts";

const file = process.argv[2] ?? "";
const plan = loadPlan.parse(JSON.parse(fs.readFileSync(file, "utf8")));
fs.rmSync(file);
const body = plan.bodyFile === undefined ? undefined : fs.readFileSync(plan.bodyFile);
generateLoad(plan, body).then((result) => {
  fs.writeFileSync(path.join(path.dirname(file), RESULT_FILE), JSON.stringify(result));
});
