// A file that was cut on its way goes on from what arrived (spec of uploads), also for whoever comes back to the page later; one that is
// refused is told where it was chosen.
import { Book } from '../pages/Book';
import { Manage } from '../pages/Manage';
import { SignIn } from '../pages/SignIn';
import { disguised, pdf } from '../support/files';
import { expect, test } from '../support/test';

const MEGABYTE = 1024 * 1024;
const PLACE = '其他文件';

test('an upload that was cut at 60 % goes on from there after a reload', { tag: '@once' }, async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource|ERR_/);
  await new SignIn(page).as('unit');
  await page.goto('/applications');
  const book = new Book(page, await new Manage(page).anyNumber('初始填写'));
  // A little less than five pieces.
  const file = pdf(`试验报告${Date.now()}.pdf`, 4.99 * MEGABYTE);
  await book.open('remarks');

  const offsets: number[] = [];
  let through = 3;
  await page.route(/\/files\/[^/]+\?offset=/, async (route) => {
    offsets.push(Number(new URL(route.request().url()).searchParams.get('offset')));
    // What comes after is on its way for ever.
    if ((through -= 1) >= 0) await route.continue();
  });
  await book.attach(PLACE, file);
  await expect.poll(() => offsets).toEqual([0, 1, 2, 3].map((piece) => piece * MEGABYTE));
  await expect(page.getByRole('group', { name: PLACE, exact: true }).getByText(/60 ?%/)).toBeVisible();

  // While the fourth piece is still held: what is let go would arrive.
  await page.reload();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  offsets.length = 0;
  page.on('request', (request) => {
    const at = /\/files\/[^/]+\?offset=(\d+)/.exec(request.url());
    if (at) offsets.push(Number(at[1]));
  });
  await book.upload(PLACE, file);
  expect(offsets, 'what had arrived was not sent again').toEqual([3, 4].map((piece) => piece * MEGABYTE));
});

test('a scan of the licence that is none is refused where it was chosen', { tag: '@once' }, async ({ page }) => {
  await new SignIn(page).as('otherUnit');
  await page.goto('/account');
  const part = page.getByRole('region', { name: '营业执照扫描件' });
  await part.getByLabel('营业执照扫描件').setInputFiles(disguised());
  await part.getByRole('button', { name: '上传扫描件', exact: true }).click();
  await expect(page).toHaveURL(/\/account\?again=1#f-unit-licence$/);
  await expect(part.getByRole('alert')).toContainText('只接受 PDF、JPG、PNG 文件');
  await expect(part).toBeInViewport();
});
