// The authority's side (spec 2.23): the work queue and the desk of a case.
import { expect, type Locator, type Page } from '@playwright/test';
import { answer, labelled, put } from '../support/fields';
import { pdf } from '../support/files';

/** What a report says of each condition. */
export const FINDINGS = Object.fromEntries(['人员', '工作场所', '设备设施', '技术资料', '法规标准', '质量保证体系', '技术能力'].map((condition) => [condition, '符合']));

/** A point of a correction notice. */
export interface Point {
  place: string;
  row?: number;
  text: string;
}

export class Desk {
  constructor(readonly page: Page) {}

  async openQueue(): Promise<void> {
    await this.page.goto('/cases');
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  row(number: string): Locator {
    return this.page.getByRole('row').filter({ hasText: number });
  }

  /** Opens a case from the queue. */
  async open(number: string): Promise<void> {
    await this.openQueue();
    await this.row(number).getByRole('link', { name: number }).click();
    await expect(this.page.getByRole('heading', { level: 2, name: '办理', exact: true })).toBeVisible();
  }

  /** The number of the most urgent case of a queue, or of the first whose line says so. */
  async numberIn(queue: string, words: string | RegExp = /\d{14}/): Promise<string> {
    await this.page.goto(`/cases?queue=${queue}`);
    const row = this.page.getByRole('row').filter({ hasText: words }).first();
    return (await row.getByRole('link', { name: /^\d{14}$/ }).innerText()).trim();
  }

  /** The form of an action, folded or not: none if the reader does not have it. */
  formOf(action: string): Locator {
    return this.page.getByRole('group', { name: action, exact: true }).or(this.page.getByRole('form', { name: action, exact: true }));
  }

  /** The form of an action: unfolded, where it asks something. */
  async form(action: string): Promise<Locator> {
    const form = this.formOf(action).first();
    await expect(form).toBeVisible();
    const folded = await form.evaluate((element) => element instanceof HTMLDetailsElement && !element.open);
    if (folded) await form.locator('summary').first().click();
    return form;
  }

  /** Does an action by its form. Answers and files are told by their labels. */
  async act(action: string, answers: Record<string, string> = {}, { button = action, files = {} }: { button?: string; files?: Record<string, string> } = {}): Promise<void> {
    const form = await this.form(action);
    for (const [label, value] of Object.entries(answers)) await answer(form, label, value);
    for (const [label, name] of Object.entries(files)) await form.getByLabel(labelled(label)).setInputFiles(pdf(name));
    await form.getByRole('button', { name: button, exact: true }).click();
  }

  /** Fills in the problems of a memo, each with what is required. */
  async problems(rows: [string, string][]): Promise<void> {
    const form = await this.form('出具备忘录');
    for (const [index, [problem, required]] of rows.entries()) {
      const pair = form.getByRole('group', { name: `问题 ${index + 1}`, exact: true });
      await answer(pair, '问题', problem);
      await answer(pair, '整改要求', required);
    }
  }

  /** Proposes or offers periods. */
  async offer(action: string, button: string, periods: [string, string][], reviewer?: string): Promise<void> {
    const form = await this.form(action);
    for (const [index, [from, to]] of periods.entries()) {
      const period = form.getByRole('group', { name: `拟约请鉴定评审日期 ${index + 1}` });
      await answer(period, '从', from);
      await answer(period, '到', to);
    }
    if (reviewer) await form.getByRole('group', { name: '评审人员' }).getByLabel(new RegExp(reviewer)).check();
    await form.getByRole('button', { name: button, exact: true }).click();
  }

  /** Settles on one of the periods the other side offered. */
  async settle(action: '同意评审时间' | '接受评审时间', button: string, which: number, reviewer?: string): Promise<void> {
    const form = await this.form(action);
    await form.getByLabel('评审时间', { exact: true }).selectOption({ index: which });
    if (reviewer) await form.getByRole('group', { name: '评审人员' }).getByLabel(new RegExp(reviewer)).check();
    await form.getByRole('button', { name: button, exact: true }).click();
    await this.expectState('评审时间已确定');
  }

  /** Opens 协商鉴定评审时间: over the case where scripts run, as a page where not. */
  async schedule(number: string): Promise<void> {
    await this.page.goto(`/cases/${number}`);
    await this.page.getByRole('link', { name: '协商鉴定评审时间' }).click();
    await expect(this.page.getByRole('heading', { name: '协商鉴定评审时间' }).first()).toBeVisible();
  }

  /** 告知补正, each point by the path of its place and the row that is meant, to the preview. */
  async composeCorrection(points: Point[]): Promise<void> {
    const form = await this.form('告知补正');
    for (const [index, { place, row, text }] of points.entries()) {
      await put(form.getByLabel(`位置 ${index + 1}`, { exact: true }), place);
      if (row) await form.getByLabel(new RegExp(`^第几行 ${index + 1} `)).fill(String(row));
      await put(form.getByLabel(`问题 ${index + 1}`, { exact: true }), text);
    }
    await form.getByRole('button', { name: '预览补正告知书' }).click();
  }

  /** Sends the notice, which says everything that was written. */
  async requireCorrection(points: Point[]): Promise<void> {
    await this.composeCorrection(points);
    const notice = this.notice();
    for (const { text } of points) await expect(notice).toContainText(text);
    await notice.getByRole('button', { name: '发出补正告知书' }).click();
  }

  /** The notice as the applicant will read it. */
  notice(): Locator {
    return this.page.getByRole('region', { name: /^补正告知书（预览/ });
  }

  /** Takes a place into the notice by the button beside it in the book; answers with the number of its point. */
  async mark(name: string): Promise<number> {
    const places = this.page.getByRole('combobox', { name: /^位置 \d+$/ });
    const chosen = () => places.evaluateAll((all) => all.map((select) => (select as HTMLSelectElement).value));
    const before = (await chosen()).filter((value) => value !== '').length;
    await this.page.getByRole('button', { name: `标记问题 ${name}`, exact: true }).click();
    await expect(async () => expect((await chosen()).filter((value) => value !== '')).toHaveLength(before + 1)).toPass({ timeout: 10_000 });
    return before + 1;
  }

  /** The way from a marked place of the book to its point. */
  marked(name: string, point: number): Locator {
    return this.page.getByRole('link', { name: `已标记：第 ${point} 条 ${name}`, exact: true });
  }

  async accept(agency: string): Promise<void> {
    await this.act('受理', { 鉴定评审机构: agency }, { button: '受理申请' });
    await this.expectState('已受理');
  }

  /** What differs from the version handed in before. */
  async changes(): Promise<Locator> {
    await this.page.getByRole('link', { name: '与上一版比较' }).click();
    return this.page.getByRole('region', { name: '前后对照' }).locator('tbody').getByRole('row');
  }

  /** Accepts a person's application; where conditions are to be checked one by one, not before all are. */
  async acceptPerson(): Promise<void> {
    const form = await this.form('受理');
    const points = form.getByRole('group', { name: '资格条件核对' }).getByRole('checkbox');
    const count = await points.count();
    if (count > 0) {
      await form.getByRole('button', { name: '受理申请', exact: true }).click();
      await expect(this.page.getByText('资格条件应当逐条核对').first()).toBeVisible();
      const again = await this.form('受理');
      for (let at = 0; at < count; at += 1) await again.getByRole('checkbox').nth(at).check();
    }
    await (await this.form('受理')).getByRole('button', { name: '受理申请', exact: true }).click();
  }

  /** What the head says of the case's state. */
  async expectState(state: string | RegExp): Promise<void> {
    await this.expectFlag(state);
  }

  /** What stands beside it: the state itself, or a flag of the case. */
  async expectFlag(words: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('group', { name: '案件状态' }).getByText(words, { exact: true })).toBeVisible();
  }
}
