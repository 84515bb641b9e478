// 提交 (spec 2.15): check your answers, declare, confirm.
import { expect, type Locator, type Page } from '@playwright/test';

export class Submit {
  constructor(
    readonly page: Page,
    readonly number: string,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(`/applications/${this.number}/check`);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** What stops the submission; each leads to its field. */
  get issues(): Locator {
    return this.page.getByRole('main').getByRole('link', { name: /请|应|不/ }).and(this.page.locator('[href*="#"]'));
  }

  /** The links that say exactly this of a page of the book. */
  issue(page: string, message: string): Locator {
    const links = this.page.getByRole('main').getByRole('link', { name: message, exact: true });
    return links.and(this.page.locator(`[href*="/${this.number}/${page}#"]`));
  }

  get button(): Locator {
    return this.page.getByRole('main').getByRole('button', { name: /^提交/ });
  }

  async declare(): Promise<void> {
    await this.page.getByRole('checkbox', { name: /真实|声明|承诺/ }).check();
  }

  /** Declares, submits and confirms; ends on the receipt. */
  async submit({ clicks = 1 } = {}): Promise<void> {
    await this.declare();
    await this.button.first().click({ clickCount: clicks });
    const confirm = this.page.getByRole('dialog').getByRole('button', { name: /^(确认)?提交/ });
    if (await confirm.isVisible()) await confirm.click({ clickCount: clicks });
    await expect(this.page).toHaveURL(new RegExp(`/applications/[^/]+/receipt`));
  }
}
