// `npm start`: from a fresh clone to a measured training run, its ledger entry and its report.
//   npm start -- --epochs 5     what follows goes to examples/credit/train.py
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { preparePython } from "./python-environment.mjs";
import { SetUpError, setUp } from "./setup.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const example = path.join(root, "examples", "credit");
const fairwatt = path.join(root, "dist", "cli", "fairwatt.cjs");
const say = (text = "") => console.log(text);

async function start() {
  await setUp({ root, say });
  const { python, variant, notes } = await preparePython({ root, say });
  for (const note of notes) say(note);
  say(`Training examples/credit/train.py (${variant}), measured:\n`);
  const scratch = mkdtempSync(path.join(tmpdir(), "fairwatt-start-"));
  try {
    const result = path.join(scratch, "run.json");
    const command = [python, "train.py", ...process.argv.slice(2)];
    const exitCode = await runInTerminal(["run", "--name", "credit", "--json", result, "--", ...command]);
    tellWhereItIs(result);
    return exitCode;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs fairwatt in this terminal; Ctrl-C reaches it by the terminal, other signals are passed on. */
function runInTerminal(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fairwatt, ...args], { cwd: example, stdio: "inherit" });
    const passOn = (signal) => child.kill(signal);
    const leaveToChild = () => {};
    process.on("SIGINT", leaveToChild);
    process.on("SIGTERM", passOn).on("SIGHUP", passOn);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.off("SIGINT", leaveToChild).off("SIGTERM", passOn).off("SIGHUP", passOn);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function tellWhereItIs(resultFile) {
  let run;
  try {
    run = JSON.parse(readFileSync(resultFile, "utf8"));
  } catch {
    say("\nThe run gave no result; what was kept of it: npx fairwatt runs");
    return;
  }
  const shown = JSON.parse(ask(["show", run.id, "--json"]));
  const report = ask(["report", run.id]).trim();
  const here = (file) => path.relative(process.cwd(), file) || ".";
  say();
  say(`Report        ${here(report)}`);
  say(
    shown.ledgerEntry
      ? `Ledger entry  ${here(path.join(path.dirname(path.dirname(shown.directory)), "ledger", `${shown.ledgerEntry}.json`))}`
      : "Ledger entry  none: it could not be written, see above",
  );
  say(`Run           ${here(shown.directory)}`);
  say("\nSee it all in the editor with: npm run vscode");
}

/** What a fairwatt command prints; its messages go to this terminal. */
function ask(args) {
  const { status, stdout, error } = spawnSync(process.execPath, [fairwatt, ...args], {
    cwd: example,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (error || status !== 0)
    throw new SetUpError(`fairwatt ${args.join(" ")} failed${error ? `: ${error.message}` : ""}`);
  return stdout;
}

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
