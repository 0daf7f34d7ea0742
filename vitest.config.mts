import { defineConfig } from "vitest/config";

/** Settings that make each start of a program slower: Python compiles its libraries anew, Node reads a proxy's certificates. */
const PYTHON_KEEPS_BYTECODE = { PYTHONDONTWRITEBYTECODE: "" };
const QUICK_STARTS = { ...PYTHON_KEEPS_BYTECODE, NODE_EXTRA_CA_CERTS: "" };

/** What a test puts in a module's place, others must not get: each of these files has a process of its own. */
const REPLACING_MODULES = ["test/unit/editor/**/*.test.ts", "test/unit/config/home.test.ts"];

/**
 * unit, unit-apart: pure and fast. faults: real processes killed and disks filled. libraries: the fairness libraries from PyPI. pages:
 * pages and reports in a real browser, without an editor. browser: journeys in a real VS Code.
 */
export default defineConfig({
  define: { __FAIRWATT_VERSION__: JSON.stringify("0.0.0-test") },
  test: {
    globalSetup: ["test/temporary-folder.ts"],
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          exclude: REPLACING_MODULES,
          // A process and its modules for all files: half of the time went into loading them for each.
          isolate: false,
          testTimeout: 60_000,
          env: QUICK_STARTS,
        },
      },
      {
        extends: true,
        test: { name: "unit-apart", include: REPLACING_MODULES, testTimeout: 60_000, env: QUICK_STARTS },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          testTimeout: 60_000,
          fileParallelism: false,
          env: QUICK_STARTS,
        },
      },
      {
        extends: true,
        test: {
          name: "libraries",
          include: ["test/python-libraries/**/*.test.ts"],
          globalSetup: ["test/python-libraries/set-up.ts"],
          testTimeout: 60_000,
          env: PYTHON_KEEPS_BYTECODE,
        },
      },
      {
        extends: true,
        test: {
          name: "pages",
          include: ["test/browser/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/journeys/**/*.test.ts"],
          globalSetup: ["test/browser/journeys/set-up.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          env: PYTHON_KEEPS_BYTECODE,
        },
      },
    ],
  },
});
