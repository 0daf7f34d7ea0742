import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** A suite's file name, relative to test/editor, and what loads it. */
export type SuiteLoader = readonly [file: string, load: () => unknown];

/** What a run came to; written as JSON to the file that `FAIRWATT_RESULTS` names. */
export interface SuiteResults {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

/**
 * Runs suites (mocha, BDD: `describe`, `it`) inside the extension host and reports through the console.
 * `*.untrusted.suite.ts` are the suites for Restricted Mode: they run alone, when `FAIRWATT_TRUST` is "0".
 * `FAIRWATT_GREP` chooses tests by their full title.
 *
 * @throws Error when a test failed: the editor then ends with exit code 1
 */
export async function runSuites(suites: readonly SuiteLoader[]): Promise<void> {
  process.setSourceMapsEnabled(true); // stack traces name the suites, not the bundle
  const untrusted = process.env.FAIRWATT_TRUST === "0";
  const chosen = suites.filter(([file]) => file.endsWith(".untrusted.suite.ts") === untrusted);
  const mocha = new Mocha({
    ui: "bdd",
    timeout: 20_000,
    reporter: ConsoleReporter,
    grep: process.env.FAIRWATT_GREP,
  });
  for (const [file, load] of chosen) {
    mocha.suite.emit("pre-require", globalThis, file, mocha);
    load();
  }
  const results = await runMocha(mocha);
  const file = process.env.FAIRWATT_RESULTS;
  if (file) writeFileSync(file, JSON.stringify(results));
  console.log(`${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`);
  if (results.failed > 0) throw new Error(`${results.failed} tests failed`);
  if (results.passed === 0) throw new Error("no test ran");
}

/** Mocha's own reporters write to stdout, which the extension host does not show; its console does get through. */
class ConsoleReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    let depth = -1;
    const say = (text: string) => console.log(`${"  ".repeat(Math.max(depth, 0))}${text}`);
    runner.on("suite", (suite) => {
      depth += 1;
      if (suite.title) say(suite.title);
    });
    runner.on("suite end", () => {
      depth -= 1;
    });
    runner.on("pass", (test) => say(`  ok    ${test.title} (${test.duration ?? 0} ms)`));
    runner.on("pending", (test) => say(`  skip  ${test.title}`));
    runner.on("fail", (test, error) => say(`  FAIL  ${test.title}\n${error.stack ?? error.message}`));
  }
}

function runMocha(mocha: Mocha): Promise<SuiteResults> {
  const results: SuiteResults = { passed: 0, failed: 0, skipped: 0, failures: [] };
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(results));
    runner.on("pass", () => results.passed++);
    runner.on("pending", () => results.skipped++);
    runner.on("fail", (test, error) => {
      results.failed++;
      results.failures.push({ title: test.fullTitle(), message: error.message });
    });
  });
}
