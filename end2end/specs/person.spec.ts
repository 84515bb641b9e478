// 检验、检测人员资格认定 (spec 2.21, 2.22): an individual registers, chooses, is told who decides, fills in, uploads a photograph, submits, and
// finds the application in the list.
import { Book } from '../pages/Book';
import { Qualify } from '../pages/Qualify';
import { Receipt } from '../pages/Receipt';
import { SignIn } from '../pages/SignIn';
import { Submit } from '../pages/Submit';
import { photograph } from '../support/files';
import { people } from '../support/people';
import { beginPerson, fillPerson, registerPerson, SAMR, SHAANXI } from '../support/person';
import { expect, expectNoSidewaysScroll, test, withAndWithoutScript } from '../support/test';

/** Who of the demonstration holds what each kind needs. */
const HOLDERS = { 考试换证: 'person02', 审核换证: 'person03', 变更: 'person04' } as const;

withAndWithoutScript((script) => {
  test('a first qualification is filed by whoever just registered', async ({ page, inbox }) => {
    test.setTimeout(240_000);
    await registerPerson(page, inbox);
    const number = await beginPerson(page, '取证');
    const submit = new Submit(page, number);
    await submit.open();
    await expect(submit.issues.first()).toBeVisible();
    await expect(submit.button).toBeHidden();

    await fillPerson(page, number, '取证', script);
    await submit.open();
    for (const words of [SHAANXI, 'UT-I', '李梅']) await expect(page.getByRole('main')).toContainText(words);
    await submit.submit();
    expect(await new Receipt(page).number()).toBe(number);

    await page.goto('/applications');
    await expect(page.getByRole('heading', { level: 1, name: '我的申请' })).toBeVisible();
    const row = page.getByRole('row').filter({ hasText: number });
    for (const words of ['无损检测人员', 'UT-I', '脉冲反射法超声检测Ⅰ级', '取证', '待受理', SHAANXI]) await expect(row).toContainText(words);
    await page.getByLabel('项目名称').fill('电梯');
    await page.getByRole('button', { name: '查询' }).click();
    await expect(row).toHaveCount(0);
    await page.getByRole('link', { name: '重置' }).first().click();
    await expect(row).toHaveCount(1);
    await page.goto(`/applications/${number}/print`);
    for (const words of ['李梅', '申请人（签名）', 'UT-I']) await expect(page.locator('body')).toContainText(words);
  });

  for (const kind of ['考试换证', '审核换证', '变更'] as const) {
    test(`${kind} is filed by who holds a certificate`, async ({ page }) => {
      test.setTimeout(240_000);
      await new SignIn(page).as({ user: HOLDERS[kind], password: people.individual.password });
      // One application for an item at a time: each way has its own.
      const code = script ? 'UT-II' : 'RT-II';
      const number = await beginPerson(page, kind, code);
      await new Book(page, number).open('qualification');
      await expect(page.getByRole('group', { name: '已持证项目' })).toContainText(/TS8610/);
      await fillPerson(page, number, kind, script);
      const submit = new Submit(page, number);
      await submit.open();
      await submit.submit();
      await page.goto('/applications');
      const row = page.getByRole('row').filter({ hasText: number });
      for (const words of [code, kind, '待受理']) await expect(row).toContainText(words);
    });

    test(`${kind} needs a certificate, and is told so`, { tag: '@once' }, async ({ page, inbox }) => {
      await registerPerson(page, inbox);
      const qualify = new Qualify(page);
      await qualify.open();
      await qualify.kind(kind);
      await qualify.code('UT-II');
      await qualify.place('610112');
      await qualify.expectRefused(/登记簿里没有您的 UT-II 证书/);
    });
  }

  test('whoever is too old is refused with the clause', { tag: '@once' }, async ({ page, inbox }) => {
    await registerPerson(page, inbox, '19550101');
    const qualify = new Qualify(page);
    await qualify.open();
    await qualify.kind('取证');
    await qualify.code('UT-I');
    await qualify.place('610112');
    await qualify.expectRefused(/不满 63 周岁.*TSG Z8001-2019/);
  });

  test('a code decides between the national authority and the province of practice', { tag: '@once' }, async ({ page }) => {
    await new SignIn(page).as('individual');
    const qualify = new Qualify(page);
    await qualify.open();
    await qualify.kind('取证');
    for (const [code, region, authority] of [
      ['UT-I', '610112', SHAANXI],
      // Without script the cities of another province come with the next answer, as on every page with a region.
      ...(script ? ([['UT-I', '330109', '浙江省市场监督管理局']] as const) : []),
      ['S-DT', script ? '330109' : '610112', SAMR],
    ] as const) {
      await qualify.code(code);
      await qualify.place(region);
      await qualify.expectAuthority(authority);
    }
    await expect(page.locator('input[name="code"][value="S-RG"]')).toBeDisabled();
  });
});

// With script it is cut before it goes up.
test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a photograph of other sides is refused by the server', { tag: '@once' }, async ({ page, inbox, complaints }) => {
    complaints.expect(/422/);
    await registerPerson(page, inbox);
    const book = new Book(page, await beginPerson(page, '取证'));
    await book.open('proofs');
    await book.attach('照片', photograph(300, 300));
    await expect(page.getByRole('group', { name: '照片', exact: true })).toContainText(/295×413.*300×300/);
  });
});

test('a photograph is cut to one inch, with a preview', async ({ page, inbox, axe }) => {
  await registerPerson(page, inbox);
  const number = await beginPerson(page, '取证');
  const book = new Book(page, number);
  await book.open('proofs');
  await book.attach('照片', photograph(640, 480));
  const cut = page.getByRole('region', { name: '裁剪照片' });
  await expect(cut.getByRole('img', { name: '预览' })).toBeVisible();
  await axe(page);
  for (const name of ['放大', '旋转', '左移', '下移', '缩小']) await cut.getByRole('button', { name }).click();
  await cut.getByRole('button', { name: '使用这张照片' }).click();
  const photo = page.getByRole('img', { name: '照片', exact: true });
  await expect(photo).toBeVisible();
  await expect.poll(() => photo.evaluate((image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight])).toEqual([295, 413]);
});

test('the practising unit is found while one types', async ({ page, inbox }) => {
  await registerPerson(page, inbox);
  const book = new Book(page, await beginPerson(page, '取证'));
  await book.open('qualification');
  await book.at('qualification/practice_org').pressSequentially('阀门');
  const found = page.getByRole('status').getByRole('button').first();
  await expect(found).toBeVisible();
  await found.click();
  await expect(book.at('qualification/practice_code')).toHaveValue(/^[0-9A-Z]{18}$/);
  await book.expectSaved();
});

test('the pages are accessible and fit a telephone', { tag: '@once' }, async ({ page, axe }) => {
  await new SignIn(page).as('individual');
  for (const address of ['/services/personnel', '/apply/person?kind=obtain&code=UT-III', '/applications']) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(address);
    await axe(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
  }
});
