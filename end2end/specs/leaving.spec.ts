// Nothing that was typed or chosen is lost by going on, or missing in print: links and buttons wait until all is saved and uploaded, and
// say so if that does not come to an end (scenarios F06, F21, F29, F45).
import { Book } from '../pages/Book';
import { startDemoBook } from '../support/application';
import { chooseRegion } from '../support/fields';
import { pdf } from '../support/files';
import { journey } from '../support/journey';
import { expect, test } from '../support/test';
import type { Page } from '@playwright/test';

const maker = journey('valve-maker');
const SAVE = '**/api/application/save';

const draft = async (page: Page) => new Book(page, await startDemoBook(page, maker));

const link = (book: Book, title: string) => book.selector.getByRole('link', { name: new RegExp(title) });

/** Keeps requests waiting until what it gives is called. */
async function hold(page: Page, url: string | RegExp): Promise<() => void> {
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route(url, async (route) => {
    await held;
    await route.continue();
  });
  return () => go();
}

test('a link waits until what was just typed is saved', { tag: '@once' }, async ({ page }) => {
  const book = await draft(page);
  await book.open('basic');
  await page.route(SAVE, async (route) => {
    await expect(page).toHaveURL(/\/basic$/);
    await route.continue();
  });
  await book.at('basic/mgmt_rep').fill('王建国');
  await link(book, '申请许可项目').click();
  await expect(page).toHaveURL(/\/items$/);
  await page.unroute(SAVE);
  await book.open('basic');
  await expect(book.at('basic/mgmt_rep')).toHaveValue('王建国');
});

test('what is printed shows what was just typed', { tag: '@once' }, async ({ page, context }) => {
  const book = await draft(page);
  await book.open('basic');
  const go = await hold(page, SAVE);
  await book.at('basic/mgmt_rep').fill('王建国');
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: '打印当前页' }).click();
  await expect(page.getByText('未保存')).toBeVisible();
  expect(context.pages()).toHaveLength(1);
  go();
  const print = await opened;
  await expect(print.getByRole('row', { name: /^管理者代表 王建国/ })).toBeVisible();
  await expect(page).toHaveURL(/\/basic$/);
});

test('where it cannot be saved, the page stays until the person decides', { tag: '@once' }, async ({ page, context, complaints }) => {
  complaints.expect(/Failed to load resource|Failed to fetch|ERR_INTERNET_DISCONNECTED/);
  const book = await draft(page);
  await book.open('basic');
  await page.route(SAVE, (route) => route.abort('internetdisconnected'));
  await book.at('basic/mgmt_rep').fill('王建国');
  await link(book, '申请许可项目').click();
  await expect(page.getByText('本页还有内容没有存到审批机关')).toBeVisible();
  await expect(page).toHaveURL(/\/basic$/);
  await expect(book.at('basic/mgmt_rep')).toHaveValue('王建国');
  // It comes back by itself, and the link is followed then.
  await page.unroute(SAVE);
  await expect(page).toHaveURL(/\/items$/, { timeout: 30_000 });
  await expect(page.getByText('本页还有内容没有存到审批机关')).toHaveCount(0);

  await context.setOffline(false);
  await page.route(SAVE, (route) => route.abort('internetdisconnected'));
  await book.open('basic');
  await book.at('basic/fax').fill('029-86543210');
  await link(book, '申请许可项目').click();
  await page.getByRole('button', { name: '仍然离开' }).click();
  await expect(page).toHaveURL(/\/items$/);
});

test('the browser’s own way back waits as well', { tag: '@once' }, async ({ page }) => {
  const book = await draft(page);
  await book.open('items');
  await link(book, '基本情况').click();
  await expect(page).toHaveURL(/\/basic$/);
  const go = await hold(page, SAVE);
  await book.at('basic/mgmt_rep').fill('王建国');
  await page.goBack();
  await expect(page).toHaveURL(/\/basic$/);
  await expect(page.getByText('未保存')).toBeVisible();
  await expect(book.at('basic/mgmt_rep')).toHaveValue('王建国');
  go();
  await expect(page).toHaveURL(/\/items$/);
  await page.goForward();
  await expect(page).toHaveURL(/\/basic$/);
  await expect(book.at('basic/mgmt_rep')).toHaveValue('王建国');
});

test('a file on its way is waited for', { tag: '@once' }, async ({ page }) => {
  const book = await draft(page);
  const file = pdf('声明.pdf');
  await book.open('remarks');
  const go = await hold(page, /\/files\/[^/]+\?offset=/);
  await book.attach('其他文件', file);
  await link(book, '申请许可项目').click();
  await expect(page.getByText(`正在上传，完成后自动继续：${file.name}`)).toBeVisible();
  await expect(page).toHaveURL(/\/remarks$/);
  go();
  await expect(page).toHaveURL(/\/items$/);
  await book.open('remarks');
  await expect(page.getByRole('link', { name: file.name })).toBeVisible();
});

test('one answer that is too long does not keep the rest from being saved once it is shorter', { tag: '@once' }, async ({ page, complaints }) => {
  complaints.expect(/422/);
  const book = await draft(page);
  await book.open('works');
  const summary = page.getByRole('main').locator('textarea').first();
  await summary.fill('好'.repeat(70_000));
  await expect(page.getByText('有一处内容过长').first()).toBeVisible();
  await summary.fill('主要生产安全阀。');
  await book.expectSaved();
  await page.reload();
  await expect(summary).toHaveValue('主要生产安全阀。');
});

test('two tabs see each other’s region', { tag: '@once' }, async ({ page, context }) => {
  const one = await draft(page);
  const two = new Book(await context.newPage(), one.number);
  for (const book of [one, two]) await book.open('basic');
  const region = (book: Book) => book.page.getByRole('group', { name: /所在省、所在市、所在区/ });
  await chooseRegion(region(one), '330106');
  await one.expectSaved();
  const levels = () => region(two).getByRole('combobox').evaluateAll((all) => all.map((select) => (select as HTMLSelectElement).value));
  await expect.poll(levels).toEqual(['330000', '330100', '330106']);
});
