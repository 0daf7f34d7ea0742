/** What of the host is mounted where in a container: `-v /data/llama-2-7b:/model`, `--mount type=bind,source=...,target=...`. */

/** Adds what an option of `docker run` or an item of a compose file's `volumes` says. */
export function addMount(mounts: Map<string, string>, option: string): void {
  const fields = new Map(
    option.split(",").map((field) => {
      const at = field.indexOf("=");
      return [field.slice(0, Math.max(at, 0)), field.slice(at + 1)] as const;
    }),
  );
  const short = /^(.+?):(\/[^:]*)(?::[\w,]+)?$/.exec(option);
  const target = fields.get("target") ?? fields.get("destination") ?? fields.get("dst") ?? short?.[2];
  const source = fields.get("source") ?? fields.get("src") ?? short?.[1];
  if (target !== undefined && source !== undefined) mounts.set(withoutSlash(target), source);
}

/**
 * The model behind a container's path: what is mounted at exactly that path, unless the path itself says how large it is.
 *
 * @param mounts by path in the container
 */
export function mountedModel(id: string, mounts: ReadonlyMap<string, string> | undefined): string {
  return /\d[bB](?![a-z0-9])/.test(id) ? id : (mounts?.get(withoutSlash(id)) ?? id);
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, "");
}
