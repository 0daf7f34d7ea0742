// The types of page-url.mjs, which describes them, for the TypeScript that imports it.

export interface PageOptions {
  workspace?: string;
  extensionDevelopmentPath?: string | string[];
  extensionTestsPath?: string;
  extensionEnvironment?: Record<string, string>;
  openFile?: string;
}

export function pageUrl(port: number, options: PageOptions): string;
