import { defineConfig } from "vitest/config";

/**
 * unit: pure and fast. faults: real processes killed and disks filled. libraries: the fairness libraries from PyPI. pages:
 * pages and reports in a real browser, without an editor. browser: journeys in a real VS Code.
 */
export default defineConfig({
  define: { __FAIRWATT_VERSION__: JSON.stringify("0.0.0-test") },
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 10_000 } },
      {
        extends: true,
        test: { name: "faults", include: ["test/faults/**/*.test.ts"], testTimeout: 60_000, fileParallelism: false },
      },
      {
        extends: true,
        test: {
          name: "libraries",
          include: ["test/python-libraries/**/*.test.ts"],
          globalSetup: ["test/python-libraries/set-up.ts"],
          testTimeout: 60_000,
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
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
