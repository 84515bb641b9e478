// The frame around every page: header, navigation, language, sign-in state.
import { expect, type Locator, type Page } from '@playwright/test';

export class Portal {
  constructor(readonly page: Page) {}

  get header(): Locator {
    return this.page.getByRole('banner');
  }

  async open(): Promise<void> {
    await this.page.goto('/');
  }

  /** By the links of the header's navigation. */
  async go(name: string): Promise<void> {
    await this.header.getByRole('link', { name, exact: true }).first().click();
  }

  async switchTo(language: '中文' | 'English'): Promise<void> {
    await this.header.getByRole('link', { name: language, exact: true }).click();
  }

  async expectSignedInAs(name: string): Promise<void> {
    await expect(this.header.getByText(name)).toBeVisible();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: '退出', exact: true }).first().click();
    await expect(this.header.getByRole('link', { name: '登录', exact: true })).toBeVisible();
  }
}
