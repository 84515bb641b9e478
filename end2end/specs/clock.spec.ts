// What time does by itself (spec 5.3, rulings 17 and 23): silence is acceptance, a date not agreed is escalated.
import { Desk } from '../pages/Desk';
import { SignIn } from '../pages/SignIn';
import { expect, test } from '../support/test';

test.use({ apart: 'clock' });

test('silence counts as acceptance, and a date not agreed in time comes before the supervisor', async ({ page, server, otherPage }) => {
  test.setTimeout(180_000);
  await new SignIn(page).as('authority');
  const desk = new Desk(page);
  const silent = await desk.numberIn('accept', '已提交');
  const entrusted = await desk.numberIn('schedule', '已委托');
  // Longer than five working days, whatever holidays there are.
  await server.later(20);

  await new SignIn(page).as('authority');
  await desk.open(silent);
  await desk.expectState('已受理');
  await desk.expectFlag('视为受理');
  await expect(page.getByText('逾期未告知，视为受理').first()).toBeVisible();
  await desk.act('补发受理决定书', { 鉴定评审机构: '陕西示范特种设备评审研究院' });
  await expect(page.getByRole('listitem').filter({ hasText: '补发受理决定书' }).first()).toBeVisible();

  await desk.open(entrusted);
  await expect(page.getByText('约定评审时间将到期，已提醒监督人员').first()).toBeVisible();
  await desk.expectFlag(/督办/);
  await desk.act('更换评审机构', { 鉴定评审机构: '北京示范特种设备鉴定评审中心', 理由: '未能按期约定评审时间' });
  await desk.expectState('已委托');
  const other = await otherPage();
  await new SignIn(other).as('otherAgency');
  await new Desk(other).openQueue();
  await expect(new Desk(other).row(entrusted)).toBeVisible();
});
