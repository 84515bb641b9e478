// From a stranger to a complete book, for tests of what comes after.
import type { Page } from '@playwright/test';
import { Book } from '../pages/Book';
import { Manage } from '../pages/Manage';
import { Picker } from '../pages/Picker';
import { Receipt } from '../pages/Receipt';
import { Register } from '../pages/Register';
import { SignIn } from '../pages/SignIn';
import { Submit } from '../pages/Submit';
import type { Inbox } from './inbox';
import type { Journey } from './journey';
import { readQr } from './qr';
import { expect, test } from './test';

export type UnitType = 'enterprise' | 'institution';

/** Registers the unit of a journey and opens a book with its items; tells the draft's number. */
export async function startBook(page: Page, inbox: Inbox, { profile, case: matter }: Journey, type: UnitType): Promise<string> {
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

/** A new draft of the demonstration's unit for the items of a journey; tells its number. */
export async function startDemoBook(page: Page, { case: matter }: Journey): Promise<string> {
  await new SignIn(page).as('unit');
  const picker = new Picker(page);
  await picker.open();
  await picker.category(matter.category_name);
  await picker.items(...matter.items.map((item) => item.name));
  await picker.workingAddresses(matter.addresses.slice(0, 1));
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

/** The whole way of a stranger to a receipt: registers, picks, fills in, checks, submits, finds it in the list, prints it. Tells its number. */
export async function applyAsStranger(page: Page, inbox: Inbox, data: Journey, type: UnitType): Promise<string> {
  const draft = await startBook(page, inbox, data, type);
  const submit = new Submit(page, draft);
  const main = page.getByRole('main');

  // Nothing is filled in yet: the check says what is missing, and offers no submission.
  await submit.open();
  await expect(submit.issues.first()).toBeVisible();
  await expect(submit.button).toBeHidden();

  await fillBook(page, draft, data);

  await submit.open();
  await expect(main).toContainText(data.case.authority);
  for (const { name } of data.case.items) await expect(main).toContainText(name);
  await submit.submit();
  const number = await new Receipt(page).number();

  const manage = new Manage(page);
  await manage.open();
  for (const words of ['已提交', '首次', data.case.authority]) await expect(manage.row(number)).toContainText(words);

  await page.goto(`/applications/${number}/print`);
  for (const words of [data.profile.org_name, data.pages['basic']['legal_rep'] as string]) await expect(page.locator('body')).toContainText(words);
  const answers = Object.values(data.pages).flatMap((page) => Object.values(page)).flat();
  for (const file of answers) if (typeof file === 'string' && file.endsWith('.pdf')) await expect(page.locator('body')).toContainText(file);
  // What is printed says where the version is checked; a telephone reads it from the paper.
  await expect(page.getByRole('img', { name: /扫码核验/ })).toBeVisible();
  const statement = await page.getByRole('link', { name: /扫码核验/ }).getAttribute('href');
  expect(statement).toContain('/verify/');
  expect(readQr(await page.pdf({ format: 'A4' }))).toBe(statement);
  return number;
}
