// Examinations (spec 1.4, 4.4): the body publishes its plan and a session, the public reads both.
import { Sessions } from '../pages/Exams';
import { SignIn } from '../pages/SignIn';
import { day } from '../support/days';
import { answer } from '../support/fields';
import { people } from '../support/people';
import { expect, test, withAndWithoutScript } from '../support/test';

test.use({ apart: 'exam' });

withAndWithoutScript((script) => {
  test('a body offers a session and its plan, and the public reads both', async ({ page, otherPage, axe }) => {
    const place = `示范考场${script ? '甲' : '乙'}`;
    await new SignIn(page).on('examBody');
    // Signing in leads there.
    await expect(page).toHaveURL(/\/exam\/sessions$/);
    await page.goto('/exam/sessions');
    await expect(page.getByRole('heading', { level: 1, name: '考试场次' })).toBeVisible();
    const offer = page.getByRole('region', { name: '新增考试场次' });

    await test.step('an unknown code is told, and what was typed stays', async () => {
      await answer(offer, '考试日期', day(40));
      await answer(offer, '考试时间', '09:00 理论');
      await answer(offer, '报名截止日期', day(30));
      await answer(offer, '考试地点', place);
      await answer(offer, '考试项目代号', 'UT-II、XX-9');
      await answer(offer, '座位数', '3');
      await offer.getByRole('button', { name: '新增场次' }).last().click();
      await expect(page.getByText('“XX-9”不是可以申请的资格代号').first()).toBeVisible();
      await expect(page.getByLabel('考试地点').first()).toHaveValue(place);
    });

    await test.step('the session is there, with nobody yet', async () => {
      await answer(offer, '考试项目代号', 'UT-II、RT-II');
      await offer.getByRole('button', { name: '新增场次' }).last().click();
      await expect(page).toHaveURL(/\/exam\/sessions\/.+saved=1/);
      await expect(page.getByText('还没有人报名')).toBeVisible();
      await expect(page.getByRole('button', { name: '公布成绩' })).toHaveCount(0);
      if (script) await axe(page);
    });

    await test.step('the plan of the year is published', async () => {
      await page.goto('/exam/sessions');
      await answer(page.getByRole('main'), '年度', day(0).slice(0, 4));
      await answer(page.getByRole('main'), '考试计划', `每季度一次，地点${place}。`);
      await page.getByRole('button', { name: '公布计划' }).last().click();
      await expect(page.getByText('已保存。')).toBeVisible();
    });

    await test.step('anyone reads the session and the plan', async () => {
      const anyone = await otherPage();
      await anyone.goto('/exams');
      await expect(anyone.getByRole('row').filter({ hasText: place })).toContainText('3 / 3');
      await expect(anyone.getByText(`每季度一次，地点${place}。`)).toBeVisible();
      await expect(anyone.getByRole('button', { name: /^报名/ })).toHaveCount(0);
    });
  });

  test('what a body wrote stays where the candidate was quicker, and it comes back to the session', async ({ page, otherPage }) => {
    const candidate = await otherPage();
    await new SignIn(candidate).as({ user: 'person09', password: people.individual.password });
    const signUp = async () => {
      await candidate.goto('/exams');
      await candidate.getByRole('button', { name: /^报名.*第一考场/ }).click();
      await expect(candidate.getByText('已报名，考试日期：')).toBeVisible();
    };
    await new SignIn(page).as('examBody');
    await page.goto('/exam/sessions');
    await page.getByRole('row').filter({ hasText: 'PT-II' }).getByRole('link').click();
    const row = page.getByRole('row').filter({ hasText: '宋雅琪' });
    await row.locator('summary').click();
    await row.getByLabel('理由').fill('考场停电');

    await candidate.goto('/exams');
    await candidate.locator('details.asking summary').click();
    await candidate.getByLabel('理由').fill('记错了日期');
    await candidate.getByRole('button', { name: '取消报名' }).click();
    await expect(candidate.getByText('已报名，考试日期：')).toHaveCount(0);
    await signUp();

    await row.getByRole('button', { name: '取消报名' }).click();
    await expect(page.getByRole('alert')).toContainText('已先做了');
    await expect(row.getByLabel('理由')).toHaveValue('考场停电');
    await row.getByRole('button', { name: '取消报名' }).click();
    await expect(page).toHaveURL(/\/exam\/sessions\/.+saved=1/);
    await expect(page.getByText('已保存。')).toBeVisible();
    await expect(row).toHaveCount(0);
    await signUp();
  });

  test('a session with a candidate is moved, then called off', async ({ page, otherPage, axe }) => {
    const place = `机动考场${script ? '甲' : '乙'}`;
    const body = new Sessions(page);
    await new SignIn(page).as('examBody');
    const address = await body.add({ code: 'RT-II', place, day: day(50), closes: day(40) });
    await page.goto('/exam/sessions');
    await expect(page.getByRole('table', { name: '待报名的考生' }).getByRole('row').filter({ hasText: 'RT-II' })).toHaveCount(1);
    const candidate = await otherPage();
    await new SignIn(candidate).as({ user: 'person08', password: people.individual.password });
    await candidate.goto('/exams');
    await candidate.getByRole('button', { name: new RegExp(`^报名.*${place}`) }).click();
    await expect(candidate.getByText('已报名，考试日期：')).toBeVisible();

    await test.step('a code somebody sits is not taken away, and what was typed stays', async () => {
      await page.goto(address);
      await page.locator('summary', { hasText: '变更场次' }).click();
      const form = page.locator('details').filter({ has: page.locator('summary', { hasText: '变更场次' }) });
      await answer(form, '考试日期', day(52));
      await answer(form, '考试项目代号', 'UT-II');
      await answer(form, '变更原因', '考场检修');
      await form.getByRole('button', { name: '变更场次' }).last().click();
      await expect(page.getByText('座位号 1 的考生报的是RT-II').first()).toBeVisible();
      await expect(form.getByLabel('考试日期')).toHaveValue(day(52));
      if (script) await axe(page);
      await answer(form, '考试项目代号', 'RT-II');
      await form.getByRole('button', { name: '变更场次' }).last().click();
      await expect(page).toHaveURL(/saved=1/);
    });

    await test.step('the candidate is told and has another slip', async () => {
      await candidate.goto('/inbox');
      await expect(candidate.getByText(/考试改为.*考场检修/).first()).toBeVisible();
      await candidate.goto('/exams');
      await candidate.getByRole('article').filter({ hasText: '已报名' }).getByRole('link').first().click();
      await candidate.getByRole('link', { name: /^准考证/ }).last().click();
      for (const words of ['考试安排变更后换发', place]) await expect(candidate.getByText(words).first()).toBeVisible();
    });

    await test.step('called off, the seat is free and nobody can sign up', async () => {
      await page.goto(address);
      await page.locator('summary', { hasText: '取消场次' }).click();
      await answer(page.getByRole('main'), '取消原因', '停电');
      await page.getByRole('button', { name: '取消场次' }).last().click();
      await expect(page.getByText('这个场次已经取消')).toBeVisible();
      await page.goto('/exam/sessions');
      await expect(page.getByRole('row').filter({ hasText: place })).toContainText('已取消');
      await candidate.goto('/exams');
      await expect(candidate.getByText('已报名，考试日期：')).toHaveCount(0);
      await expect(candidate.getByText(place)).toHaveCount(0);
    });
  });

  test('anyone reads who passed, without marks', async ({ page, axe }) => {
    await page.goto('/exams');
    await page.getByRole('region', { name: '合格人员名单' }).getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('考试合格人员名单');
    await expect(page.getByRole('table', { name: '合格人员名单' }).getByRole('row')).not.toHaveCount(1);
    await expect(page.getByText(/86|78|91/)).toHaveCount(0);
    if (script) await axe(page);
  });
});
