import { execFileSync } from "node:child_process";
import { onPath } from "./paths.mjs";

/**
 * Finds poppler's programs, which read and draw PDF, or installs Debian's when this is root on Debian or Ubuntu.
 * @returns {{ pdftotext: string, pdftoppm: string }} full paths
 * @throws {Error} that says what to install
 */
export function findPoppler() {
  const found = installedPoppler();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath("apt-get")) installOnDebian();
  const installed = installedPoppler();
  if (installed) return installed;
  throw new Error("poppler was not found: install poppler-utils (Debian, Fedora) or poppler (Homebrew).");
}

function installedPoppler() {
  const [pdftotext, pdftoppm] = ["pdftotext", "pdftoppm"].map(onPath);
  return pdftotext && pdftoppm ? { pdftotext, pdftoppm } : undefined;
}

function installOnDebian() {
  console.log("Installing poppler-utils with apt-get (once) ...");
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "poppler-utils"], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch (error) {
    console.warn(`apt-get could not install it: ${/** @type {Error} */ (error).message}`);
  }
}
