import type { Page } from "playwright-core";
import { isPageNoise } from "../../host/editor-log.mjs";

/** Host of a webview's own files: its service worker answers, no request leaves the machine. */
const WEBVIEW_FILES = ".vscode-resource.vscode-cdn.net";
const CSP = /content security policy|^refused to/i;

/** Collects what goes wrong on a page, in its frames and workers too, from its first moment on. */
export class PageProblems {
  readonly errors: string[] = [];
  readonly cspViolations: string[] = [];
  readonly offsiteRequests: string[] = [];

  constructor(page: Page) {
    page.on("console", (message) => {
      const text = message.text();
      if (CSP.test(text)) this.cspViolations.push(text);
      else if (message.type() === "error" && !isPageNoise(text)) this.errors.push(text);
    });
    page.on("pageerror", (error) => this.errors.push(error.stack ?? error.message));
    page.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      const local = hostname === "127.0.0.1" || hostname === "localhost" || hostname.endsWith(".localhost");
      if (hostname.endsWith(WEBVIEW_FILES)) return;
      if (protocol.startsWith("http") && !local) this.offsiteRequests.push(request.url());
    });
  }
}
