// A case from the entrusted review to the decision (spec 2.19, 2.20, 5): each party at a machine of its own, by the forms the
// table of actions gives it.
import { Desk } from '../pages/Desk';
import { SignIn } from '../pages/SignIn';
import { day } from '../support/days';
import { readQr } from '../support/qr';
import { expect, test, withAndWithoutScript } from '../support/test';

test.use({ apart: 'casework' });

withAndWithoutScript((script) => {
  test('a review is agreed, held, rectified and reported, and the licence decided by two pairs of eyes', async ({ page, otherPage }) => {
    test.setTimeout(300_000);
    const [agencyPage, examinerPage, approverPage] = [await otherPage(), await otherPage(), await otherPage()];
    await new SignIn(page).as('unit');
    await new SignIn(agencyPage).as('agency');
    const [unit, agency] = [new Desk(page), new Desk(agencyPage)];
    const number = await agency.numberIn('schedule', '已委托');

    await test.step('the date is negotiated', async () => {
      await unit.schedule(number);
      await unit.act('提出评审时间', {}, { button: '提交' });
      await expect(page.getByRole('alert').first()).toContainText('请至少填写一个时间段');
      await unit.schedule(number);
      await unit.offer('提出评审时间', '提交', [[day(3), day(4)]]);
      await unit.expectState('协商评审时间');
      await agency.schedule(number);
      await agency.act('退回约请', { 理由: '评审员已有安排' });
      await agency.expectState('约请退回');
      await unit.schedule(number);
      await expect(page.getByRole('table').filter({ hasText: '退回：评审员已有安排' }).first()).toBeVisible();
      await unit.offer('提出评审时间', '提交', [
        [day(5), day(6)],
        [day(8), day(9)],
      ]);
      await agency.schedule(number);
      await agency.offer('另提评审时间', '提出这些时间', [[day(0), day(0)]]);
      await expect(agencyPage.getByRole('alert').first()).toContainText('评审人员');
      await agency.schedule(number);
      await agency.offer('另提评审时间', '提出这些时间', [[day(0), day(0)]], '白若冰');
      await unit.schedule(number);
      const form = await unit.form('接受评审时间');
      await form.getByLabel('评审时间').selectOption({ index: 1 });
      await form.getByRole('button', { name: '接受这个时间' }).click();
      await unit.expectState('评审时间已确定');
    });

    await test.step('the review is held, and what it found is rectified', async () => {
      await agencyPage.goto(`/cases/${number}`);
      await agency.act('开始评审');
      await agency.expectState('现场评审中');
      await agency.act('评审记录', { 评审记录: '召开首次会议' }, { button: '保存评审记录', files: { 附件: '现场记录.pdf' } });
      await expect(agencyPage.getByRole('link', { name: '现场记录.pdf' })).toBeVisible();
      await agency.act('出具备忘录', { '问题（每行一条）': '量具超过校准有效期\n记录缺少签字', 整改期限: day(30), 评审机构签字人: '白若冰' });
      await agency.expectState('整改中');
      await page.goto(`/cases/${number}`);
      await expect(page.getByText('1. 量具超过校准有效期')).toBeVisible();
      await expect(page.getByText('评审备忘录等本单位签署')).toBeVisible();
      await unit.act('签署备忘录');
      await unit.act('提交整改报告', { 整改情况: '量具已送检' });
      await expect(page.getByRole('alert').first()).toContainText('请上传');
      await unit.act('提交整改报告', {}, { files: { 整改报告和证明材料: '整改报告.pdf' } });
      await expect(page.getByText('提交整改报告').first()).toBeVisible();
      await agencyPage.reload();
      await agency.act('确认整改', { 说明: '符合要求' });
      await agency.act('提交评审报告', { 评审结论: '符合条件' }, { files: { 评审报告及附件: '评审报告.pdf' } });
      await expect(agencyPage.getByRole('alert').first()).toContainText('结论与整改情况不符');
      // The report was kept: it need not be chosen again.
      await expect(agencyPage.getByRole('link', { name: '评审报告.pdf' })).toBeVisible();
      await agency.act('提交评审报告', { 评审结论: '整改后符合条件' });
      await agency.expectState('评审报告已提交');
    });

    await test.step('the unit rates the reviewers, out of the agency\u2019s sight', async () => {
      await page.goto(`/cases/${number}`);
      const form = await unit.form('填写评审反馈表');
      const period = form.getByRole('group', { name: '评审起止日期' });
      await period.getByLabel('从').fill(day(0));
      await period.getByLabel('到').fill(day(0));
      await form.getByLabel('评审类别').selectOption('压力管道');
      await form.getByRole('textbox', { name: '评审人员', exact: true }).fill('白若冰');
      for (const question of [/收受或者索要/, /偏离许可规则/]) await form.getByRole('radiogroup', { name: question }).getByLabel('没有').check();
      await form.getByRole('radiogroup', { name: /其他影响公正/ }).getByLabel('有', { exact: true }).check();
      await form.getByRole('radiogroup', { name: /是否满意/ }).getByLabel('基本满意').check();
      await form.getByRole('button', { name: '提交反馈表' }).click();
      await expect(page.getByRole('alert').first()).toContainText('具体说明');
      const again = await unit.form('填写评审反馈表');
      await again.getByLabel('具体说明').last().fill('评审组迟到半天');
      await again.getByRole('button', { name: '提交反馈表' }).click();
      await expect(page.getByText('评审组迟到半天')).toBeVisible();
      await agencyPage.reload();
      await expect(agencyPage.getByRole('heading', { name: '时间线' })).toBeVisible();
      await expect(agencyPage.getByText('评审组迟到半天')).toHaveCount(0);
    });

    await test.step('one official examines, another decides', async () => {
      await new SignIn(examinerPage).as('examiner');
      const examiner = new Desk(examinerPage);
      await examiner.open(number);
      await expect(examinerPage.getByText('评审组迟到半天')).toBeVisible();
      await examiner.act('接收评审报告');
      await examiner.expectState('审查中');
      await examiner.act('拟定审查意见', { 审查结论: '建议准予许可', 审查意见: '符合许可条件' }, { button: '保存审查意见' });
      await examiner.act('报批');
      await examiner.expectState('待批准');
      await expect(examinerPage.locator('.act').filter({ hasText: '准予许可' })).toHaveCount(0);
      await new SignIn(approverPage).as('approver');
      const approver = new Desk(approverPage);
      await approver.open(number);
      await approver.act('准予许可', {}, { button: '准予许可' });
      await approver.expectState('准予许可');
    });

    await test.step('the certificate is made, and anyone can check it', async () => {
      const officePage = await otherPage();
      await new SignIn(officePage).as('authority');
      const office = new Desk(officePage);
      await office.open(number);
      await office.act('制证', {}, { button: '制作许可证' });
      await office.expectState('已发证');
      await office.act('公布');
      await office.act('送达', { 送达方式: '电子送达' });
      await page.goto(`/cases/${number}`);
      const papers = page.getByRole('region', { name: '文书' });
      for (const paper of [/受理决定书/, /约请函/, /备忘录/, /准予行政许可决定书/]) await expect(papers.getByRole('link', { name: paper }).first()).toBeVisible();
      await papers.getByRole('link', { name: /生产许可证/ }).click();
      await expect(page.getByRole('heading', { level: 1, name: '特种设备生产许可证' })).toBeVisible();
      const certificate = (await page.getByRole('article').getByText(/^TS\d/).first().innerText()).trim();
      const href = await page.getByRole('link', { name: '下载 PDF' }).getAttribute('href');
      const pdf = await page.request.get(href!);
      expect(pdf.headers()['content-type']).toBe('application/pdf');
      const statement = readQr(await pdf.body());
      expect(statement).toContain('/verify/');
      const anyone = await otherPage();
      await anyone.goto(statement);
      await expect(anyone.getByText(certificate).first()).toBeVisible();
      await expect(anyone.getByText('签名有效')).toBeVisible();
      await expect(anyone.getByText('证书目前的状态')).toContainText('有效');
      if (script) await expect(anyone.getByText('您的浏览器已经独立验证了签名')).toBeVisible();
      // A statement that was tampered with is not believed.
      await anyone.goto(statement.slice(0, -6) + (statement.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'));
      await expect(anyone.getByText('签名无效')).toBeVisible();
      await anyone.goto('/publicity?list=granted');
      await expect(anyone.getByRole('row').filter({ hasText: certificate })).toContainText('准予行政许可决定书');
    });
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
  await expect(page.locator('.act').filter({ has: page.getByText('准予许可', { exact: true }) })).toHaveCount(0);
  await approver.act('不予许可', { 理由: '试验能力不满足许可条件' });
  await approver.expectState('不予许可');
  await new SignIn(unitPage).as('unit');
  await unitPage.goto(`/cases/${number}`);
  await expect(unitPage.getByText('试验能力不满足许可条件').first()).toBeVisible();
  await expect(unitPage.getByText('试验能力不足')).toHaveCount(0);
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
  await unitPage.goto(`/cases/${reported}`);
  await new Desk(unitPage).act('撤回申请', { 撤回原因: '产品方向调整' });
  await new Desk(unitPage).expectState('已撤回');
});
