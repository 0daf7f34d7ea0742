/** Containers that a command starts: `docker run`, `gcloud run deploy`, `kubectl run`; and what it starts in those that run. */

import { isProgram, type Launch, type Setting } from "./launch.ts";
import { addMount } from "./mounts.ts";
import type { ShellCommand } from "./shell.ts";
import { endOf, type Word } from "./words.ts";

/** `docker run` options that take a value as the next word (docker's command line reference). */
const DOCKER_VALUE = new Set(
  "-e --env --env-file -v --volume -p --publish --name --gpus --ipc --shm-size --network --net -w --workdir --entrypoint --mount --restart -u --user --cpus -m --memory --runtime --device --ulimit -l --label -h --hostname --add-host --health-cmd --health-interval --platform --pull --cpuset-cpus --log-driver --log-opt --group-add --security-opt --cap-add --tmpfs --pid --hooks-dir --annotation".split(
    " ",
  ),
);

/** What is started in a container that runs: `docker exec -it name vllm serve ...`, `kubectl exec pod -- vllm serve ...`. */
export function execution(words: readonly Word[]): Word[] {
  const at = words.findIndex(({ value }) => value === "exec");
  if (isProgram(words[0], /^(?:kubectl|oc)$/) && at === 1) {
    const end = words.findIndex(({ value }) => value === "--");
    return end < 0 ? [] : words.slice(end + 1);
  }
  if (!isProgram(words[0], /^(?:docker|podman|nerdctl)$/) || at < 1 || at > 2) return [];
  let name = at + 1;
  while (words[name]?.value.startsWith("-")) name += DOCKER_VALUE.has(words[name]!.value) ? 2 : 1;
  return words.slice(name + 1);
}

export function addVariable(environment: Map<string, Setting>, word: Word): void {
  const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word.value);
  if (match === null) return;
  environment.set(match[1]!, {
    value: match[2]!,
    range: endOf(word, match[2]!),
    keyRange: { start: word.range.start, end: word.range.start + match[1]!.length },
    known: word.known,
  });
}

/** `docker run [options] image [arguments]`. */
export function containerOf(words: readonly Word[], command: ShellCommand): Launch | undefined {
  const run = words.findIndex((word) => word.value === "run" || word.value === "create");
  if (run < 0 || run > 3) return undefined;
  const environment = new Map<string, Setting>();
  const mounts = new Map<string, string>();
  let accelerator: ReturnType<NonNullable<Launch["accelerator"]>>;
  let entrypoint: Word | undefined;
  let lastVariable: Word | undefined;
  let at = run + 1;
  for (; at < words.length; at++) {
    const word = words[at]!;
    if (!word.value.startsWith("-")) {
      // A variable that holds options, as in `docker run $OPTIONS image`.
      if (!word.known && word.value.startsWith("$") && !/image/i.test(word.value)) continue;
      break;
    }
    const [name = "", inline] = split(word.value);
    const value = inline === undefined && DOCKER_VALUE.has(name) ? words[++at] : word;
    if (value === undefined) break;
    const text = inline ?? value.value;
    if (name === "-e" || name === "--env") {
      addVariable(environment, inline === undefined ? value : { ...word, value: inline });
      lastVariable = value;
    } else if (/^(?:-v|--volume|--mount)$/.test(name)) {
      addMount(mounts, text);
    } else if (name === "--gpus") {
      const count =
        /^"?(?:count=)?(\d+)/.exec(text)?.[1] ?? /device=([\d,]+)/.exec(text)?.[1]?.split(",").length;
      accelerator = { range: value.range, ...(count === undefined ? {} : { count: Number(count) }) };
    } else if (name === "--entrypoint") entrypoint = { ...value, value: text };
  }
  const image = words[at];
  if (image === undefined) return undefined;
  return {
    image: { name: image.value, range: image.range },
    words: [...(entrypoint === undefined ? [] : [entrypoint]), ...words.slice(at + 1)],
    environment,
    mounts,
    range: command.range,
    ...(accelerator === undefined ? {} : { accelerator: () => accelerator }),
    insertVariable: (name, value) =>
      lastVariable?.after?.(["-e", `${name}=${value}`]) ?? words[run]!.after?.(["-e", `${name}=${value}`]),
  };
}

/** `gcloud run deploy --image=... --set-env-vars=A=b,C=d --args=...`, `gcloud ai models upload`, `kubectl run name --image=... --env=A=b -- arguments`. */
export function deployedContainer(words: readonly Word[], command: ShellCommand): Launch | undefined {
  const verbs = words.slice(1, 5).map(({ value }) => value);
  const isCloudRun = isProgram(words[0], /^gcloud$/) && verbs.includes("run") && verbs.includes("deploy");
  const isVertex = isProgram(words[0], /^gcloud$/) && verbs.includes("models") && verbs.includes("upload");
  const isPod = isProgram(words[0], /^(kubectl|oc)$/) && verbs[0] === "run";
  if (!isCloudRun && !isVertex && !isPod) return undefined;
  const environment = new Map<string, Setting>();
  let image: Word | undefined;
  const rest: Word[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    if (word.value === "--") {
      rest.push(...words.slice(at + 1));
      break;
    }
    const [name, inline] = split(word.value);
    if (
      !/^--(?:image|env|set-env-vars|update-env-vars|args|container-(?:image-uri|env-vars|command|args))$/.test(
        name,
      )
    )
      continue;
    const value = inline ?? words[++at]?.value ?? "";
    const held = inline === undefined ? (words[at] ?? word) : word;
    if (/image/.test(name)) image = { ...held, value };
    else if (/args|command/.test(name))
      rest.push(...value.split(",").map((one) => ({ ...held, value: one })));
    else for (const pair of value.split(",")) addVariable(environment, { ...held, value: pair });
  }
  if (image === undefined) return undefined;
  return { image: { name: image.value, range: image.range }, words: rest, environment, range: command.range };
}

function split(option: string): [string, string | undefined] {
  const equals = option.indexOf("=");
  return equals < 0 ? [option, undefined] : [option.slice(0, equals), option.slice(equals + 1)];
}
