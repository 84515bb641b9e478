// The authority's side (spec 2.23): the work queue and the desk of a case.
import { expect, type Locator, type Page } from '@playwright/test';
import { answer, put } from '../support/fields';

export class Desk {
  constructor(readonly page: Page) {}

  async openQueue(): Promise<void> {
    await this.page.goto('/cases');
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** The number of the most urgent case. */
  async anyNumber(): Promise<string> {
    return (await this.page.getByRole('row').getByRole('link', { name: /^\d{14}$/ }).first().innerText()).trim();
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

  /** Unfolds the form of an action. */
  async unfold(action: string): Promise<Locator> {
    const form = this.page.locator('details.act').filter({ has: this.page.locator('summary', { hasText: new RegExp(`^${action}$`) }) });
    if (!(await form.getAttribute('open').then((open) => open !== null))) await form.locator('summary').click();
    return form;
  }

  /** 告知补正, each point by the path of its place. */
  async requireCorrection(points: { place: string; text: string }[]): Promise<void> {
    const form = await this.unfold('告知补正');
    for (const [index, { place, text }] of points.entries()) {
      await put(form.getByLabel(`位置 ${index + 1}`, { exact: true }), place);
      await put(form.getByLabel(`问题 ${index + 1}`, { exact: true }), text);
    }
    await form.getByRole('button', { name: '发出补正告知书' }).click();
  }

  async accept(agency: string): Promise<void> {
    const form = await this.unfold('受理');
    await answer(form, '鉴定评审机构', agency);
    await form.getByRole('button', { name: '受理申请' }).click();
  }

  /** What the head says of the case's state. */
  async expectState(state: string): Promise<void> {
    await expect(this.page.locator('.desk-head .tag').first()).toHaveText(state);
  }
}
