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
    await this.page.getByRole('main').getByRole('link', { name: '点击进入' }).first().click();
    await expect(this.page).toHaveURL(/\/apply\/first/);
  }

  async category(name: string): Promise<void> {
    await this.page.getByRole('radio', { name }).check();
    await this.update();
  }

  /** Ticks items by their names, e.g. 安全阀B. */
  async items(...names: string[]): Promise<void> {
    // Groups are folded; what is in them is found by its name once they are open.
    const items = this.page.getByRole('group', { name: '请选择许可的项目' });
    await expect(items).toBeVisible();
    const folded = items.locator('details:not([open]) > summary');
    while ((await folded.count()) > 0) await folded.first().click();
    for (const name of names) await this.page.getByRole('checkbox', { name: labelled(name) }).first().check();
    await this.update();
  }

  /** 制造地址 and its like: one row each; a blank one follows whatever is filled in. */
  async workingAddresses(addresses: WorkingAddress[]): Promise<void> {
    for (const [index, { region, address }] of addresses.entries()) {
      const place = this.page.getByRole('main').getByRole('group', { name: new RegExp(` ${index + 1}$`) });
      await chooseRegion(place, region);
      await place.getByLabel(labelled('详细地址')).fill(address);
      await place.getByLabel(labelled('详细地址')).blur();
      await this.update();
    }
  }

  /** Without script the page learns of a choice by a button that exists only there. */
  private async update(): Promise<void> {
    const button = this.page.getByRole('button', { name: /^(显示项目|更新审批机关)$/ }).last();
    if (await button.isVisible()) await button.click();
  }

  async expectAuthority(name: string): Promise<void> {
    await expect(this.page.getByRole('main').getByText(name).filter({ visible: true }).first()).toBeVisible();
  }

  /** Opens the book, and tells the application's number in its address. */
  async next(): Promise<string> {
    await this.page.getByRole('button', { name: /^(下一步|点击进入)/ }).click();
    await expect(this.page).toHaveURL(/\/applications\/[^/]+\/[^/]+/);
    return /\/applications\/([^/?]+)/.exec(this.page.url())![1];
  }
}
