/** What the server builds say in every run, whatever the extension under test does. */
const NOISE = [
  /^Resolv(ed|ing) connection token/,
  /^Creating a socket/,
  /^Updating additional builtin extensions cache/,
  /^\[(reconnection-grace-time|AccountPolicyGate|AgentHost|ChatModelSelection|Service Worker)/,
  /^Creation of workbench contribution .* took/,
  /^Ignoring fetching additional builtin extensions/,
  /^ChatSessionStore/,
  /^Could not find pty \d+ on pty host/, // a terminal that ended before its title was set
  /^\[lifecycle\] Long running operations during shutdown are unsupported in the web/, // at each reload of the window
  /Aborted onWillSaveTextDocument-event after \d+ms/, // settings.json, saved while the extension host is busy
  /authentication provider 'github'/,
  /vsda(_bg\.wasm|\.js)?\b/, // a module of Microsoft's own builds
];

/** Noise of the page itself, as Chromium's console has it. */
const PAGE_NOISE = [
  /An iframe which has both allow-scripts and allow-same-origin/,
  /The web worker extension host is started in a same-origin iframe/,
  /Failed to load resource: .*\b404\b/,
  /A bad HTTP response code \(404\) was received when fetching the script/,
  /ServiceWorker/i,
  /Unable to write file 'vscode-log:.* is closed/, // the editor's own log, as the window is reloaded
  ...NOISE,
];

/** @param {string} text  one message of the editor's log */
export function isEditorNoise(text) {
  return NOISE.some((pattern) => pattern.test(text));
}

/** @param {string} text  one message of the page's console */
export function isPageNoise(text) {
  const plain = text.replace(/^%c\s*\w+ color: #\w+ /, ""); // the log level in colour
  return PAGE_NOISE.some((pattern) => pattern.test(plain));
}

/**
 * @param {unknown[]} args  of a console call, as the page's `codeAutomationLog` gets them
 * @returns {string}
 */
export function logText(args) {
  return args.map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg))).join(" ");
}
