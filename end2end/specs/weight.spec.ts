// What a first visit loads, as sent (brotli). The public must not carry what applicants and offices need.
import type { Page } from '@playwright/test';
import { Manage } from '../pages/Manage';
import { SignIn } from '../pages/SignIn';
import { expect, test } from '../support/test';

interface Load {
  bytes: number;
  files: string[];
}

/** Everything that comes over the network until the page rests. */
async function firstLoad(page: Page, path: string): Promise<Load> {
  const load: Load = { bytes: 0, files: [] };
  const sizes: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    load.files.push(new URL(request.url()).pathname);
    sizes.push(request.sizes().then(({ responseBodySize }) => void (load.bytes += responseBodySize)));
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await Promise.all(sizes);
  return load;
}

const office = (file: string) => file.includes('split_office');

test('the first load of the home page is at most 250 KB', { tag: '@once' }, async ({ page }) => {
  const { bytes, files } = await firstLoad(page, '/');
  expect(files.filter((file) => file.endsWith('.css'))).toHaveLength(1);
  expect(bytes, files.join(' ')).toBeLessThanOrEqual(250_000);
  expect(files.filter(office)).toEqual([]);
});

test('the book page does not carry the office', { tag: '@once' }, async ({ page, context }) => {
  await new SignIn(page).as('unit');
  await page.goto('/applications');
  const number = await new Manage(page).anyNumber();
  const fresh = await context.newPage();
  const { bytes, files } = await firstLoad(fresh, `/applications/${number}/basic`);
  expect(files.some((file) => file.includes('split_book')), files.join(' ')).toBe(true);
  expect(files.filter(office)).toEqual([]);
  // Above the aim of 250 KB; this holds what was reached, so that it only shrinks.
  expect(bytes, files.join(' ')).toBeLessThanOrEqual(640_000);
});
