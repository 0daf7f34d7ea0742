/** Files that say which versions of distributions a project uses, by their names. */

export const REQUIREMENTS = /(?:^|\/)(?:[^/]*requirements?[^/]*|constraints[^/]*)\.(?:txt|in)$/i;
export const LOCKS = /(?:^|\/)(?:poetry|uv|pdm|pylock(?:\.[\w-]+)?)\.(?:lock|toml)$|(?:^|\/)Pipfile\.lock$/i;
export const DECLARED =
  /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile|environment[^/]*\.ya?ml|conda[^/]*\.ya?ml)$/i;
export const IMAGES = /(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$|\.dockerfile$/i;

/** True for files that say versions although no reader of the linter takes them. */
export function namesVersions(path: string): boolean {
  return REQUIREMENTS.test(path) || LOCKS.test(path) || DECLARED.test(path) || IMAGES.test(path);
}
