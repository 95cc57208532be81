import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { inject } from 'vitest';
import { PAGE_PATHS, type TestPageBuild } from './buildTestPage.ts';

/** An answer of the web server that a test's page comes from. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A cookie that a request with credentials would carry. */
export const PAGE_COOKIE = 'session=of-the-app';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** The path of a build's page; `connectTo`: another origin that its policy lets it speak to. */
export function pagePath(build: TestPageBuild, connectTo?: string): string {
  const query = connectTo === undefined ? '' : `?${new URLSearchParams({ connectTo }).toString()}`;
  return PAGE_PATHS[build] + query;
}

/** Serves the built pages, under the strict policy that T4 promises to work with. */
export function createPageServer(): (url: string) => PageAnswer {
  const files = new Map<string, PageAnswer>();
  for (const [build, folder] of Object.entries(inject('pageFolders'))) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const type = TYPES[extname(name)];
      if (type === undefined) continue;
      const path = PAGE_PATHS[build as TestPageBuild] + name.replace(/^index\.html$/, '');
      // Not `no-store`: that keeps a page out of the back/forward cache.
      const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache' };
      files.set(path, { status: 200, headers, body: readFileSync(join(folder, name)) });
    }
  }
  return (url) => {
    const { pathname, searchParams } = new URL(url, 'http://page.invalid');
    const file = files.get(pathname);
    if (!file) return { status: 404, headers: {}, body: new Uint8Array() };
    if (!pathname.endsWith('/')) return file;
    const policy = contentSecurityPolicy(searchParams.get('connectTo'));
    const headers = {
      ...file.headers,
      'Content-Security-Policy': policy,
      'Set-Cookie': `${PAGE_COOKIE}; Path=/`,
    };
    return { ...file, headers };
  };
}

function contentSecurityPolicy(connectTo: string | null): string {
  return [
    "default-src 'none'",
    ["connect-src 'self'", connectTo].filter(Boolean).join(' '),
    "style-src 'self'",
    "script-src 'self'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
