import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import * as z from 'zod/mini';

/** The Chromium of this machine (`CHROMIUM`, else Debian's); undefined where there is none. */
export const chromiumPath: string | undefined = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
]
  .filter((path) => path !== undefined)
  .find((path) => existsSync(path));

/** Where pictures go, to be looked at; git knows nothing of it. */
const pictures = join(import.meta.dirname, '../../artifacts/portal');

export const widths = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } } as const;

/** antd measures a scroll bar once with a style element that has no nonce; it is none the worse for being refused it. */
const harmless = /rc-scrollbar-measure/;

const findings = z.object({
  violations: z.array(z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no Chromium here');
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
}

/** Somebody at a screen: a context of its own, with everything that the browser complained about. */
export interface Desk {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What stands on the console as an error, what the page threw, what its policy forbade. */
  readonly complaints: readonly string[];
  /** What axe finds on the page as it is. */
  readonly barriers: () => Promise<string[]>;
  /** By how many pixels the page is wider than the screen. */
  readonly sideways: () => Promise<number>;
  readonly picture: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function deskAt(
  browser: Browser,
  size: keyof typeof widths,
  prepare: (context: BrowserContext) => Promise<void> = () => Promise.resolve(),
): Promise<Desk> {
  const context = await browser.newContext({
    viewport: widths[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  await prepare(context);
  const complaints: string[] = [];
  await context.exposeBinding('policyForbade', (_source, said: string) => {
    if (!harmless.test(said)) complaints.push(`policy: ${said}`);
  });
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
    policyForbade([event.violatedDirective, event.blockedURI, event.sourceFile, event.sample].join(' '));
  });`);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !harmless.test(message.text()))
      complaints.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  return {
    page,
    context,
    complaints,
    barriers: async () => {
      await page.evaluate(axe.source);
      // What a frame shows is a letter as it is printed, not a page.
      const found = findings.parse(
        await page.evaluate("axe.run(document, { iframes: false, resultTypes: ['violations'] })"),
      );
      return found.violations.map(
        ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
    },
    sideways: () =>
      page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    picture: async (name) => {
      await mkdir(pictures, { recursive: true });
      // As high as the page, so that what sticks to an edge of the window stands where it belongs.
      const height = await page.evaluate<number>('document.documentElement.scrollHeight');
      await page.setViewportSize({ width: widths[size].width, height: Math.max(height, widths[size].height) });
      await page.screenshot({ path: join(pictures, `${name}-${String(widths[size].width)}.png`) });
      await page.setViewportSize(widths[size]);
    },
    close: () => context.close(),
  };
}

/** Signs in through the issuer's own page, by the name that stands there. */
export async function signInAs(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name }).click();
  await page.locator('#content h1').waitFor();
}
