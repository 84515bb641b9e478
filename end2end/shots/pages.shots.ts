// Pictures of every page for people to look at: wide and 360 px, Chinese and English, into the folder named by SHOTS.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Book } from '../pages/Book';
import { Manage } from '../pages/Manage';
import { SignIn } from '../pages/SignIn';
import { ADDRESSES } from '../support/addresses';
import { people, type Person } from '../support/people';
import { test } from '../support/test';

const folder = process.env.SHOTS ?? 'shots/out';
const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 360, height: 780 } };

async function shoot(page: Page, name: string, path: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.goto(path);
    await page.screenshot({ path: join(folder, `${name}.${size}.png`), fullPage: true });
  }
}

mkdirSync(folder, { recursive: true });
for (const lang of ['zh', 'en'] as const) {
  test.describe(() => {
    test.use({ lang });

    for (const person of [undefined, ...(Object.keys(people) as Person[])]) {
      const mine = ADDRESSES.filter(({ as }) => as === person);
      if (mine.length === 0) continue;
      test(`${person ?? 'nobody'}, ${lang}`, async ({ page }) => {
        if (person) await new SignIn(page).as(person);
        for (const { name, path } of mine) await shoot(page, `${name}.${lang}`, path);
      });
    }

    test(`the book, ${lang}`, async ({ page }) => {
      await new SignIn(page).as('unit');
      await page.goto('/applications');
      const number = await new Manage(page).anyNumber();
      await page.goto(`/applications/${number}/cover`);
      for (const path of await new Book(page, number).addresses()) await shoot(page, `book-${path.split('/').pop()}.${lang}`, path);
      for (const key of ['check', 'print']) await shoot(page, `book-${key}.${lang}`, `/applications/${number}/${key}`);
      await page.pdf({ path: join(folder, `book-print.${lang}.pdf`), format: 'A4', printBackground: true });
    });
  });
}
