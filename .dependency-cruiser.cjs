/** Who may import whom. The picture is in CONTRIBUTING.md. */
const layer = (name, from, to) => ({
  name,
  severity: "error",
  comment: `${from} must not import ${to}`,
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^vscode$" } },
    layer("quantity-is-the-floor", "^src/quantity\\.ts$", "^src/(?!quantity)"),
    layer("config-below-all", "^src/config/", "^src/(carbon|lint|fairness|ledger|tradeoff|report|cli|editor)"),
    layer("domains-below-ledger", "^src/(energy|lint|fairness)/", "^src/(ledger|tradeoff|report|cli|editor)"),
    layer("carbon-below-ledger", "^src/carbon/", "^src/(lint|fairness|ledger|tradeoff|report|cli|editor)"),
    layer("energy-does-not-know-carbon", "^src/energy/", "^src/(carbon|lint|fairness)/"),
    layer("ledger-below-report", "^src/ledger/", "^src/(report|cli|editor)"),
    layer("ledger-does-not-know-tradeoff", "^src/ledger/", "^src/tradeoff"),
    layer("tradeoff-below-report", "^src/tradeoff/", "^src/(lint|report|cli|editor)"),
    layer("report-below-entries", "^src/report/", "^src/(cli|editor)"),
    layer("cli-is-not-the-editor", "^src/cli", "^src/editor/"),
    layer("nobody-imports-the-editor", "^src/(?!editor/|extension\\.ts)", "^src/editor/"),
    layer("editor-does-not-import-cli", "^src/editor/", "^src/cli"),
    {
      name: "vscode-only-in-the-editor",
      severity: "error",
      from: { pathNot: "^src/(editor/|extension\\.ts)" },
      to: { path: "^vscode$" },
    },
    {
      name: "webview-keeps-to-itself",
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^src/", pathNot: "^src/(quantity\\.ts$|fairness/)" },
    },
    {
      name: "webview-computes-thresholds-only",
      severity: "error",
      comment:
        "A threshold that is dragged has its numbers within a frame, so the explorer computes them in the page, by the same pure engine as the command line. Only its page and its chart do, and only the engine's parts that count from scores already sorted.",
      from: { path: "^webview/", pathNot: "^webview/(explorer/|charts/rate-curves\\.ts$)" },
      to: { path: "^src/fairness/" },
    },
    {
      name: "webview-explorer-computes-thresholds-only",
      severity: "error",
      from: { path: "^webview/(explorer/|charts/rate-curves\\.ts$)" },
      to: {
        path: "^src/fairness/",
        pathNot: "^src/fairness/(thresholds/(?!.*\\.(node|main)\\.ts$)|metrics/(confusion|measures|rates|small-group)\\.ts$)",
      },
    },
    {
      name: "kit-only-in-ui",
      severity: "error",
      from: { pathNot: "^webview/ui/" },
      to: { path: "webview-ui-toolkit" },
    },
    { name: "chart-js-only-in-charts", severity: "error", from: { pathNot: "^webview/charts/" }, to: { path: "node_modules/chart\\.js" } },
    {
      name: "pure-files-import-no-node-files",
      severity: "error",
      comment: "A pure file must run in a browser or worker: it imports neither node built-ins nor *.node.ts",
      from: { path: "^src/(quantity|config|energy|carbon|lint|fairness|ledger|tradeoff|report)", pathNot: "\\.(node|main)\\.ts$" },
      to: { path: "\\.node\\.ts$" },
    },
    {
      name: "pure-files-import-no-built-ins",
      severity: "error",
      from: { path: "^src/(quantity|config|energy|carbon|lint|fairness|ledger|tradeoff|report)", pathNot: "\\.(node|main)\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"], extensions: [".ts", ".js"] },
  },
};
