// What time does by itself (spec 5.3, rulings 17 and 23): silence is acceptance, a date not agreed is escalated, and the right to a hearing
// lapses (行政许可法 art. 47).
import { Desk } from '../pages/Desk';
import { SignIn } from '../pages/SignIn';
import { atDesk } from '../support/officials';
import { expect, test } from '../support/test';

test.use({ apart: 'clock' });

test('silence counts as acceptance, a date not agreed in time comes before the supervisor, and a hearing is asked for in time', async ({ page, server, otherPage }) => {
  test.setTimeout(180_000);
  await new SignIn(page).as('authority');
  const desk = new Desk(page);
  const silent = await desk.numberIn('accept', '已提交');
  const entrusted = await desk.numberIn('schedule', '已委托');
  const [asked, lapsed] = [await desk.numberIn('examine', '评审报告已提交'), await desk.numberIn('approve', '待批准')];
  const approver = await atDesk(await otherPage(), 'approver', lapsed);
  await approver.act('退回审查', { 理由: '先告知听证权利' });
  await approver.expectState('审查中');
  const examiner = await atDesk(await otherPage(), 'examiner', asked);
  await examiner.act('接收评审报告');
  await examiner.expectState('审查中');
  for (const number of [lapsed, asked]) {
    await examiner.open(number);
    await examiner.act('告知听证权利', { 拟作出的决定和理由: '拟不予许可：试验能力不足' });
    await expect(examiner.page.getByText('已经告知听证权利').first()).toBeVisible();
  }
  const unitPage = await otherPage();
  await new SignIn(unitPage).as('unit');
  await unitPage.goto(`/cases/${asked}`);
  await new Desk(unitPage).act('申请听证', { 理由: '对评审结论有异议' });
  await expect(unitPage.getByText('已经提出听证').first()).toBeVisible();
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
  await new SignIn(unitPage).as('unit');
  await unitPage.goto(`/cases/${lapsed}`);
  await expect(unitPage.getByRole('listitem').filter({ hasText: '告知听证权利' }).first()).toBeVisible();
  await expect(unitPage.locator('.act').filter({ has: unitPage.getByText('申请听证', { exact: true }) })).toHaveCount(0);
  const other = await otherPage();
  await new SignIn(other).as('otherAgency');
  await new Desk(other).openQueue();
  await expect(new Desk(other).row(entrusted)).toBeVisible();
});
