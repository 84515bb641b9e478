// The acceptance desk and the messages (spec 2.17, 2.23): the office is told of an application, an official marks two fields, the applicant corrects exactly those and hands the book
// in again, the official sees what changed and accepts, naming an agency.
import { Book } from '../pages/Book';
import { Desk } from '../pages/Desk';
import { Manage } from '../pages/Manage';
import { Receipt } from '../pages/Receipt';
import { SignIn } from '../pages/SignIn';
import { Submit } from '../pages/Submit';
import { expect, test, withAndWithoutScript } from '../support/test';

test.use({ apart: 'acceptance' });

withAndWithoutScript((script) => {
  test('an application is corrected and accepted', async ({ page, otherPage }) => {
    test.setTimeout(180_000);
    await new SignIn(page).as('unit');
    await page.goto('/applications');
    // Of the demo's applications one is ready to submit, and one was submitted two days ago.
    let number = await new Manage(page).anyNumber(script ? '初始填写' : '已提交');
    if (script) {
      const submit = new Submit(page, number);
      await submit.open();
      await submit.submit();
      number = await new Receipt(page).number();
    }
    const office = await otherPage();
    await new SignIn(office).as('authority');
    const desk = new Desk(office);

    await test.step('the office hears of the application, and opens it', async () => {
      await office.goto('/inbox');
      const letter = office.getByRole('listitem').filter({ hasText: number }).first();
      await expect(letter).toContainText('请决定是否受理');
      await expect(letter).toContainText('未读');
      await letter.getByRole('button', { name: `打开案件 ${number}` }).click();
      await expect(office).toHaveURL(new RegExp(`/cases/${number}`));
      await office.goto('/inbox');
      await expect(office.getByRole('listitem').filter({ hasText: number }).first()).not.toContainText('未读');
    });

    await test.step('the official requires two corrections at once', async () => {
      await desk.openQueue();
      await expect(desk.row(number)).toContainText('已提交');
      await desk.open(number);
      await desk.composeCorrection([{ place: 'basic/postcode', text: '' }]);
      await expect(office.getByRole('alert').first()).toContainText('第 1 条没有写明问题');
      await expect(desk.notice(), 'nothing is finished yet').toHaveCount(0);
      const form = await desk.form('告知补正');
      await form.getByLabel('问题 1', { exact: true }).fill('与注册地不符');
      // The second place comes from the button beside it in the book, and what was typed stays.
      expect(await desk.mark('传真')).toBe(2);
      await expect(form.getByLabel('位置 2', { exact: true })).toHaveValue('basic/fax');
      await expect(form.getByLabel('问题 1', { exact: true })).toHaveValue('与注册地不符');
      await desk.requireCorrection([
        { place: 'basic/postcode', text: '与注册地不符' },
        { place: 'basic/fax', text: '请填写区号' },
      ]);
      await desk.expectState('补齐补正');
      await expect(office.getByText('发出补齐补正告知书').first()).toBeVisible();
    });

    await test.step('the applicant hears what to do next', async () => {
      await page.goto('/applications');
      const open = page.getByRole('region', { name: '办理中的申请' });
      await expect(open.getByRole('listitem').filter({ hasText: number })).toContainText('轮到您');
      await expect(page.getByRole('link', { name: /^消息，\d+ 条未读$/ })).toBeVisible();
      await page.goto('/inbox');
      await expect(page.getByRole('listitem').filter({ hasText: number }).first()).toContainText('有 2 处需要补正');
      await page.getByRole('button', { name: '全部标为已读' }).click();
      await expect(page.getByRole('button', { name: '全部标为已读' })).toHaveCount(0);
    });

    await test.step('and wants no text messages any more', async () => {
      await page.goto('/account/notices');
      await page.getByRole('checkbox', { name: /短信/ }).uncheck();
      await page.getByRole('button', { name: '保存' }).click();
      await expect(page.getByRole('status').first()).toContainText('已保存');
      await expect(page.getByRole('checkbox', { name: /短信/ })).not.toBeChecked();
    });

    await test.step('the applicant corrects what is marked, and nothing else', async () => {
      const manage = new Manage(page);
      await manage.open();
      await manage.expectState(number, '补齐补正');
      await manage.act(number, `补正 ${number}`);
      const notice = page.getByRole('region', { name: '补齐补正告知书' });
      await expect(notice.getByRole('listitem')).toHaveCount(2);
      await expect(notice).toContainText('与注册地不符');
      await notice.getByRole('link', { name: /邮政编码/ }).click();
      const book = new Book(page, number);
      await book.open('basic');
      await expect(book.at('basic/postcode')).toBeEditable();
      await expect(book.at('basic/legal_rep')).toHaveCount(0);
      await book.fill('basic', { postcode: '710021', fax: '029-12345678' });
      await book.save();
      await page.goto(`/applications/${number}/check`);
      await page.getByRole('button', { name: '重新提交' }).click();
      await expect(page.getByRole('alert').first()).toBeVisible();
      for (const name of [/邮政编码/, /传真/]) await page.getByRole('checkbox', { name }).check();
      await page.getByRole('checkbox', { name: /真实/ }).check();
      await page.getByRole('button', { name: '重新提交' }).click();
      await expect(page).toHaveURL(new RegExp(`/applications/${number}/receipt`));
    });

    await test.step('the official sees what changed, and accepts', async () => {
      await desk.open(number);
      await desk.expectState('已补正');
      await office.getByRole('link', { name: '与上一版比较' }).click();
      const changes = office.getByRole('region', { name: '前后对照' });
      await expect(changes.locator('tbody').getByRole('row')).toHaveCount(2);
      await expect(changes).toContainText('710021');
      await expect(changes.getByText('补正后')).toHaveCount(2);
      // The same by choosing the two versions.
      await office.goto(`/cases/${number}`);
      await office.getByLabel('版本', { exact: true }).selectOption('2');
      await office.getByLabel('与哪一版比较').selectOption('1');
      await office.getByRole('button', { name: '显示', exact: true }).click();
      await expect(changes.locator('tbody').getByRole('row')).toHaveCount(2);
      await expect(office.getByRole('region', { name: '消息' }).getByRole('listitem').first()).toContainText(number);
      await desk.accept('陕西示范特种设备评审研究院');
      await desk.expectState('已受理');
    });

    await test.step('the applicant is told', async () => {
      await page.goto('/applications');
      await new Manage(page).expectState(number, '已受理');
    });
  });
});
