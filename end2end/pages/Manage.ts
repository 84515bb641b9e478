// 许可管理 (spec 2.16).
import { expect, type Locator, type Page } from '@playwright/test';
import { answer } from '../support/fields';

export class Manage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/applications');
    await expect(this.page.getByRole('heading', { level: 1, name: '许可管理' })).toBeVisible();
  }

  row(number: string): Locator {
    return this.page.getByRole('row').filter({ hasText: number });
  }

  /** The numbers of the applications listed, or of those in a state. */
  async numbers(state: string | RegExp = /\d{8,}/): Promise<string[]> {
    const rows = this.page.getByRole('row').filter({ hasText: state });
    await expect(rows.first()).toBeVisible();
    return (await rows.allInnerTexts()).map((text) => /(?<!\d)\d{12,14}(?!\d)/.exec(text)![0]);
  }

  /** The first of them. */
  async anyNumber(state?: string | RegExp): Promise<string> {
    return (await this.numbers(state))[0];
  }

  async expectState(number: string, state: string): Promise<void> {
    await expect(this.row(number)).toContainText(state);
  }

  async act(number: string, action: string): Promise<void> {
    const row = this.row(number);
    await row.getByRole('link', { name: action }).or(row.getByRole('button', { name: action })).first().click();
  }

  async filter(label: string, value: string): Promise<void> {
    await answer(this.page.getByRole('main'), label, value);
    await this.page.getByRole('main').getByRole('button', { name: /查询|筛选/ }).click();
  }
}
