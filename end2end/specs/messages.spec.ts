// Messages (spec 2.16): what happens to a case is told to whoever it concerns, leads to the case, and is read once it was opened;
// the applicant sees whose turn it is, and chooses how to be told.
import { Desk } from '../pages/Desk';
import { Receipt } from '../pages/Receipt';
import { SignIn } from '../pages/SignIn';
import { Submit } from '../pages/Submit';
import { fillBook, startBook } from '../support/application';
import { journey } from '../support/journey';
import { expect, test, withAndWithoutScript } from '../support/test';

const maker = journey('valve-maker');

withAndWithoutScript(() => {
  test('each side is told of what the other did', async ({ page, inbox, otherPage }) => {
    test.setTimeout(600_000);
    const draft = await startBook(page, inbox, maker, 'enterprise');
    await fillBook(page, draft, maker);
    const submit = new Submit(page, draft);
    await submit.open();
    await submit.submit();
    const number = await new Receipt(page).number();
    const office = await otherPage();
    await new SignIn(office).as('authority');

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

    await test.step('the applicant hears what to do next', async () => {
      const desk = new Desk(office);
      await desk.open(number);
      await desk.requireCorrection([{ place: 'basic/postcode', text: '与注册地不符' }]);
      await desk.expectState('补齐补正');
      await page.goto('/applications');
      const open = page.getByRole('region', { name: '办理中的申请' });
      await expect(open.getByRole('listitem').filter({ hasText: number })).toContainText('轮到您');
      await expect(page.getByRole('link', { name: /^消息，\d+ 条未读$/ })).toBeVisible();
      await page.goto('/inbox');
      await expect(page.getByRole('listitem').filter({ hasText: number }).first()).toContainText('有 1 处需要补正');
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
  });
});
