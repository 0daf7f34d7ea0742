/** The parser of project files with all their tables: loaded when the first one is read. */

export { parseProject } from "../../config/parse.ts";
