import type { Command } from "commander";
import { withHelp } from "../help.ts";
import { collect } from "../table-options.ts";

export function define(command: Command): void {
  command
    .description(
      "Measures inference: energy and CO2e for 1,000 units, throughput, latency and peak memory, in the steady state after the warm-up. Of a command, units are the marks that it writes, or matches of --count in its output or in a request log. Of a served model (--url), they are the answers to a load that you set; the process that listens there is measured. What cannot be measured is said, and no figure is given for it.",
    )
    .argument("[command...]", "the command and its arguments, after `--`")
    .option("--url <url>", "a served model, which runs already")
    .option("--concurrency <number>", "with --url: requests under way at once (default: 1)")
    .option("--rate <number>", "with --url: requests started per second, whatever the answers take")
    .option("--duration <time>", "with --url: how long requests are sent (default: 30s)")
    .option("--body <file>", "with --url: what each request sends (then the method is POST)")
    .option("--method <method>", "with --url: GET, POST, PUT")
    .option("--header <header>", 'with --url: "NAME: VALUE"; repeatable, never written down', collect)
    .option("--timeout <time>", "with --url: an answer that takes longer is none (default: 60s)")
    .option("--pid <pid>", "with --url: the process that serves, where it cannot be found by the port")
    .option("--machine", "count the whole machine, not the part of the command or the server")
    .option(
      "--count <regex>",
      "counts units in lines of output or log, or in an answer: group 1 or (?<units>...) holds how many, (?<ms>...) or (?<seconds>...) the latency",
    )
    .option("--request-log <file>", "counts lines that are appended to this file meanwhile")
    .option("--unit <name>", "what is counted, in the plural: images, tokens (default: units; requests)")
    .option("--warm-up <time>", "what counts as warm-up (default: it is detected)")
    .option("--model <model>", "the model's file, or a model of the ledger: path, NAME@VERSION, hash")
    .option("--name <name>", "what to call it")
    .option("--interval <time>", "time between two readings of the meters (default: 500ms)")
    .option("--zone <zone>", "grid zone of the machine; goes before the project's own")
    .option("--no-ledger", "write no entry for it (its run is kept, as every run)")
    .option("--json <file>", "write the result to this file as one JSON object")
    .passThroughOptions()
    .action(async (words: string[], options) => {
      const { bench } = await import("../bench.ts");
      process.exitCode = await bench({ ...options, cwd: process.cwd() }, words);
    });
  withHelp(
    command,
    [
      "fairwatt bench --unit images --count 'batch of (\\d+)' -- python classify.py",
      "fairwatt bench --model model.onnx --url http://localhost:8000/predict --body row.json --concurrency 4",
      `fairwatt bench --unit tokens --count '"completion_tokens":\\s*(\\d+)' --url http://localhost:8000/v1/completions --body prompt.json --rate 2 --duration 2m`,
      "in Python, after each batch: open(os.environ['FAIRWATT_MARKS'], 'a').write(json.dumps({'type': 'mark', 't': time.time(), 'mono': time.monotonic(), 'kind': 'step', 'metrics': {'units': 32, 'seconds': 0.05}}) + '\\n')",
    ],
    [
      "0    measured",
      "1    no figures: no steady state, no units, a command that failed",
      "2    fairwatt was called wrongly, or the server does not answer: nothing was measured",
    ],
  );
}
