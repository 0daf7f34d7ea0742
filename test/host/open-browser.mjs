import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";

/**
 * Starts a headless Chromium that can reach this machine and nothing else, so that no test depends on a network.
 * @returns {Promise<import("playwright-core").Browser>}
 */
export function openBrowser() {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox", // root has none
      "--disable-dev-shm-usage", // /dev/shm is small in containers
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
    ],
  });
}
