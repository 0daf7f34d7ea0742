/** Command lines go into the ledger, and the ledger into git: what looks like a secret in them does not. Pure. */

export const MASK = "***";

/**
 * Options whose value is a secret. "token" counts alone or after the name of a service only, since most tokens of a
 * training command are words of a text (--max-tokens, --eos-token).
 */
const SECRET_NAME =
  /^(?:-*|.*[-_.])(?:password|passwd|passphrase|secret|secret[-_]?key|access[-_]?key|api[-_]?key|private[-_]?key|credentials?|(?:access|api|auth|bearer|github|gitlab|hf|hub|huggingface|refresh|secret|session|wandb)[-_]?token)$|^-*token$/i;
/** Forms in which well-known services give out keys. */
const SECRET_FORM =
  /^(?:hf_[A-Za-z0-9]{20,}|gh[opsur]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|sk-[\w-]{20,}|AKIA[A-Z0-9]{16}|xox[abp]-[\w-]{10,})$/;
/** scheme://user:password@host */
const URL_PASSWORD = /^([a-z][a-z0-9+.-]*:\/\/[^/?#:@\s]*):[^/?#@\s]+@/i;

/** The arguments with secrets replaced by "***", and how many were: `--api-key X`, `--api-key=X`, `API_KEY=X`, URLs, known forms. */
export function maskSecrets(argv: readonly string[]): { argv: string[]; masked: number } {
  let masked = 0;
  const hide = (kept = "") => {
    masked++;
    return `${kept}${MASK}`;
  };
  const out = argv.map((argument, index) => {
    const before = index > 0 ? argv[index - 1]! : "";
    if (before.startsWith("-") && !argument.startsWith("-") && SECRET_NAME.test(before)) return hide();
    const equals = argument.indexOf("=");
    if (equals > 0 && SECRET_NAME.test(argument.slice(0, equals))) return hide(argument.slice(0, equals + 1));
    const value = argument.slice(equals + 1);
    if (SECRET_FORM.test(value)) return hide(argument.slice(0, argument.length - value.length));
    return URL_PASSWORD.test(value)
      ? argument.replace(
          value,
          value.replace(URL_PASSWORD, (_, user) => `${hide(`${user}:`)}@`),
        )
      : argument;
  });
  return { argv: out, masked };
}
