// What a case meets beside the straight way of journey.spec.ts (spec 2.19, 5): other dates, strangers, an extension, a denial, a refusal, a
// withdrawal, and a city that decides in its province's name.
import { Book } from '../pages/Book';
import { Correction } from '../pages/Correction';
import { Desk, FINDINGS } from '../pages/Desk';
import { Manage } from '../pages/Manage';
import { expectVerified, Paper } from '../pages/Paper';
import { Receipt } from '../pages/Receipt';
import { SignIn } from '../pages/SignIn';
import { Submit } from '../pages/Submit';
import { fillBook } from '../support/application';
import { day, said } from '../support/days';
import { journey } from '../support/journey';
import { atDesk, CITY, decide } from '../support/officials';
import { readQr } from '../support/qr';
import { expect, test, withAndWithoutScript } from '../support/test';

test.use({ apart: 'casework' });

withAndWithoutScript((script) => {
  test('the agency offers other dates, and the unit takes one of them', async ({ page, otherPage }) => {
    test.setTimeout(120_000);
    const agencyPage = await otherPage();
    await new SignIn(page).as('unit');
    await new SignIn(agencyPage).as('agency');
    const [unit, agency] = [new Desk(page), new Desk(agencyPage)];
    const number = await agency.numberIn('schedule', '已委托');
    // Both ways may share a server, and a reviewer is booked once a day.
    const later = script ? 5 : 15;
    const offered: [string, string][] = [
      [day(later), day(later)],
      [day(later + 2), day(later + 3)],
    ];
    await unit.schedule(number);
    await expect(page.getByRole('region', { name: '约请函（申请单位填写部分）' })).toContainText('受理单编号');
    if (script) {
      // Days are pressed instead of typed: a first and a last one, then one of another period.
      const form = await unit.form('提出评审时间');
      const ends = (period: number) => ['从', '到'].map((end) => form.getByRole('group', { name: `拟约请鉴定评审日期 ${period}` }).getByLabel(end));
      await page.getByRole('button', { name: '下个月' }).click();
      const days = page.getByRole('button', { name: /^选择 / });
      for (const nth of [1, 3]) await days.nth(nth).click();
      const [from, to] = ends(1);
      await expect(from).toHaveValue(/^\d{4}-\d{2}-\d{2}$/);
      expect((await from.inputValue()) < (await to.inputValue())).toBe(true);
      await expect(page.getByRole('listitem').filter({ hasText: '时间段 1' }).first()).toBeVisible();
      await page.getByRole('button', { name: '时间段 2' }).click();
      await days.nth(5).click();
      await expect(ends(2)[0]).toHaveValue(/^\d{4}-\d{2}-\d{2}$/);
      await expect(days.nth(5)).toBeFocused();
      await unit.schedule(number);
    }
    await unit.offer('提出评审时间', '提交', [[day(3), day(4)]]);
    await agency.schedule(number);
    await agency.offer('另提评审时间', '提出这些时间', offered);
    await expect(agencyPage.getByRole('alert').first()).toContainText('评审人员');
    await agency.schedule(number);
    await agency.offer('另提评审时间', '提出这些时间', offered, '雷鸣谦');
    await unit.schedule(number);
    await unit.settle('接受评审时间', '接受这个时间', 2);
    await expect(page.getByRole('region', { name: '评审时间' })).toContainText(said(offered[1][0]));
  });

  test('another agency and another unit do not get at a case', async ({ page, otherPage, complaints }) => {
    complaints.expect(/404|403/);
    await new SignIn(page).as('agency');
    const number = await new Desk(page).numberIn('rectify', '整改中');
    for (const stranger of ['otherAgency', 'otherUnit'] as const) {
      const other = await otherPage();
      await new SignIn(other).as(stranger);
      for (const path of [`/cases/${number}`, `/cases/${number}/schedule`]) {
        await other.goto(path);
        await expect(other.getByRole('heading', { level: 1 })).toHaveText('没有找到');
        await expect(other.getByText('白若冰')).toHaveCount(0);
        await expect(other.getByRole('heading', { name: '办理', exact: true })).toHaveCount(0);
      }
    }
  });
});

test('a limit is extended, and a licence denied', { tag: '@once' }, async ({ page, otherPage }) => {
  const [examinerPage, unitPage] = [await otherPage(), await otherPage()];
  await new SignIn(page).as('approver');
  const approver = new Desk(page);
  const number = await approver.numberIn('approve', '待批准');
  await approver.open(number);
  await approver.act('批准延期', { 理由: '需要补充核查' });
  await expect(page.getByText('延长审查期限').first()).toBeVisible();
  await approver.act('退回审查', { 理由: '请重新核对评审报告' });
  await approver.expectState('审查中');
  await new SignIn(examinerPage).as('examiner');
  const examiner = new Desk(examinerPage);
  await examiner.open(number);
  await examiner.act('拟定审查意见', { 审查结论: '建议不予许可', 审查意见: '试验能力不足' }, { button: '保存审查意见' });
  await examiner.act('报批');
  await approver.open(number);
  await expect(approver.formOf('准予许可')).toHaveCount(0);
  // The reason begins with the opinion; the decision is looked at before it is made, and what was typed stays.
  const reason = (await approver.form('不予许可')).getByRole('textbox', { name: '理由', exact: true });
  await expect(reason).toHaveValue('试验能力不足');
  await approver.act('不予许可', { 理由: '试验能力不满足许可条件' }, { button: '预览文书' });
  const preview = page.getByRole('region', { name: '文书（预览，还没有发出）' });
  for (const words of ['试验能力不满足许可条件', '行政复议', '文号在发出时编定']) await expect(preview).toContainText(words);
  await approver.expectState('待批准');
  await expect(reason).toHaveValue('试验能力不满足许可条件');
  await approver.act('不予许可');
  await approver.expectState('不予许可');
  await new SignIn(unitPage).as('unit');
  await unitPage.goto(`/cases/${number}`);
  await expect(unitPage.getByText('试验能力不满足许可条件').first()).toBeVisible();
  await expect(unitPage.getByText('试验能力不足')).toHaveCount(0);
  // Whoever is denied is told the reason and both remedies (行政许可法 art. 38).
  const decision = new Paper(unitPage);
  await decision.open(number, /不予行政许可决定书/);
  for (const words of ['试验能力不满足许可条件', '行政复议', '行政诉讼']) await expect(decision.text).toContainText(words);
  await decision.pdf();
});

test('a queue is gone through by the keys', { tag: '@once' }, async ({ page }) => {
  await new SignIn(page).as('authority');
  const desk = new Desk(page);
  await desk.openQueue();
  const cases = page.getByRole('table').getByRole('link', { name: /^\d{14}$/ });
  for (const [key, at] of [['j', 0], ['j', 1], ['j', 2], ['k', 1], ['ArrowDown', 2], ['ArrowUp', 1]] as const) {
    await page.keyboard.press(key);
    await expect(cases.nth(at), key).toBeFocused();
  }
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: '按键' });
  await expect(keys).toContainText('下一件');
  await page.keyboard.press('j');
  await expect(keys.getByRole('button', { name: '关闭' }), 'a dialog has its own keys').toBeFocused();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await expect(cases.nth(1)).toBeFocused();
  const search = page.getByLabel('申请号或者单位名称');
  await search.press('j');
  await expect(search).toHaveValue('j');
  await expect(search).toBeFocused();
  await search.blur();
  await page.keyboard.press('j');
  const first = (await cases.first().innerText()).trim();
  await page.keyboard.press('o');
  await expect(page).toHaveURL(new RegExp(`/cases/${first}`));
  // Gone with the list.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: '按键' })).toHaveCount(0);
  await desk.openQueue();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/cases/${first}`));
});

test('an application is refused with its ground and the right authority; another is withdrawn', { tag: '@once' }, async ({ page, otherPage }) => {
  await new SignIn(page).as('authority');
  const desk = new Desk(page);
  const number = await desk.numberIn('accept', '已提交');
  const reported = await desk.numberIn('examine', '评审报告已提交');
  await desk.open(number);
  await desk.act('不予受理', { 情形: '不属于本机关职权范围', 理由: '该项目由总局实施' }, { button: '决定不予受理' });
  await expect(page.getByRole('alert').first()).toContainText('向哪个机关申请');
  await desk.act('不予受理', { 应当向哪个机关申请: '国家市场监督管理总局' }, { button: '决定不予受理' });
  await desk.expectState('不予受理');
  const unitPage = await otherPage();
  await new SignIn(unitPage).as('unit');
  await unitPage.goto(`/cases/${number}`);
  await expect(unitPage.getByText('应当申请的机关：国家市场监督管理总局')).toBeVisible();
  // From the list, as units do; what is lost is said before.
  const list = new Manage(unitPage);
  await list.open();
  await list.act(reported, `撤回 ${reported}`);
  await expect(unitPage.getByText('评审或者审查已经开始')).toBeVisible();
  await new Desk(unitPage).act('撤回申请', { 原因: '产品方向调整' });
  await new Desk(unitPage).expectState('已撤回');
});

test('a marked row is taken out of the book, and what is judged with a marked answer is open, too', { tag: '@once' }, async ({ page, otherPage }) => {
  test.setTimeout(120_000);
  await new SignIn(page).as('unit');
  await page.goto('/applications');
  const draft = await new Manage(page).anyNumber('初始填写');
  const submit = new Submit(page, draft);
  await submit.open();
  await submit.submit();
  const number = await new Receipt(page).number();

  const office = await atDesk(await otherPage(), 'authority', number);
  await office.requireCorrection([
    { place: 'production/machines', row: 2, text: '这台设备不在本单位，请删除' },
    { place: 'subcontract/any', text: '没有外委的，请改选“无”' },
  ]);
  await office.expectState('补齐补正');

  const book = new Book(page, number);
  const remove = (table: string) => page.getByRole('group', { name: table, exact: true }).getByRole('button', { name: '删除', exact: true });
  const rows = page.getByRole('region', { name: '生产设备', exact: true }).locator('tbody').getByRole('row');
  await book.open('production');
  const count = await rows.count();
  await expect(page.getByRole('button', { name: /^(添加一台设备|上移|复制)$/ })).toHaveCount(0);
  await expect(remove('生产设备'), 'of the marked row only').toHaveCount(1);
  await remove('生产设备').click();
  await expect(rows).toHaveCount(count - 1);
  await book.expectSaved();
  await book.open('subcontract');
  await book.put('subcontract/any', 'no');
  while ((await remove('外委工作').count()) > 0) await remove('外委工作').first().click();
  await book.save();
  await new Correction(page, number).handIn([/生产设备/, /有无分包/]);
  await office.open(number);
  await office.expectState('已补正');
});

test('a delegated city decides in the name of its province', { tag: '@once' }, async ({ page, otherPage }) => {
  test.setTimeout(480_000);
  const maker = journey('valve-maker');
  // Where it works was said when the draft was begun, and leads to the city; with one address nothing is asked of the items.
  const { addresses: _, ...basic } = maker.pages['basic'];
  const { items: _rows, ...items } = maker.pages['items'];
  await new SignIn(page).as('cityUnit');
  await page.goto('/applications');
  const draft = await new Manage(page).anyNumber('初始填写');
  await fillBook(page, draft, { ...maker, pages: { ...maker.pages, basic: { ...basic, region: '611205' }, items } });
  const submit = new Submit(page, draft);
  await submit.open();
  await expect(page.getByRole('main')).toContainText('陕西省西咸新区市场监督管理局');
  await submit.submit();
  const number = await new Receipt(page).number();

  const office = await atDesk(await otherPage(), CITY.office, number);
  await office.accept('陕西示范特种设备评审研究院');
  await office.act('委托鉴定评审');
  await office.expectState('已委托');
  const unit = new Desk(page);
  await unit.schedule(number);
  await unit.offer('提出评审时间', '提交', [[day(0), day(0)]]);
  const agencyPage = await otherPage();
  await new SignIn(agencyPage).as('agency');
  const agency = new Desk(agencyPage);
  await agency.schedule(number);
  await agency.settle('同意评审时间', '同意这个时间', 1, '史远航');
  await agency.act('开始评审');
  await agency.act('提交评审报告', { ...FINDINGS, 评审结论: '符合条件' }, { files: { 评审报告及附件: '评审报告.pdf' } });
  await agency.expectState('评审报告已提交');
  await decide(otherPage, CITY, number, '接收评审报告', '符合许可条件');

  const paper = new Paper(page);
  await paper.open(number, /准予行政许可决定书/);
  await expect(paper.text).toContainText('陕西省市场监督管理局');
  await paper.open(number, /生产许可证/);
  await expect(paper.text).toContainText('陕西省市场监督管理局');
  await expect(paper.text).not.toContainText('陕西省西咸新区市场监督管理局');
  const certificate = await paper.certificate();
  // 2: manufacture, 7: piping components, 61: the province's digits (ruling 24).
  expect(certificate).toMatch(/^TS2761\d{3}-\d{4}$/);
  await expectVerified(await otherPage(), readQr(await paper.pdf()), certificate, true);
});
