// 补齐补正 (spec 2.17): the notice as a checklist, and handing the corrected book in again.
import { expect, type Locator, type Page } from '@playwright/test';
import { Manage } from './Manage';

export class Correction {
  constructor(
    readonly page: Page,
    readonly number: string,
  ) {}

  get notice(): Locator {
    return this.page.getByRole('region', { name: '补齐补正告知书' });
  }

  /** By the way from 许可管理. */
  async open(): Promise<void> {
    const manage = new Manage(this.page);
    await manage.open();
    await manage.expectState(this.number, '补齐补正');
    await manage.act(this.number, `补正 ${this.number}`);
    await expect(this.notice).toBeVisible();
  }

  /** Hands in again; refused while a point is not ticked as corrected. */
  async handIn(points: RegExp[]): Promise<void> {
    await this.page.goto(`/applications/${this.number}/check`);
    const button = this.page.getByRole('button', { name: '重新提交' });
    await button.click();
    await expect(this.page.getByRole('alert').first()).toBeVisible();
    for (const name of points) await this.page.getByRole('checkbox', { name }).check();
    await this.page.getByRole('checkbox', { name: /真实/ }).check();
    await button.click();
    await expect(this.page).toHaveURL(new RegExp(`/applications/${this.number}/receipt`));
  }
}
