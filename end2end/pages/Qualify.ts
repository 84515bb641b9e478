// 选择资格项目 (spec 2.21, step 1): kind, code, place of practice.
import { expect, type Page } from '@playwright/test';
import { chooseRegion } from '../support/fields';

export type PersonKind = '取证' | '考试换证' | '审核换证' | '变更';

export class Qualify {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/apply/person');
    await expect(this.page.getByRole('heading', { level: 1, name: '检验、检测人员资格认定申请' })).toBeVisible();
  }

  async kind(name: PersonKind): Promise<void> {
    await this.page.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
    await this.update();
  }

  async code(code: string): Promise<void> {
    const codes = this.page.getByRole('group', { name: '项目代号' });
    const folded = codes.locator('details:not([open]) > summary');
    while ((await folded.count()) > 0) await folded.first().click();
    await codes.locator(`input[name="code"][value="${code}"]`).check();
    await this.update();
  }

  async place(region: string): Promise<void> {
    await chooseRegion(this.page.getByRole('group', { name: '执业所在地' }), region);
    await this.update();
  }

  /** Without script the page learns of a choice by a button that exists only there. */
  private async update(): Promise<void> {
    const button = this.page.getByRole('button', { name: '更新审批机关' });
    if (await button.isVisible()) await button.click();
  }

  async expectAuthority(name: string): Promise<void> {
    await expect(this.page.getByRole('main').getByText(name).filter({ visible: true }).first()).toBeVisible();
  }

  async expectRefused(why: RegExp): Promise<void> {
    await expect(this.page.getByRole('main').getByText(why).filter({ visible: true }).first()).toBeVisible();
    await expect(this.page.getByRole('button', { name: '下一步' })).toBeDisabled();
  }

  /** Opens the book, and tells the application's number in its address. */
  async next(): Promise<string> {
    await this.page.getByRole('button', { name: '下一步' }).click();
    await expect(this.page).toHaveURL(/\/applications\/[^/]+\/person/);
    return /\/applications\/([^/?]+)/.exec(this.page.url())![1];
  }
}
