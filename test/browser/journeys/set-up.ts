/** Before the first journey: the packed extension is installed by the editor's own installer, once for all of them. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { installExtension } from "../../host/install-extension.mjs";
import { packagedExtension } from "./support/packaged.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Folder of installed extensions: ours alone. */
    extensionsDir: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-installed-"));
  await installExtension("1.139", packagedExtension(), folder);
  project.provide("extensionsDir", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
