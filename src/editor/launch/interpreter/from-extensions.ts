/** Resolvers that ask the extensions which manage Python environments, where one is installed. */

import type * as vscode from "vscode";
import { isExecutable, pythonIn } from "../../../config/python-on-disk.node.ts";
import type { Interpreter, InterpreterRequest, InterpreterResolver } from "./resolve.ts";

/** What is used of ms-python.vscode-python-envs (its public `PythonEnvironmentApi`). */
interface EnvironmentsApi {
  getEnvironment(scope: vscode.Uri | undefined): Promise<
    | {
        displayName?: string;
        execInfo?: {
          run?: { executable: string; args?: string[] };
          activatedRun?: { executable: string; args?: string[] };
        };
      }
    | undefined
  >;
}

/** What is used of ms-python.python (its public `PythonExtension`). */
interface PythonApi {
  ready?: Promise<void>;
  environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { id: string; path: string };
    resolveEnvironment(
      environment: string | { id: string; path: string },
    ): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
  };
}

/** The part of `vscode` that these need, so that they can be tried with extensions that are not installed. */
export interface ExtensionHost {
  getExtension(id: string): Pick<vscode.Extension<unknown>, "isActive" | "exports" | "activate"> | undefined;
  toUri(file: string): vscode.Uri;
}

/** Another extension that hangs must not hang a run. */
const PATIENCE = 10_000;

export function fromEnvironmentsExtension(host: ExtensionHost): InterpreterResolver {
  const name = "Python Environments extension";
  return {
    name,
    async resolve({ file }: InterpreterRequest): Promise<Interpreter | undefined> {
      const api = await apiOf<EnvironmentsApi>(host, "ms-python.vscode-python-envs");
      if (typeof api?.getEnvironment !== "function") return undefined;
      const environment = await within(api.getEnvironment(host.toUri(file)));
      const run = environment?.execInfo?.run ?? environment?.execInfo?.activatedRun;
      if (!run?.executable) return undefined;
      return { path: run.executable, args: run.args ?? [], source: name };
    },
  };
}

export function fromPythonExtension(host: ExtensionHost): InterpreterResolver {
  const name = "Python extension";
  return {
    name,
    async resolve({ file }: InterpreterRequest): Promise<Interpreter | undefined> {
      const api = await apiOf<PythonApi>(host, "ms-python.python");
      if (!api?.environments) return undefined;
      await within(api.ready ?? Promise.resolve());
      const active = api.environments.getActiveEnvironmentPath(host.toUri(file));
      const resolved = await within(api.environments.resolveEnvironment(active));
      // `path` may be a folder, or "python" where nobody has chosen yet: only a real executable counts.
      const path =
        resolved?.executable.uri?.fsPath ??
        ((await isExecutable(active.path)) ? active.path : await pythonIn(active.path));
      return path ? { path, args: [], source: name } : undefined;
    },
  };
}

async function apiOf<T>(host: ExtensionHost, id: string): Promise<T | undefined> {
  const extension = host.getExtension(id);
  if (!extension) return undefined;
  return (extension.isActive ? extension.exports : await within(extension.activate())) as T | undefined;
}

async function within<T>(promise: Thenable<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
