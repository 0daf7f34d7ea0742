/** Where the modules that a program imports may lie in its project. Places are paths without endings. */

/** Where an importer's `module` may lie: beside it, in a folder above it, or where its dots lead. */
export function placesOf(module: string, importer: string): string[] {
  const dots = /^\.*/.exec(module)![0].length;
  const steps = module.slice(dots).replaceAll(".", "/");
  let folder = folderOf(importer);
  for (let up = 1; up < dots; up++) folder = folderOf(folder);
  const places = [below(folder, steps)];
  while (dots === 0 && folder !== "") {
    folder = folderOf(folder);
    places.push(below(folder, steps));
  }
  return places;
}

/** `app/inference.py` and `app/inference/__init__.py` are at `app/inference`. */
export function placeOf(path: string): string {
  return path.replace(/(?:\/__init__)?\.pyw?$/, "");
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const below = (folder: string, path: string): string => (folder === "" ? path : `${folder}/${path}`);
