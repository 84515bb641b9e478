// From a stranger to a complete book, for tests of what comes after.
import type { Page } from '@playwright/test';
import { Book } from '../pages/Book';
import { Picker } from '../pages/Picker';
import { Register } from '../pages/Register';
import type { Inbox } from './inbox';
import type { Journey } from './journey';
import { test } from './test';

/** Registers the unit of a journey and opens a book with its items; tells the draft's number. */
export async function startBook(page: Page, inbox: Inbox, { profile, case: matter }: Journey, type: 'enterprise' | 'institution'): Promise<string> {
  const given = { 所在地: profile.region, 详细地址: profile.address, 联系人: profile.contact };
  const answers = type === 'enterprise' ? Register.enterprise({ ...given, 企业名称: profile.org_name }) : Register.institution({ ...given, 机构名称: profile.org_name });
  await new Register(page).complete(type, answers, inbox);
  const picker = new Picker(page);
  await picker.open();
  await picker.category(matter.category_name);
  await picker.items(...matter.items.map((item) => item.name));
  // Of an institution its registered place decides.
  if (type === 'enterprise') await picker.workingAddresses(matter.addresses);
  await picker.expectAuthority(matter.authority);
  return picker.next();
}

export async function fillBook(page: Page, number: string, { pages }: Journey): Promise<void> {
  const book = new Book(page, number);
  for (const [key, answers] of Object.entries(pages)) {
    await test.step(`fill ${key}`, async () => {
      await book.open(key);
      await book.fill(key, answers);
      await book.save();
      await book.errors.expectNone();
    });
  }
}
