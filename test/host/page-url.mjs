/**
 * @typedef {object} PageOptions
 * @property {string} [workspace]  absolute path of a folder or a `.code-workspace` file; none = an empty window
 * @property {string | string[]} [extensionDevelopmentPath]  folder(s) of the extension(s) under test
 * @property {string} [extensionTestsPath]  CommonJS module that exports `run(): Promise<void>`
 * @property {Record<string, string>} [extensionEnvironment]  variables for the extension host, over the server's own
 * @property {string} [openFile]  absolute path of a file to open at the start
 */

/**
 * The address of the workbench with what it is to open. The payload is a list of pairs, as
 * `WorkspaceProvider` in VS Code's `workbench.ts` reads it.
 * @param {number} port  the server's
 * @param {PageOptions} options
 * @returns {string}
 */
export function pageUrl(port, options) {
  const host = `127.0.0.1:${port}`;
  /** @param {string} file */
  const remote = (file) => `vscode-remote://${host}${encodeURI(file)}`;
  /** @type {[string, string][]} */
  const payload = [
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  for (const folder of [options.extensionDevelopmentPath ?? []].flat()) {
    payload.push(["extensionDevelopmentPath", remote(folder)]);
  }
  if (options.extensionTestsPath) payload.push(["extensionTestsPath", remote(options.extensionTestsPath)]);
  if (options.extensionEnvironment) {
    payload.push(["extensionEnvironment", JSON.stringify(options.extensionEnvironment)]);
  }
  if (options.openFile) payload.push(["openFile", remote(options.openFile)]);
  const query = new URLSearchParams();
  if (options.workspace) {
    query.set(options.workspace.endsWith(".code-workspace") ? "workspace" : "folder", options.workspace);
  }
  query.set("payload", JSON.stringify(payload));
  return `http://${host}/?${query}`;
}
