// 首次 / 已取证 and 选择许可类别与项目 (spec 2.8, 2.9).
import { expect, type Page } from '@playwright/test';
import { chooseRegion, labelled } from '../support/fields';

export interface WorkingAddress {
  region: string;
  address: string;
}

export class Picker {
  constructor(readonly page: Page) {}

  /** By the first card, as a unit without a certificate. */
  async open(): Promise<void> {
    await this.page.goto('/apply');
    const card = this.page.getByRole('article').or(this.page.getByRole('listitem')).filter({ hasText: '我单位是首次申请行政许可证书' });
    await card.getByRole('link', { name: /点击进入/ }).first().click();
    await expect(this.page).toHaveURL(/\/apply\/first/);
  }

  async category(name: string): Promise<void> {
    await this.page.getByRole('radio', { name }).check();
    await this.update();
  }

  /** Ticks items by their names, e.g. 安全阀B. */
  async items(...names: string[]): Promise<void> {
    for (const name of names) await this.page.getByRole('checkbox', { name: labelled(name) }).first().check();
    await this.update();
  }

  /** 制造地址 and its like: one row each, the first is there already. */
  async workingAddresses(addresses: WorkingAddress[]): Promise<void> {
    const main = this.page.getByRole('main');
    for (const [index, { region, address }] of addresses.entries()) {
      if (index > 0) await main.getByRole('button', { name: '添加一个地址' }).click();
      await chooseRegion(main.getByRole('group', { name: /所在地区/ }).nth(index), region);
      await main.getByLabel(labelled('详细地址')).nth(index).fill(address);
    }
    await this.update();
  }

  /** Without script the page learns of a choice by a button that exists only there. */
  private async update(): Promise<void> {
    const button = this.page.getByRole('button', { name: /更新|刷新/ });
    if (await button.isVisible()) await button.click();
  }

  async expectAuthority(name: string): Promise<void> {
    await expect(this.page.getByRole('main').getByText(name).first()).toBeVisible();
  }

  /** Opens the book, and tells the application's number in its address. */
  async next(): Promise<string> {
    await this.page.getByRole('button', { name: /^(下一步|点击进入)/ }).click();
    await expect(this.page).toHaveURL(/\/applications\/[^/]+\/[^/]+/);
    return /\/applications\/([^/?]+)/.exec(this.page.url())![1];
  }
}
