// What holds on every page, in both languages: axe finds nothing, nothing runs out of a narrow window, nobody complains in the
// console (the test itself sees to that), the language is said and not mixed.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { Book } from '../pages/Book';
import { Desk } from '../pages/Desk';
import { SignIn } from '../pages/SignIn';
import { ADDRESSES, BOOKS, find, routeOf, type Address } from '../support/addresses';
import { expect, expectNoSidewaysScroll, test, type Language } from '../support/test';

const NARROW = { width: 360, height: 780 };
const BETWEEN = { width: 768, height: 1024 };
const WIDE = { width: 1280, height: 900 };

async function inspect(page: Page, path: string, lang: Language, axe: (page: Page) => Promise<void>, first?: Address['first']): Promise<void> {
  await page.goto(path);
  await first?.(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', lang === 'zh' ? /^zh/ : /^en/);
  await expect(page).toHaveTitle(lang === 'zh' ? /\p{Script=Han}/u : /[A-Za-z]{3}/);
  if (lang === 'en') expect(await chineseOutOfPlace(page), `Chinese without lang="zh" on ${path}`).toEqual([]);
  await axe(page);
  for (const size of [BETWEEN, NARROW]) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize(WIDE);
}

/** Chinese on an English page is a legal name or somebody's own words, and marked as such; so is Chinese punctuation. ＋ is a sign of both.
 * In the name of a control such words cannot be marked, but what joins them to ours is English. */
function chineseOutOfPlace(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff0a\uff0c-\uffef]/u;
    const JOINING = /(?<!\p{Script=Han})[：、，；。](?!\p{Script=Han})/u;
    const ATTRIBUTES: [string, RegExp][] = [
      ...['title', 'placeholder', 'abbr', 'data-note', 'data-label'].map((name): [string, RegExp] => [name, CHINESE]),
      ...['aria-label', 'alt'].map((name): [string, RegExp] => [name, JOINING]),
    ];
    const found: string[] = [];
    const judge = (element: Element | null, text: string, wrong: RegExp) => {
      if (element && !element.closest('[lang^="zh"], script') && wrong.test(text)) found.push(text.trim().slice(0, 60));
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) judge(node.parentElement, node.textContent ?? '', CHINESE);
    for (const [name, wrong] of ATTRIBUTES) {
      for (const element of document.querySelectorAll(`body [${name}]`)) judge(element, element.getAttribute(name) ?? '', wrong);
    }
    return found;
  });
}

/** The book left, the panel right, the record below both; on a phone the panel first; on paper no panel. */
async function expectAsDrawn(page: Page): Promise<void> {
  const part = (name: string) => page.getByRole('region', { name, exact: true });
  const box = async (name: string) => (await part(name).boundingBox())!;
  const parts = async () => ({ book: await box('申请书'), panel: await box('办理'), record: await box('时间线') });
  const wide = await parts();
  expect(wide.book.x + wide.book.width).toBeLessThanOrEqual(wide.panel.x);
  expect(Math.abs(wide.book.y - wide.panel.y)).toBeLessThan(2);
  expect(wide.record.y).toBeGreaterThanOrEqual(wide.book.y + wide.book.height);
  await page.setViewportSize(NARROW);
  const narrow = await parts();
  expect(narrow.panel.y).toBeLessThan(narrow.book.y);
  expect(narrow.book.y).toBeLessThan(narrow.record.y);
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ media: 'print' });
  await expect(part('办理')).toHaveCount(0);
  await expect(part('申请书')).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
}

for (const lang of ['zh', 'en'] as const) {
  test.describe(() => {
    test.use({ lang });

    for (const { name, path, as, first } of ADDRESSES) {
      test(`${name}, ${lang}`, { tag: '@once' }, async ({ page, axe, server }) => {
        if (as) await new SignIn(page).as(as);
        await inspect(page, await find(path, page, lang, server.url), lang, axe, first);
      });
    }

    for (const { name, number, as } of BOOKS) {
      test(`the pages of ${name}, its check and its print, ${lang}`, { tag: '@once' }, async ({ page, axe, server }) => {
        test.setTimeout(300_000);
        await new SignIn(page).as(as);
        const book = new Book(page, await find(number, page, lang, server.url));
        await page.goto(`/applications/${book.number}`);
        const pages = await book.addresses();
        for (const path of [...pages, `/applications/${book.number}/check`, `/applications/${book.number}/print`]) await inspect(page, path, lang, axe);
      });
    }
  });
}

/** Pages that are not among the addresses, and where they are looked at. */
const ELSEWHERE: Record<string, string> = {
  '/not-found': 'below, under an address that does not exist',
  '/applications/:no': 'nowhere: it leads on to a page of the book or to the case',
};

test('every page there is is looked at', { tag: '@once' }, () => {
  const source = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../src/app.rs'), 'utf8');
  const routes = [...source.matchAll(/path!\("([^"]+)"\)/g)].map(([, route]) => route);
  expect(routes.length).toBeGreaterThan(50);
  const looked = new Set([...ADDRESSES.map(routeOf), ...Object.keys(ELSEWHERE)]);
  expect(routes.filter((route) => !looked.has(route))).toEqual([]);
  expect([...looked].filter((route) => !routes.includes(route)), 'no such page').toEqual([]);
});

test('the desk of a case has the book left, the panel right, the record below', { tag: '@once' }, async ({ page }) => {
  await new SignIn(page).as('authority');
  await page.goto(`/cases/${await new Desk(page).numberIn('accept')}`);
  await expectAsDrawn(page);
});

test('an address that does not exist says so, and where to go', { tag: '@once' }, async ({ page, complaints, axe }) => {
  complaints.expect(/404/);
  const answer = await page.goto('/nothing-here');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  await axe(page);
});

test('whoever reviews is led to the reviews, and offered no application', { tag: '@once' }, async ({ page, complaints }) => {
  complaints.expect(/404/);
  await new SignIn(page).as('agency');
  await page.goto('/');
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: /新的申请|许可管理/ })).toHaveCount(0);
  await main.getByRole('link', { name: '进入我的工作' }).click();
  await expect(page).toHaveURL(/\/cases$/);
  await page.goto('/apply');
  await expect(page).toHaveURL(/\/not-found$/);
});

test('the language is kept from page to page', { tag: '@once' }, async ({ page }) => {
  await page.goto('/help');
  await page.getByRole('banner').getByRole('link', { name: /English|EN/ }).first().click();
  await expect(page).toHaveURL(/\/help/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the first stop of the keyboard is the way to the content', { tag: '@once' }, async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /跳到|跳至|跳过/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#/);
});
