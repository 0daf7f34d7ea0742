import path from "node:path";

/**
 * Reads the arguments that `runTests` gives the desktop program. Those that have no meaning for the server build
 * (`--no-sandbox`, `--user-data-dir`, ...) are passed over.
 * @param {string[]} argv
 * @returns {{workspace?: string, extensionDevelopmentPath: string[], extensionTestsPath?: string}}  absolute paths
 */
export function launcherArguments(argv) {
  /** @param {string} name */
  const values = (name) =>
    argv.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => path.resolve(arg.slice(name.length + 3)));
  const workspace = argv.find((arg) => !arg.startsWith("-"));
  return {
    workspace: workspace && path.resolve(workspace),
    extensionDevelopmentPath: values("extensionDevelopmentPath"),
    extensionTestsPath: values("extensionTestsPath")[0],
  };
}
