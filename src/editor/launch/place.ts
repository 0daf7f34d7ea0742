/** In which folder a script runs, and where its environment may lie. */

import * as path from "node:path";
import { findProjectFolder } from "../../energy/run-folder.node.ts";

export interface Place {
  /** Folder that the command runs in: the project's, so that relative paths mean what they mean in its terminal. */
  cwd: string;
  /** Script's folder, its parents, ... up to the workspace folder: where an environment is looked for. */
  folders: string[];
}

/** Place of a script; without a workspace folder, the script's own folder is all there is. */
export function placeOf(file: string, workspaceFolder: string | undefined): Place {
  const own = path.dirname(file);
  if (!workspaceFolder) return { cwd: own, folders: [own] };
  const folders = [own];
  while (folders.at(-1) !== workspaceFolder && isInside(folders.at(-1)!, workspaceFolder)) {
    folders.push(path.dirname(folders.at(-1)!));
  }
  const project = findProjectFolder(own);
  return { cwd: folders.includes(project) ? project : workspaceFolder, folders };
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
