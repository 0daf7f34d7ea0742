/** Settings every editor under test starts with: nothing that asks, advertises, updates or calls out. */
const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.commandCenter": false,
  "chat.disableAIFeatures": true,
  "chat.agentHost.enabled": false,
  "chat.commandCenter.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "git.openRepositoryInParentFolders": "never",
  "files.simpleDialog.enable": true,
};

/** Names of built-in themes that newer builds dropped the word "Default" from. */
const RENAMED_THEMES = ["Dark Modern", "Light Modern", "Dark+", "Light+"];

/**
 * The user's settings.json for a new editor.
 * @param {Record<string, unknown>} own  what the caller wants; it wins
 * @param {string} vscode  full version of the editor, e.g. "1.139.1"
 * @returns {Record<string, unknown>}
 */
export function userSettings(own, vscode) {
  const settings = { ...QUIET, ...own };
  const theme = settings["workbench.colorTheme"];
  // Newer builds rewrite the value of old into this one, and save the file while a test begins.
  if (newer(vscode)) settings["extensions.autoUpdate"] = "off";
  if (typeof theme === "string") settings["workbench.colorTheme"] = themeId(theme, vscode);
  return settings;
}

/**
 * @param {string} theme  e.g. "Default Dark Modern" or "Dark Modern"
 * @param {string} vscode  full version
 * @returns {string} the theme's name in that version
 */
function themeId(theme, vscode) {
  const plain = theme.replace(/^Default /, "");
  if (!RENAMED_THEMES.includes(plain)) return theme;
  return newer(vscode) ? plain : `Default ${plain}`;
}

/** @param {string} vscode  full version @returns {boolean} newer than the oldest supported one */
function newer(vscode) {
  return Number(vscode.split(".")[1]) > 100;
}
