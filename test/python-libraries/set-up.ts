/** Before the first test of this project: the libraries are there. */

import type { TestProject } from "vitest/node";
import { type EnvironmentName, prepareLibraries } from "./environments.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    /** Interpreter of each environment. */
    interpreters: Record<EnvironmentName, string>;
  }
}

export default async function setUp(project: TestProject): Promise<void> {
  project.provide("interpreters", await prepareLibraries((text) => console.log(text)));
}
