/** Which Python runs a script: the first answer of a chain of small resolvers, with where it came from. */

export interface Interpreter {
  /** Absolute path of the executable. */
  path: string;
  /** Arguments that always come first (Python Environments may name some). */
  args: string[];
  /** Where it came from, for the log and the run's name: "Python extension", "setting fairwatt.python.interpreter". */
  source: string;
}

export interface InterpreterRequest {
  /** The script or notebook. */
  file: string;
  /** Folders in which an environment may lie, nearest first. */
  folders: string[];
  /** Value of `fairwatt.python.interpreter`, "" when not set. */
  setting: string;
}

export interface InterpreterResolver {
  readonly name: string;
  /** Undefined: nothing here, ask the next one. Throws where the person's own choice cannot be used. */
  resolve(request: InterpreterRequest): Promise<Interpreter | undefined>;
}

/** A choice that cannot be used, in words for the person who made it. */
export class InterpreterUnusable extends Error {}

export interface Resolution {
  interpreter: Interpreter | undefined;
  /** One line per resolver that was asked, for the log. */
  trail: string[];
}

/** Asks one after the other. A resolver that breaks (another extension's error) is passed over and noted. */
export async function resolveInterpreter(
  request: InterpreterRequest,
  resolvers: readonly InterpreterResolver[],
): Promise<Resolution> {
  const trail: string[] = [];
  for (const resolver of resolvers) {
    try {
      const interpreter = await resolver.resolve(request);
      trail.push(`${resolver.name}: ${interpreter ? interpreter.path : "nothing"}`);
      if (interpreter) return { interpreter, trail };
    } catch (error) {
      if (error instanceof InterpreterUnusable) throw error;
      trail.push(`${resolver.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { interpreter: undefined, trail };
}
