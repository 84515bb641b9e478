// Pieces of the browser's part that do not come: the page works as without script, and goes on when they do.
import { Book } from '../pages/Book';
import { SignIn } from '../pages/SignIn';
import { startDemoBook } from '../support/application';
import { journey } from '../support/journey';
import { expect, test } from '../support/test';

const PIECE = '**/pkg/split_guest*.wasm';

test('a piece that fails is asked for again, quietly', { tag: '@once' }, async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource/);
  let asked = 0;
  await page.route(PIECE, (route) => ((asked += 1) === 1 ? route.abort('failed') : route.continue()));
  // Ends when scripts have taken the page over.
  await new SignIn(page).open();
  expect(asked).toBeGreaterThan(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a piece that stays away is told of, and what was typed is kept until it comes', { tag: '@once' }, async ({ context, complaints }) => {
  complaints.expect(/Failed to load resource/);
  const page = await context.newPage();
  let lost = true;
  await page.route(PIECE, (route) => (lost ? route.abort('failed') : route.continue()));
  await page.goto('/sign-in');
  const name = page.getByRole('main').getByLabel('用户名/手机号');
  await name.fill('qinyuan');
  await expect(page.getByRole('alert')).toContainText('您填写的内容仍在');
  lost = false;
  await expect(page.locator('html')).toHaveAttribute('data-live', '', { timeout: 20_000 });
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(name).toHaveValue('qinyuan');
});

test('a page that is left while it loads says nothing', { tag: '@once' }, async ({ context }) => {
  const page = await context.newPage();
  const asked = page.waitForRequest(PIECE);
  await page.route(PIECE, () => {});
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await asked;
  await page.goto('/help');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('what was changed twice is chosen by a button once the scripts are there, also after a post before them', { tag: '@once' }, async ({ page, context, complaints }) => {
  complaints.expect(/Failed to load resource/);
  const FIELD = 'basic/mgmt_rep';
  const book = new Book(page, await startDemoBook(page, journey('valve-maker')));
  const early = new Book(await context.newPage(), book.number);
  let lost = true;
  await early.page.route('**/pkg/split_book*.wasm', (route) => (lost ? route.abort('failed') : route.continue()));
  await early.open('basic');
  await book.open('basic');
  const saved = page.waitForResponse('**/api/application/save');
  await book.at(FIELD).fill('赵明远');
  await saved;
  await early.at(FIELD).fill('王建国');
  await early.page.getByRole('button', { name: /^保存/ }).click();
  const card = early.page.getByRole('group').filter({ hasText: '王建国' }).filter({ hasText: '赵明远' }).first();
  await expect(card).toContainText('请在下面重新填写后保存');
  await expect(card.getByRole('button')).toHaveCount(0);
  lost = false;
  await expect(early.page.locator('html')).toHaveAttribute('data-live', '', { timeout: 20_000 });
  await card.getByRole('button', { name: '用我填写的' }).click();
  await expect(early.at(FIELD)).toHaveValue('王建国');
  await early.expectSaved();
});
