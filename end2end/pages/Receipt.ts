// The receipt of a submission (spec 2.15): its number is the proof.
import { expect, type Page } from '@playwright/test';

export class Receipt {
  constructor(readonly page: Page) {}

  /** 申请号: eight digits of the day and a six-digit sequence. */
  async number(): Promise<string> {
    const main = this.page.getByRole('main');
    await expect(main).toContainText(/(?<!\d)20\d{6}\d{6}(?!\d)/);
    return /(?<!\d)20\d{12}(?!\d)/.exec(await main.innerText())![0];
  }
}
