// 考试: the body's sessions and their marks, and the candidate's seat (spec 1.4, 4.4).
import { expect, type Page } from '@playwright/test';
import { answer } from '../support/fields';

/** 考试场次, of the examination body. */
export class Sessions {
  constructor(readonly page: Page) {}

  /** Adds a session; tells its address. */
  async add(session: { code: string; place: string; day: string; closes: string }): Promise<string> {
    await this.page.goto('/exam/sessions');
    const offer = this.page.getByRole('region', { name: '新增考试场次' });
    await answer(offer, '考试日期', session.day);
    await answer(offer, '考试时间', '09:00 理论');
    await answer(offer, '报名截止日期', session.closes);
    await answer(offer, '考试地点', session.place);
    await answer(offer, '考试项目代号', session.code);
    await answer(offer, '座位数', '2');
    await offer.getByRole('button', { name: '新增场次' }).last().click();
    await expect(this.page).toHaveURL(/\/exam\/sessions\/.+saved=1/);
    return new URL(this.page.url()).pathname;
  }

  /** Types a candidate's marks by subject and keeps them; nobody else knows them yet. */
  async enter(session: string, marks: Record<string, string>): Promise<void> {
    await this.page.goto(session);
    const table = this.page.getByRole('table', { name: '录入成绩' });
    await expect(table.getByRole('textbox')).toHaveCount(Object.keys(marks).length);
    for (const [subject, mark] of Object.entries(marks)) await table.getByRole('textbox', { name: new RegExp(`${subject}$`) }).fill(mark);
    await this.page.getByRole('button', { name: '保存成绩' }).click();
    await expect(this.page.getByText('已保存。')).toBeVisible();
  }

  /** Publishes the marks kept; the candidate's case is then in this state. */
  async publish(number: string, state: string): Promise<void> {
    await this.page.getByRole('button', { name: '公布成绩' }).click();
    await expect(this.page.getByRole('row').filter({ hasText: number })).toContainText(state);
  }
}

/** 我的考试, of a candidate. */
export class MyExams {
  constructor(readonly page: Page) {}

  /** Takes a seat at the session of a place, by the way from the case. */
  async signUp(number: string, place: string): Promise<void> {
    await this.page.goto(`/cases/${number}`);
    await this.page.getByRole('link', { name: '报名考试' }).click();
    const mine = this.page.getByRole('article').filter({ hasText: number });
    await mine.getByRole('button', { name: new RegExp(`^报名 .*${place}`) }).click();
    await expect(mine).toContainText('已报名');
  }
}
