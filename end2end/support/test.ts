// The test all specs use: a server per worker, and pages that may not complain. A message of level error in the console or an
// error nobody caught fails the test, unless it said beforehand that it expects one.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { Inbox } from './inbox';
import { Server, type Engine } from './server';

export type Language = 'zh' | 'en';

/** Chosen per project or per file. */
export interface ServerOptions {
  database: Engine;
  /** Whether the made-up authorities, units and staff are loaded. */
  demo: boolean;
  /** The day the server lives in, if not today's: what is compared word by word must not change with the calendar. */
  today: string;
  /** Tests with a word of their own here have a server of their own: what they do to it disturbs no others. */
  apart: string;
}

interface WorkerFixtures extends ServerOptions {
  server: Server;
}

interface TestFixtures {
  /** The language of the interface. */
  lang: Language;
  complaints: Complaints;
  /** Finds what axe knows of accessibility, and fails on any of it. */
  axe: (page: Page) => Promise<void>;
  /** Messages sent to mobiles and mail boxes. */
  inbox: Inbox;
  /** A page of another person, or of the same one at another machine. */
  otherPage: () => Promise<Page>;
}

/** What browsers complained of. */
export class Complaints {
  private readonly heard: string[] = [];
  private readonly expected: RegExp[] = [];

  listen(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.heard.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.heard.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  }

  /** Says that this test provokes such a complaint; anything else still fails it. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  get unexpected(): string[] {
    return this.heard.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
  }
}

export async function inLanguage(context: BrowserContext, lang: Language, url: string): Promise<void> {
  await context.addCookies([{ name: 'lang', value: lang, url }]);
}

async function personalContext(browser: Browser, options: BrowserContextOptions, lang: Language, complaints: Complaints): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  complaints.listen(context);
  if (options.baseURL) await inLanguage(context, lang, options.baseURL);
  return context;
}

/** A page whose `goto` and `reload` end when the page listens; pages without script are ready as they come. */
function patient(page: Page): Page {
  const settled = () => page.waitForFunction(() => !document.querySelector('head script[type="module"]') || document.documentElement.hasAttribute('data-live'));
  for (const way of ['goto', 'reload'] as const) {
    const go = page[way].bind(page) as (...args: unknown[]) => Promise<{ ok(): boolean } | null>;
    page[way] = (async (...args: unknown[]) => {
      const answer = await go(...args);
      // What is only an error is not taken over.
      if (!answer || answer.ok()) await settled();
      return answer;
    }) as never;
  }
  return page;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  database: ['sqlite', { option: true, scope: 'worker' }],
  demo: [true, { option: true, scope: 'worker' }],
  today: ['', { option: true, scope: 'worker' }],
  apart: ['', { option: true, scope: 'worker' }],
  lang: ['zh', { option: true }],

  server: [
    async ({ database, demo, today, apart: _ }, use) => {
      const server = await Server.create(database);
      try {
        if (today) server.live(today);
        if (demo) server.run('demo');
        await server.start();
        await use(server);
        await server.stop();
      } finally {
        await server.dispose();
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  complaints: [
    async ({}, use) => {
      const complaints = new Complaints();
      await use(complaints);
      expect(complaints.unexpected, 'Nothing in the browser complained').toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, complaints, lang, server }, use) => {
    complaints.listen(context);
    await inLanguage(context, lang, server.url);
    await use(context);
  },

  // Where scripts run, a page is ready when they have taken over.
  page: async ({ page, javaScriptEnabled }, use) => use(javaScriptEnabled === false ? page : patient(page)),

  otherPage: async ({ browser, server, contextOptions, complaints, lang }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await personalContext(browser, { ...contextOptions, baseURL: server.url }, lang, complaints);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  inbox: async ({ browser, server }, use) => use(new Inbox(browser, server.url)),

  axe: async ({ javaScriptEnabled }, use) => {
    await use(async (page) => {
      if (javaScriptEnabled === false) throw new Error('axe itself is a script: use it in tests that run with one');
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.target.join(' ')) }));
      expect(found, `Accessibility of ${new URL(page.url()).pathname}`).toEqual([]);
    });
  },
});

/** Runs the same tests with script and without: nothing may need it. */
export function withAndWithoutScript(tests: (script: boolean) => void): void {
  for (const script of [true, false]) {
    test.describe(script ? 'with script' : 'without script', () => {
      test.use({ javaScriptEnabled: script });
      tests(script);
    });
  }
}

/** The page fits the window's width; only tables scroll, in their own frame, which does not widen the page. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { over, widest } = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const reaching = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    const named = reaching.map((element) => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 40)}"`);
    return { over: scrollWidth - clientWidth, widest: named.slice(-5).join(', ') };
  });
  expect(over, `Wider than the window: ${page.url()}: ${widest}`).toBeLessThanOrEqual(0);
}

export { expect };
