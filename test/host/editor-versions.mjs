/**
 * The two editors Fairwatt is tried in: the oldest it supports (`engines.vscode`) and the current one.
 * Each is a build of the VS Code server that npm carries inside the package `code-server`.
 */

/**
 * @typedef {"1.139" | "1.100"} EditorVersion
 * @typedef {object} EditorBuild
 * @property {EditorVersion} version
 * @property {string} vscode       full VS Code version, as `vscode.version` reports it
 * @property {string} codeServer   version of the npm package `code-server` that holds the build
 * @property {string} node         version of Node that the build runs on
 * @property {boolean} smokeTestDriver  whether the build reads the test keys of the page's payload only
 *   when it is started with `--enable-smoke-test-driver`
 * @property {string[]} compile    native packages that must be compiled; without them the editor is of no use
 * @property {string[]} tryCompile native packages that are worth compiling; the editor starts without them
 */

/** @type {EditorBuild[]} */
export const EDITOR_BUILDS = [
  {
    version: "1.139",
    vscode: "1.139.1",
    codeServer: "4.139.1",
    node: "24.21.0",
    smokeTestDriver: true,
    compile: [], // node-pty comes with a compiled Linux build
    // without them log channels stay empty, and an extension host may outlive its server
    tryCompile: ["@vscode/spdlog", "@vscode/native-watchdog"],
  },
  {
    version: "1.100",
    vscode: "1.100.3",
    codeServer: "4.100.3",
    node: "20.20.2",
    smokeTestDriver: false,
    compile: ["node-pty"],
    tryCompile: ["@vscode/spdlog", "native-watchdog"],
  },
];

/**
 * @param {string} version
 * @returns {EditorBuild}
 * @throws {Error} when there is no such build; the message lists those there are
 */
export function editorBuild(version) {
  const build = EDITOR_BUILDS.find((candidate) => candidate.version === version);
  if (!build) {
    throw new Error(
      `No editor build "${version}"; there are ${EDITOR_BUILDS.map((known) => known.version).join(" and ")}.`,
    );
  }
  return build;
}
