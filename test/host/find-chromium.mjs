import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { onPath } from "./paths.mjs";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const WINDOWS_PLACES = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];

/**
 * Finds a Chromium, or installs Debian's when this is root on Debian or Ubuntu. `CHROMIUM` names one and wins.
 * @returns {string} full path of the program
 * @throws {Error} that says what to install
 */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM is set to ${named}, but there is no such file.`);
  }
  const found = installedChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath("apt-get")) installOnDebian();
  const installed = installedChromium();
  if (installed) return installed;
  throw new Error(
    "No Chromium found: install Chromium or Google Chrome, or set CHROMIUM to the path of one.",
  );
}

/** @returns {string | undefined} */
function installedChromium() {
  const windows = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => WINDOWS_PLACES.map((place) => path.join(folder, place)));
  return PROGRAMS.map(onPath).find(Boolean) ?? [...USUAL_PLACES, ...windows].find((file) => existsSync(file));
}

function installOnDebian() {
  console.log("Installing Chromium with apt-get (once) ...");
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch (error) {
    console.warn(`apt-get could not install it: ${/** @type {Error} */ (error).message}`);
  }
}
