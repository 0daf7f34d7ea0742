import { afterAll, afterEach, beforeAll, inject } from "vitest";
import { type EditorPage, type OpenOptions, openEditor } from "../../harness/editor-page.ts";
import { JourneyProject } from "./project.ts";
import { READABLE } from "./surfaces.ts";

export interface Journey {
  project: JourneyProject;
  editor: EditorPage;
}

/**
 * A copy of the example, open in an editor with the packed extension, for all tests of the file or suite that calls this.
 * A test that fails leaves a picture of the window in test/results.
 *
 * @param opened hears of both once they are there
 * @param project given to JourneyProject
 * @param prepare what is done in the project before the editor opens it
 */
export function journey(
  opened: (journey: Journey) => void,
  {
    project: projectOptions,
    prepare,
    ...open
  }: Omit<Partial<OpenOptions>, "workspace" | "env" | "extensionsDir"> & {
    project?: ConstructorParameters<typeof JourneyProject>[0];
    prepare?: (project: JourneyProject) => void;
  } = {},
): void {
  let project: JourneyProject | undefined;
  let editor: EditorPage | undefined;
  beforeAll(async () => {
    project = new JourneyProject(projectOptions);
    prepare?.(project);
    editor = await openEditor({
      ...open,
      extensionsDir: inject("extensionsDir"),
      workspace: project.folder,
      env: project.env,
      userSettings: { ...READABLE, ...open.userSettings },
    });
    opened({ project, editor });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await editor?.screenshot(`failed-${task.name.replace(/\W+/g, "-")}`);
  });
  afterAll(async () => {
    await editor?.close();
    project?.dispose();
  });
}
