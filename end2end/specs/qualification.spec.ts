// A person's qualification from filing to the certificate (spec 2.21, 4.3–4.5, 6.4), of every kind: the practising unit, the
// authority and the examination body each at a machine of their own.
import type { Page } from '@playwright/test';
import { Desk } from '../pages/Desk';
import { MyExams, Sessions } from '../pages/Exams';
import { Manage } from '../pages/Manage';
import { Paper } from '../pages/Paper';
import { SignIn } from '../pages/SignIn';
import { Submit } from '../pages/Submit';
import { answer } from '../support/fields';
import { atDesk, decide, NATIONAL, PROVINCE, type Officials } from '../support/officials';
import { people, type Person } from '../support/people';
import { beginPerson, filePerson, fillPerson, registerPerson, SAMR, SHAANXI } from '../support/person';
import type { Server } from '../support/server';
import { expect, test, withAndWithoutScript } from '../support/test';

// The clock is moved to the days of the examinations.
test.use({ apart: 'qualification' });

/** The day after: machines were switched off, or open pages would ask a server that is not there for messages. */
async function nextDay(server: Server, ...pages: Page[]): Promise<void> {
  for (const page of pages) await page.goto('about:blank');
  await server.later(1);
}

/** Units of the demonstration where persons practise, and who answers for them. */
const VALVES = { name: '西安示范阀门制造有限公司', code: '91610112MA00DEM143', owner: 'unit' } as const;
const DISCS = { name: '杭州示范安全泄放装置有限公司', code: '91330100MA00DEM22M', owner: 'otherUnit' } as const;

/** The owner of a unit reads in the inbox that it is asked, and confirms the practice on the case. */
async function confirmPractice(page: Page, owner: Person, number: string): Promise<void> {
  await new SignIn(page).as(owner);
  await page.goto('/inbox');
  await page.getByRole('button', { name: `打开案件 ${number}` }).first().click();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}`));
  // A practising unit is asked about the practice and reads nothing else of the person.
  await expect(page.getByRole('heading', { name: '申请书', exact: true })).toHaveCount(0);
  await new Desk(page).act('确认在本单位执业');
  await expect(page.getByRole('listitem').filter({ hasText: '执业单位确认执业' }).first()).toBeVisible();
}

async function accept(page: Page, who: Officials, number: string): Promise<void> {
  const office = await atDesk(page, who.office, number);
  await office.acceptPerson();
  await office.expectState(/^已受理（待(考试|审核)）$/);
}

/** Opens a document of a case, and sees that its PDF can be fetched. */
async function openPaper(page: Page, number: string, name: RegExp): Promise<Paper> {
  const paper = new Paper(page);
  await paper.open(number, name);
  await paper.pdf();
  return paper;
}

/** The certificate the holder reads among the documents; tells its number. */
async function readCertificate(page: Page, number: string, codes: string[]): Promise<string> {
  const paper = await openPaper(page, number, /检验检测人员证/);
  for (const code of codes) await expect(paper.text.getByRole('cell', { name: code, exact: true })).toBeVisible();
  return paper.certificate();
}

/** Anybody finds a certificate by name and number together, with the identity number masked. */
async function lookUp(page: Page, name: string, number: string, identity: string, words: string[]): Promise<void> {
  await page.goto('/search');
  const part = page.getByRole('region', { name: '检验检测人员证查询' });
  await answer(part, '姓名', name);
  await answer(part, '证书编号', number);
  await part.getByRole('button', { name: '查人员证' }).click();
  const found = page.getByRole('status').filter({ hasText: number });
  for (const word of [name, ...words, `${identity.slice(0, 6)}********${identity.slice(-4)}`]) await expect(found).toContainText(word);
  await expect(page.locator('body')).not.toContainText(identity);
}

withAndWithoutScript((script) => {
  // One of a province, one of the national authority.
  const [code, authority, who] = script ? (['UT-I', SHAANXI, PROVINCE] as const) : (['S-DT', SAMR, NATIONAL] as const);

  test(`${code}: one subject is failed and resat, and the certificate is found by name and number`, { tag: script ? [] : '@once' }, async ({ page, otherPage, inbox, server, axe }) => {
    test.setTimeout(300_000);
    const [bodyPage, officePage, unitPage] = [await otherPage(), await otherPage(), await otherPage()];
    const [first, second] = [`${code} 第一考场`, `${code} 第二考场`];
    const sessions = new Sessions(bodyPage);
    const exams = new MyExams(page);
    const candidate = new Desk(page);

    await new SignIn(bodyPage).as('examBody');
    const examination = await sessions.add({ code, place: first, day: server.day(1), closes: server.day(0) });
    const resit = await sessions.add({ code, place: second, day: server.day(2), closes: server.day(1) });
    const answers = await registerPerson(page, inbox);
    const account = { user: answers['用户名'], password: answers['密码'] };
    const number = await filePerson(page, script, '取证', VALVES, { code, authority });

    await test.step('the practising unit confirms, and the authority accepts', async () => {
      await confirmPractice(unitPage, VALVES.owner, number);
      if (script) await axe(unitPage);
      await accept(officePage, who, number);
      await expect(officePage.getByRole('region', { name: '执业单位' })).toContainText(`${VALVES.name} 已确认`);
      if (script) await axe(officePage);
    });

    await test.step('the candidate takes a seat, and has the admission slip', async () => {
      await exams.signUp(number, first);
      if (script) await axe(page);
      await openPaper(page, number, /准考证/);
      for (const words of [answers['姓名'], first, '理论（闭卷）、理论（开卷）、实际操作']) await expect(page.getByRole('article')).toContainText(words);
    });

    await nextDay(server, page, bodyPage, officePage, unitPage);
    await test.step('marks are kept, and nobody knows them before they are published', async () => {
      await new SignIn(bodyPage).as('examBody');
      await sessions.enter(examination, { '理论（闭卷）': '85', '理论（开卷）': '69', 实际操作: '75' });
      if (script) await axe(bodyPage);
      await new SignIn(page).as(account);
      await page.goto(`/cases/${number}`);
      await candidate.expectState('待考试');
      await expect(page.getByRole('table').filter({ hasText: '实际操作' })).toHaveCount(0);
      await sessions.publish(number, '考试不合格（可补考）');
    });

    await test.step('the candidate reads what was failed, and signs up for the resit of that', async () => {
      await page.goto(`/cases/${number}`);
      const marks = page.getByRole('table').filter({ hasText: '实际操作' });
      await expect(marks.getByRole('row').filter({ hasText: '理论（开卷）' })).toContainText('69不合格');
      await expect(marks.getByRole('row').filter({ hasText: '理论（闭卷）' })).toContainText('85合格');
      await exams.signUp(number, second);
      await openPaper(page, number, /准考证/);
      await expect(page.getByRole('article')).toContainText(`${code}（补考）`);
      await expect(page.getByRole('article')).not.toContainText('理论（闭卷）');
    });

    await nextDay(server, page, bodyPage, officePage, unitPage);
    await test.step('the resit is passed with exactly seventy', async () => {
      await new SignIn(bodyPage).as('examBody');
      await sessions.enter(resit, { '理论（开卷）': '70' });
      await sessions.publish(number, '考试合格');
    });

    await test.step('it is decided by two, and anybody finds the certificate', async () => {
      await decide(otherPage, who, number, '开始审查', '符合资格条件', '制作证书');
      await new SignIn(page).as(account);
      const certificate = await readCertificate(page, number, [code]);
      if (script) await axe(page);
      await lookUp(await otherPage(), answers['姓名'], certificate, answers['证件号码'], ['有效', code, authority]);
      await page.goto(`/cases/${number}`);
      await candidate.expectState('已发证');
    });
  });
});

test('a renewal by examination ends in the next version of the one certificate', { tag: '@once' }, async ({ page, otherPage, server }) => {
  test.setTimeout(240_000);
  const [bodyPage, officePage] = [await otherPage(), await otherPage()];
  const account = { user: 'person02', password: people.individual.password };
  const place = '换证考场';
  const sessions = new Sessions(bodyPage);
  await new SignIn(bodyPage).as('examBody');
  const session = await sessions.add({ code: 'UT-II', place, day: server.day(1), closes: server.day(0) });
  await new SignIn(page).as(account);
  const number = await filePerson(page, true, '考试换证', VALVES, { code: 'UT-II' });
  await confirmPractice(officePage, VALVES.owner, number);
  await accept(officePage, PROVINCE, number);
  await new MyExams(page).signUp(number, place);
  await nextDay(server, page, bodyPage, officePage);
  await new SignIn(bodyPage).as('examBody');
  await sessions.enter(session, { '理论（闭卷）': '90', '理论（开卷）': '91', 实际操作: '92' });
  await sessions.publish(number, '考试合格');
  await decide(otherPage, PROVINCE, number, '开始审查', '符合资格条件', '制作证书');
  await new SignIn(page).as(account);
  // The number stays, its year follows the new term; what else is held stays on it.
  const certificate = await readCertificate(page, number, ['UT-II', 'RT-II']);
  expect(certificate).toMatch(/^TS8610902-\d{4}$/);
  expect(Number(certificate.slice(-4))).toBeGreaterThanOrEqual(Number(server.day(0).slice(0, 4)) + 5);
});

test('a certificate is renewed by file review, and its holder moves with the consent of both units', { tag: '@once' }, async ({ page, otherPage }) => {
  test.setTimeout(240_000);
  const [officePage, unitPage] = [await otherPage(), await otherPage()];
  const account = { user: 'person03', password: people.individual.password };
  await new SignIn(page).as(account);

  const renewal = await filePerson(page, true, '审核换证', VALVES, { code: 'UT-II' });
  await test.step('a second application at the same time cannot name another unit', async () => {
    const second = await beginPerson(page, '审核换证', 'RT-II');
    await fillPerson(page, second, '审核换证', true, { qualification: { practice_org: DISCS.name, practice_code: DISCS.code } });
    const submit = new Submit(page, second);
    await submit.open();
    await expect(page.getByRole('main')).toContainText(`您的另一份申请 ${renewal} 填的执业单位是${VALVES.name}`);
    await expect(submit.button).toBeHidden();
  });
  await confirmPractice(unitPage, VALVES.owner, renewal);
  await accept(officePage, PROVINCE, renewal);
  await decide(otherPage, PROVINCE, renewal, '开始审查', '符合资格条件', '制作证书');
  const renewed = await readCertificate(page, renewal, ['UT-II', 'RT-II']);
  expect(renewed).toMatch(/^TS8610903-\d{4}$/);

  const move = await filePerson(page, true, '变更', DISCS, { code: 'UT-II', given: { change_what: 'both', former_org: VALVES.name } });
  await accept(officePage, PROVINCE, move);
  const practice = officePage.getByRole('region', { name: '执业单位' });
  for (const unit of [VALVES, DISCS]) await expect(practice).toContainText(`${unit.name} 待确认`);
  for (const unit of [VALVES, DISCS]) await confirmPractice(unitPage, unit.owner, move);
  await decide(otherPage, PROVINCE, move, '开始审查', '符合资格条件', '制作证书');
  // A change moves no term, and the number with it.
  expect(await readCertificate(page, move, ['UT-II', 'RT-II'])).toBe(renewed);
  await expect(page.getByRole('article')).toContainText('王更名');
  await page.goto('/account');
  await expect(page.getByLabel('姓名')).toHaveValue('王更名');
});

test('the proof of a practising unit that is not registered is checked before a grant is proposed', { tag: '@once' }, async ({ page, otherPage }) => {
  await new SignIn(page).as({ user: 'person14', password: people.individual.password });
  await page.goto('/applications');
  const number = await new Manage(page).anyNumber('AE-II');
  const officePage = await otherPage();
  await new SignIn(officePage).as('nationalExaminer');
  const examiner = new Desk(officePage);
  await examiner.open(number);
  await examiner.act('开始审查');
  const proposal = { 审查结论: '建议准予许可', 审查意见: '符合条件' };
  await examiner.act('拟定审查意见', proposal, { button: '保存审查意见' });
  await expect(officePage.getByRole('alert').first()).toContainText('执业证明');
  await examiner.act('核对执业证明', {}, { button: '记录核对结果' });
  await expect(officePage.getByRole('alert').first()).toContainText('已核对');
  await examiner.act('核对执业证明', { '已核对：执业证明（变更的还有离职证明）有单位公章和签字，内容属实': 'yes' }, { button: '记录核对结果' });
  await expect(officePage.getByRole('region', { name: '执业单位' })).toContainText('已核对证明');
  await examiner.act('拟定审查意见', proposal, { button: '保存审查意见' });
  await examiner.act('报批');
  await examiner.expectState('待批准');
});
