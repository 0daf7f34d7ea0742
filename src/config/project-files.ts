/** The files that may hold a project's settings, the first one first. */
export const PROJECT_FILES = ["fairwatt.toml", "pyproject.toml"] as const;
export type ProjectFileKind = (typeof PROJECT_FILES)[number];
