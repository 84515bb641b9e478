// From a stranger to a receipt (spec 2.8–2.16): register, pick items, fill every page, be told what is wrong, mend it, upload,
// submit, find it in the list, print it.
import { Book } from '../pages/Book';
import { Manage } from '../pages/Manage';
import { Picker } from '../pages/Picker';
import { Receipt } from '../pages/Receipt';
import { SignIn } from '../pages/SignIn';
import { Submit } from '../pages/Submit';
import { disguised, pdf } from '../support/files';
import { people } from '../support/people';
import { journey } from '../support/journey';
import { applyAsStranger, fillBook, startBook, startDemoBook } from '../support/application';
import { expect, test, withAndWithoutScript } from '../support/test';

const maker = journey('valve-maker');

// The valve maker's way goes on to the certificate: see journey.spec.ts.
const JOURNEYS = [
  { title: 'an institution that calibrates safety valves', data: journey('calibration-institute'), type: 'institution' },
  { title: 'a maker whose item is decided nationally', data: journey('national-maker'), type: 'enterprise' },
] as const;

withAndWithoutScript((script) => {
  for (const { title, data, type } of JOURNEYS) {
    test(`${title} applies for its first licence`, { tag: '@postgres' }, async ({ page, inbox }) => {
      test.setTimeout(480_000);
      await applyAsStranger(page, inbox, data, type);
    });
  }

  test('a wrong answer is kept, and told once at its field', async ({ page }) => {
    const book = new Book(page, await startDemoBook(page, maker));
    await book.open('basic');
    await book.fill('basic', { postcode: '7100' });
    await book.save();
    await page.reload();
    const postcode = page.getByRole('main').getByLabel(/^邮政编码/);
    await expect(postcode).toHaveValue('7100');
    await expect(postcode).toHaveAccessibleDescription(/6 ?位数字/);
    await expect(book.errors.entries.filter({ hasText: '邮政编码' })).toHaveCount(1);
    await book.expectMark('申请单位基本情况', '有误');
  });

  test('items are chosen again, and what was typed at them stays', async ({ page }) => {
    const book = new Book(page, await startDemoBook(page, maker));
    await book.open('items');
    const product = book.at('items/items/SE031/product');
    await product.fill('A42Y-16C');
    await book.save();
    await page.getByRole('link', { name: '修改申请项目和地址' }).click();
    const picker = new Picker(page);
    await picker.items('紧急切断阀A');
    await picker.expectAuthority(maker.case.authority);
    await page.getByRole('button', { name: '保存修改' }).click();
    await expect(page).toHaveURL(/\/items$/);
    await expect(page.getByRole('group', { name: '申请许可项目', exact: true }).getByText('紧急切断阀A')).toBeVisible();
    await expect(product).toHaveValue('A42Y-16C');
  });

  test('a draft is printed without a code, and by a button only where scripts run', async ({ page }) => {
    const number = await startDemoBook(page, maker);
    await page.goto(`/applications/${number}/print`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('button', { name: '打印', exact: true })).toHaveCount(script ? 1 : 0);
    await expect(page.getByRole('img', { name: /扫码核验/ })).toHaveCount(0);
  });

  test('a deleted draft is brought back', async ({ page }) => {
    const number = await startDemoBook(page, maker);
    const manage = new Manage(page);
    await manage.open();
    await manage.act(number, '删除');
    await expect(page.getByRole('status').filter({ hasText: '已删除' })).toContainText(number);
    await expect(manage.row(number)).toHaveCount(0);
    await page.getByRole('button', { name: '撤销' }).click();
    await manage.expectState(number, '初始填写');
  });

  test('a file that is not what it says is refused', async ({ page, complaints }) => {
    complaints.expect(/422/);
    const book = new Book(page, await startDemoBook(page, maker));
    await book.open('items');
    await book.fill('items', { declarer: '李守正' });
    await book.attach('签字盖章的申请许可项目表', disguised());
    await expect(page.getByRole('group', { name: '签字盖章的申请许可项目表', exact: true })).toContainText(/(只|仅).*PDF/);
    await expect(book.at('items/declarer')).toHaveValue('李守正');
  });

  test('a file goes up with what was typed and not yet saved, and is taken out the same way', async ({ page }) => {
    const book = new Book(page, await startDemoBook(page, maker));
    const file = pdf('申请许可项目表（签章）.pdf');
    await book.open('items');
    await book.fill('items', { declarer: '李守正' });
    await book.upload('签字盖章的申请许可项目表', file);
    await book.expectSaved();
    await book.open('items');
    await expect(book.at('items/declarer')).toHaveValue('李守正');
    await expect(page.getByRole('link', { name: file.name })).toBeVisible();
    await book.fill('items', { declarer_title: '总经理' });
    await page.getByRole('button', { name: `删除 ${file.name}` }).click();
    await expect(page.getByRole('link', { name: file.name })).toHaveCount(0);
    await book.expectSaved();
    await book.open('items');
    await expect(book.at('items/declarer_title')).toHaveValue('总经理');
  });
});

test('a column says in its head what is wanted, a long text how long it may be, before anybody errs', async ({ page }) => {
  const book = new Book(page, await startDemoBook(page, maker));
  await book.open('resources');
  await book.fill('resources', { places: [{ address: '示范路1号' }] });
  await expect(page.getByRole('columnheader', { name: /^租期起/ })).toContainText('自有或租赁选“租赁”时填写');
  await expect(page.getByRole('columnheader', { name: /^证明文件/ })).toContainText('权属证明或者租赁合同的名称、编号。');
  const [row] = await book.rowIds('resources/places');
  await expect(book.at(`resources/places/${row}/lease_from`), 'the label alone names a cell').toHaveAccessibleName('租期起 第 1 行');
  await book.open('works');
  await expect(book.at('works/summary')).toHaveAccessibleDescription(/最多 \d+ 字/);
  await book.open('basic');
  await expect(book.at('basic/postcode')).toHaveAccessibleDescription(/^例如 710016/);
});

test('a draft saved before the server was killed is there afterwards', async ({ page, server, complaints }) => {
  complaints.expect(/Failed to load resource|Failed to fetch|ERR_/);
  const book = new Book(page, await startDemoBook(page, maker));
  await book.open('basic');
  await book.fill('basic', { legal_rep: '李守正' });
  await book.expectSaved();
  await server.kill();
  await server.start();
  await book.open('basic');
  await expect(page.getByRole('main').getByLabel(/^法定代表人/)).toHaveValue('李守正');
});

test('two clicks are one submission', async ({ page, context, inbox }) => {
  test.setTimeout(300_000);
  const draft = await startBook(page, inbox, maker, 'enterprise');
  await fillBook(page, draft, maker);
  const submit = new Submit(page, draft);
  const before = new Submit(await context.newPage(), draft);
  for (const tab of [submit, before]) await tab.open();
  await submit.submit({ clicks: 2 });
  const number = await new Receipt(page).number();

  // Back, and once more: the receipt, be it that the browser kept the form or that the page says it is submitted.
  await page.goBack();
  const receipt = page.getByRole('main').getByRole('link', { name: '查看回执' });
  await expect(submit.button.first().or(receipt)).toBeVisible();
  if (await receipt.isVisible()) await receipt.click();
  else await submit.submit();
  await expect(page).toHaveURL(/\/receipt/);
  expect(await new Receipt(page).number()).toBe(number);

  // A tab that still shows the form hands in the same once more.
  await before.submit();
  expect(await new Receipt(before.page).number()).toBe(number);

  const manage = new Manage(page);
  await manage.open();
  await expect(manage.row(number)).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: '已提交' })).toHaveCount(1);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('what a page posts without script after the session ended is kept over the sign-in', async ({ page, context }) => {
    const book = new Book(page, await startDemoBook(page, maker));
    await book.open('basic');
    await context.clearCookies({ name: 'xuke' });
    await book.fill('basic', { mgmt_rep: '王建国' });
    await page.getByRole('button', { name: /^保存/ }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await new SignIn(page).submit(people.unit);
    await expect(page).toHaveURL(new RegExp(`/applications/${book.number}/basic`));
    await expect(book.at('basic/mgmt_rep')).toHaveValue('王建国');
  });
});

test('two tabs on one draft see each other, and a field edited in both is asked about', async ({ page, context, complaints }) => {
  complaints.expect(/Failed to load resource|Failed to fetch|ERR_INTERNET_DISCONNECTED/);
  const number = await startDemoBook(page, maker);
  const [one, two] = [new Book(page, number), new Book(await context.newPage(), number)];
  for (const book of [one, two]) await book.open('basic');
  await one.fill('basic', { legal_rep: '李守正' });
  // From the last key on.
  await expect(two.at('basic/legal_rep')).toHaveValue('李守正', { timeout: 2_000 });
  await one.expectSaved();

  await context.setOffline(true);
  await one.fill('basic', { mgmt_rep: '王建国' });
  await two.fill('basic', { mgmt_rep: '赵明远' });
  await context.setOffline(false);
  // Whichever came second is asked.
  const asked = ({ page }: Book) => page.getByRole('group', { name: /管理者代表/ }).filter({ hasText: '王建国' }).filter({ hasText: '赵明远' }).count();
  await expect.poll(async () => (await asked(one)) + (await asked(two)), { timeout: 15_000 }).toBeGreaterThan(0);
});

test('rows: what is removed comes back, moves do not get in each other’s way, a copy has what was just typed', async ({ page }) => {
  const book = new Book(page, await startDemoBook(page, maker));
  await book.open('production');
  await book.fill('production', { machines: ['数控车床', '磨床', '试压泵'].map((name) => ({ name })) });
  const table = 'production/machines';
  const names = async () => Promise.all((await book.rowIds(table)).map((row) => book.at(`${table}/${row}/name`).inputValue()));
  const row = (nth: number) => page.locator('tbody').getByRole('row').nth(nth - 1);
  const press = (nth: number, what: string) => row(nth).getByRole('button', { name: what }).click();
  const [, second] = await book.rowIds(table);
  await book.at(`${table}/${second}/model`).fill('M7130');
  await press(2, '复制');
  await expect.poll(names).toEqual(['数控车床', '磨床', '磨床', '试压泵']);
  const copy = (await book.rowIds(table))[2];
  await expect(book.at(`${table}/${copy}/model`)).toHaveValue('M7130');

  // Nothing is answered between the two.
  await page.route('**/api/application/save', async (route) => {
    await expect.poll(names).toEqual(['试压泵', '数控车床', '磨床', '磨床']);
    await route.continue();
  });
  for (const nth of [4, 3, 2]) await press(nth, '上移');
  await book.expectSaved();
  await page.unroute('**/api/application/save');
  await expect(page.getByText('同一处被改了两次')).toHaveCount(0);

  await press(3, '删除');
  await expect.poll(names).toEqual(['试压泵', '数控车床', '磨床']);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect.poll(names).toEqual(['试压泵', '数控车床', '磨床', '磨床']);
  await expect(row(3).getByRole('rowheader')).toBeFocused();
  await expect(book.at(`${table}/${second}/model`)).toHaveValue('M7130');
  await book.expectSaved();
  await page.reload();
  expect(await names()).toEqual(['试压泵', '数控车床', '磨床', '磨床']);
});

test('what is kept in a row that was removed elsewhere brings the row back', async ({ page, context, complaints }) => {
  complaints.expect(/Failed to load resource|Failed to fetch|ERR_INTERNET_DISCONNECTED/);
  const number = await startDemoBook(page, maker);
  const [one, two] = [new Book(page, number), new Book(await context.newPage(), number)];
  const table = 'production/machines';
  await one.open('production');
  await one.fill('production', { machines: [{ name: '数控车床' }, { name: '磨床' }] });
  await one.expectSaved();
  await two.open('production');
  const [first] = await one.rowIds(table);
  await context.setOffline(true);
  await one.at(`${table}/${first}/model`).fill('CK6140');
  await two.page.locator('tbody').getByRole('row').first().getByRole('button', { name: '删除' }).click();
  await expect.poll(() => two.rowIds(table)).toHaveLength(1);
  // The removal comes first.
  await page.route('**/api/application/save', (route) => route.abort('internetdisconnected'));
  await context.setOffline(false);
  await two.expectSaved();
  await page.unroute('**/api/application/save');
  await one.page.getByRole('button', { name: '用我填写的' }).click();
  await expect.poll(() => one.rowIds(table)).toHaveLength(2);
  await expect(one.at(`${table}/${first}/model`)).toHaveValue('CK6140');
  await one.expectSaved();
  await expect.poll(() => two.rowIds(table), { timeout: 5_000 }).toHaveLength(2);
});
