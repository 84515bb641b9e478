// The main job from end to end: a valve maker nobody knows applies, corrects what the office marked, agrees on the review, mends what it
// found, rates it, and holds the certificate; each party at a machine of its own.
import { Book } from '../pages/Book';
import { Correction } from '../pages/Correction';
import { Desk, FINDINGS } from '../pages/Desk';
import { Manage } from '../pages/Manage';
import { expectVerified, Paper } from '../pages/Paper';
import { SignIn } from '../pages/SignIn';
import { applyAsStranger } from '../support/application';
import { expectMessage } from '../support/fields';
import { journey } from '../support/journey';
import { decide, PROVINCE } from '../support/officials';
import { readQr } from '../support/qr';
import { expect, test, withAndWithoutScript } from '../support/test';

// Reviews begin on the day they were agreed for; the reviewers' days are taken.
test.use({ apart: 'journey' });

const maker = journey('valve-maker');
/** What the office marks: where, what is wrong, how the place is called, and what it is corrected to. */
const POINTS = [
  { page: 'basic', key: 'postcode', text: '与注册地不符', name: /邮政编码/, value: '710021' },
  { page: 'basic', key: 'fax', text: '请填写区号', name: /传真/, value: '029-12345678' },
  { page: 'remarks', key: 'text', text: '请写明型式试验机构', name: /备注/, value: '样机型式试验由陕西省示范特种设备检验研究院进行。' },
];

withAndWithoutScript((script) => {
  // Without script, too, it is gone on both databases.
  test('a valve maker becomes the holder of a licence', { tag: script ? [] : '@everywhere' }, async ({ page, otherPage, inbox, server }) => {
    test.setTimeout(600_000);
    const number = await applyAsStranger(page, inbox, maker, 'enterprise');
    const [officePage, agencyPage] = [await otherPage(), await otherPage()];
    const [unit, office, agency] = [new Desk(page), new Desk(officePage), new Desk(agencyPage)];
    // Both ways may share a server.
    const reviewer = script ? '白若冰' : '史远航';
    await new SignIn(officePage).as(PROVINCE.office);
    await new SignIn(agencyPage).as('agency');

    await test.step('the office hears of the application, and opens it', async () => {
      await officePage.goto('/inbox');
      const letter = officePage.getByRole('listitem').filter({ hasText: number }).first();
      await expect(letter).toContainText('请决定是否受理');
      await expect(letter).toContainText('未读');
      await letter.getByRole('button', { name: `打开案件 ${number}` }).click();
      await expect(officePage).toHaveURL(new RegExp(`/cases/${number}`));
      await officePage.goto('/inbox');
      await expect(officePage.getByRole('listitem').filter({ hasText: number }).first()).not.toContainText('未读');
    });

    await test.step('the official requires three corrections at once', async () => {
      await office.openQueue();
      await expect(office.row(number)).toContainText('已提交');
      await office.open(number);
      const points = POINTS.map(({ page, key, text }) => ({ place: `${page}/${key}`, text }));
      await office.composeCorrection([{ place: points[0].place, text: '' }]);
      await expect(officePage.getByRole('alert').first()).toContainText('第 1 条没有写明问题');
      await expect(office.notice(), 'nothing is finished yet').toHaveCount(0);
      const form = await office.form('告知补正');
      await form.getByLabel('问题 1', { exact: true }).fill(points[0].text);
      // The second place comes from the button beside it in the book, and what was typed stays.
      expect(await office.mark('传真')).toBe(2);
      await expect(form.getByLabel('位置 2', { exact: true })).toHaveValue(points[1].place);
      await expect(form.getByLabel('问题 1', { exact: true })).toHaveValue(points[0].text);
      // What is marked says so in the book, as long as a point is about it.
      await expect(office.marked('邮政编码', 1)).toBeVisible();
      const marked = office.marked('传真', 2);
      if (script) {
        await form.getByLabel('位置 2', { exact: true }).selectOption('');
        await expect(marked).toHaveCount(0);
        await form.getByLabel('位置 2', { exact: true }).selectOption(points[1].place);
      }
      await marked.click();
      await expect(form.getByLabel('问题 2', { exact: true })).toBeFocused();
      await office.requireCorrection(points);
      await office.expectState('补齐补正');
      await expect(officePage.getByText('发出补齐补正告知书').first()).toBeVisible();
    });

    await test.step('the applicant hears what to do next', async () => {
      await page.goto('/applications');
      const open = page.getByRole('region', { name: '办理中的申请' });
      const mine = open.getByRole('listitem').filter({ hasText: number });
      await expect(mine).toContainText('轮到您');
      await expect(mine.getByRole('listitem').filter({ hasText: '受理' })).toHaveAttribute('aria-current', 'step');
      await expect(mine.getByRole('link', { name: `补齐补正 ${number}` })).toHaveAttribute('href', `/applications/${number}/check`);
      await expect(page.getByRole('link', { name: /^消息，\d+ 条未读$/ })).toBeVisible();
      await page.goto('/inbox');
      await expect(page.getByRole('listitem').filter({ hasText: number }).first()).toContainText('有 3 处需要补正');
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
      const correction = new Correction(page, number);
      await correction.open();
      await expect(correction.notice.getByRole('listitem')).toHaveCount(POINTS.length);
      for (const { text } of POINTS) await expect(correction.notice).toContainText(text);
      await correction.notice.getByRole('link', { name: POINTS[0].name }).click();
      const book = new Book(page, number);
      for (const key of new Set(POINTS.map(({ page }) => page))) {
        await book.open(key);
        await book.fill(key, Object.fromEntries(POINTS.filter(({ page }) => page === key).map(({ key, value }) => [key, value])));
        await book.save();
      }
      await book.open('basic');
      await expect(book.at('basic/postcode')).toHaveValue('710021');
      await expect(book.at('basic/legal_rep')).toHaveCount(0);
      await correction.handIn(POINTS.map(({ name }) => name));
    });

    await test.step('what was handed in first is still there to print', async () => {
      await page.goto(`/cases/${number}?version=1`);
      await page.getByRole('link', { name: '打印第 1 版' }).click();
      await expect(page.getByText(`${number} · 版本 1 ·`)).toBeVisible();
      await expect(page.getByRole('row', { name: /^邮政编码/ })).not.toContainText('710021');
      await expect(page.getByRole('img', { name: /扫码核验/ })).toBeVisible();
    });

    await test.step('the official sees exactly those three changes, and accepts', async () => {
      await office.open(number);
      await office.expectState('已补正');
      const changes = await office.changes();
      await expect(changes).toHaveCount(3);
      for (const { name, value } of POINTS) await expect(changes.filter({ hasText: name })).toContainText([value]);
      for (const row of await changes.all()) await expect(row).toContainText('补正后');
      // The same by choosing the two versions.
      await officePage.goto(`/cases/${number}`);
      await officePage.getByLabel('版本', { exact: true }).selectOption('2');
      await officePage.getByLabel('与哪一版比较').selectOption('1');
      await officePage.getByRole('button', { name: '显示', exact: true }).click();
      await expect(officePage.getByRole('region', { name: '前后对照' }).locator('tbody').getByRole('row')).toHaveCount(3);
      await expect(officePage.getByRole('region', { name: '消息' }).getByRole('listitem').first()).toContainText(number);
      await office.accept('陕西示范特种设备评审研究院');
      await page.goto('/applications');
      await new Manage(page).expectState(number, '已受理');
      await office.act('委托鉴定评审');
      await office.expectState('已委托');
    });

    await test.step('the date is agreed in four moves', async () => {
      await unit.schedule(number);
      await unit.act('提出评审时间', {}, { button: '提交' });
      await expect(page.getByRole('alert').first()).toContainText('请选择拟约请鉴定评审日期 1');
      await unit.schedule(number);
      await unit.offer('提出评审时间', '提交', [[server.day(3), server.day(4)]]);
      await unit.expectState('协商评审时间');
      await agency.schedule(number);
      await agency.act('退回约请', { 理由: '评审员已有安排' });
      await agency.expectState('约请退回');
      await unit.schedule(number);
      await expect(page.getByRole('table').filter({ hasText: '退回：评审员已有安排' }).first()).toBeVisible();
      await unit.offer('提出评审时间', '提交', [
        [server.day(5), server.day(6)],
        [server.day(0), server.day(0)],
      ]);
      await agency.schedule(number);
      await agency.settle('同意评审时间', '同意这个时间', 2, reviewer);
    });

    await test.step('the review is held, and what it found is rectified', async () => {
      await agencyPage.goto(`/cases/${number}`);
      await agency.act('开始评审');
      await agency.expectState('现场评审中');
      await agency.act('评审记录', { 评审记录: '召开首次会议' }, { button: '保存评审记录', files: { 附件: '现场记录.pdf' } });
      await expect(agencyPage.getByRole('link', { name: '现场记录.pdf' })).toBeVisible();
      await agency.problems([
        ['量具超过校准有效期', '送检并提供证书'],
        ['记录缺少签字', ''],
      ]);
      await agency.act('出具备忘录', { 整改期限: server.day(30), 评审机构签字人: reviewer });
      await expectMessage((await agency.form('出具备忘录')).getByRole('group', { name: '问题 2', exact: true }), '整改要求', /请填写整改要求/);
      await agency.problems([
        ['量具超过校准有效期', '送检并提供证书'],
        ['记录缺少签字', '补签'],
      ]);
      await agency.act('出具备忘录');
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
      await agency.act('提交评审报告', { ...FINDINGS, 评审结论: '符合条件' }, { files: { 评审报告及附件: '评审报告.pdf' } });
      await expect(agencyPage.getByRole('alert').first()).toContainText('结论与整改情况不符');
      // The report was kept: it need not be chosen again.
      await expect(agencyPage.getByRole('link', { name: '评审报告.pdf' })).toBeVisible();
      await agency.act('提交评审报告', { 评审结论: '整改后符合条件' });
      await agency.expectState('评审报告已提交');
    });

    await test.step('the unit rates the reviewers, out of the agency’s sight', async () => {
      await page.goto(`/cases/${number}`);
      const form = await unit.form('填写评审反馈表');
      for (const words of ['填写单位对内容的真实性负责', '陕西示范特种设备评审研究院']) await expect(form).toContainText(words);
      const period = form.getByRole('group', { name: '评审起止日期' });
      for (const end of ['从', '到']) await expect(period.getByLabel(end)).toHaveValue(server.day(0));
      await form.getByLabel('评审类别').selectOption('其他');
      await form.getByLabel('其他类别').fill('安全附件');
      await expect(form.getByRole('textbox', { name: '评审人员', exact: true })).toHaveValue(new RegExp(reviewer));
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
      const examiner = await otherPage();
      await new SignIn(examiner).as(PROVINCE.examiner);
      await new Desk(examiner).open(number);
      await expect(examiner.getByText('评审组迟到半天')).toBeVisible();
    });

    await test.step('one official examines, another decides, and the certificate is made', () => decide(otherPage, PROVINCE, number, '接收评审报告', '符合许可条件'));

    await test.step('the unit holds the certificate, and anyone can check it', async () => {
      await page.goto(`/cases/${number}`);
      const papers = page.getByRole('region', { name: '文书' });
      for (const name of [/补正告知书/, /受理决定书/, /约请函/, /备忘录/, /准予行政许可决定书/]) await expect(papers.getByRole('link', { name }).first()).toBeVisible();
      const paper = new Paper(page);
      await paper.open(number, /准予行政许可决定书/);
      await expect(paper.text).toContainText(/申请单位：.+统一社会信用代码：[0-9A-Z]{18}/);
      await paper.open(number, /生产许可证/);
      await expect(paper.text).toContainText(/统一社会信用代码\s*[0-9A-Z]{18}/);
      await expect(page.getByRole('heading', { level: 1, name: '特种设备生产许可证' })).toBeVisible();
      const certificate = await paper.certificate();
      // 2: manufacture, F: safety accessories, 61: Shaanxi (spec 6.5).
      expect(certificate).toMatch(/^TS2F61\d{3}-\d{4}$/);
      // At which of the addresses each item is made.
      await expect(paper.text.getByRole('row', { name: /安全阀/ })).toContainText('地址 1、2');
      await expect(paper.text.getByRole('row', { name: /紧急切断阀/ })).toContainText('地址 3');
      await expectVerified(await otherPage(), readQr(await paper.pdf()), certificate, script);
    });
  });
});
