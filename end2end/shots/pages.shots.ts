// Pictures of every page for people to look at: wide and 360 px, Chinese and English, into the folder named by SHOTS.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Book } from '../pages/Book';
import { SignIn } from '../pages/SignIn';
import { ADDRESSES, BOOKS, find, type Address } from '../support/addresses';
import { people, type Person } from '../support/people';
import { INSTRUMENTS, instruments } from '../support/sheet';
import { inLanguage, test } from '../support/test';

const folder = process.env.SHOTS ?? 'shots/out';
const LANGUAGES = ['zh', 'en'] as const;
const ROWS = 60;
const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 360, height: 780 } };

async function shoot(page: Page, name: string, path: string, first?: Address['first']): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.goto(path);
    await first?.(page);
    await page.screenshot({ path: join(folder, `${name}.${size}.png`), fullPage: true });
  }
}

mkdirSync(folder, { recursive: true });
for (const lang of LANGUAGES) {
  test.describe(() => {
    test.use({ lang });

    for (const person of [undefined, ...(Object.keys(people) as Person[])]) {
      const mine = ADDRESSES.filter(({ as }) => as === person);
      if (mine.length === 0) continue;
      test(`${person ?? 'nobody'}, ${lang}`, async ({ page, server }) => {
        if (person) await new SignIn(page).as(person);
        for (const { name, path, first } of mine) await shoot(page, `${name}.${lang}`, await find(path, page, lang, server.url), first);
      });
    }

    for (const { name, number, as } of BOOKS) {
      test(`${name}, ${lang}`, async ({ page, server }) => {
        await new SignIn(page).as(as);
        const book = new Book(page, await find(number, page, lang, server.url));
        await page.goto(`/applications/${book.number}`);
        for (const path of await book.addresses()) await shoot(page, `${as}-${path.split('/').pop()}.${lang}`, path);
        for (const key of ['check', 'print']) await shoot(page, `${as}-${key}.${lang}`, `/applications/${book.number}/${key}`);
      });
    }
  });
}

// Long enough that pages break within a table.
test(`the print of a book with a table of ${ROWS} rows`, async ({ page, server }) => {
  await new SignIn(page).as('unit');
  const book = new Book(page, await find(BOOKS[0].number, page, 'zh', server.url));
  await book.open('instruments');
  await book.importRows(INSTRUMENTS, instruments(ROWS));
  for (const lang of LANGUAGES) {
    await inLanguage(page.context(), lang, server.url);
    await page.goto(`/applications/${book.number}/print`);
    await page.pdf({ path: join(folder, `print.${lang}.pdf`), format: 'A4', printBackground: true });
  }
});
