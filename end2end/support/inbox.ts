// What the server sent, read where the demo shows it: the page /demo/messages lists every message with its time, channel,
// receiver and text, the newest first.
import { expect, type Browser } from '@playwright/test';

export class Inbox {
  constructor(
    private readonly browser: Browser,
    private readonly baseURL: string,
  ) {}

  /** The texts sent to a mobile or mail address, the newest first. */
  async texts(to: string): Promise<string[]> {
    const context = await this.browser.newContext({ baseURL: this.baseURL, javaScriptEnabled: false });
    try {
      const page = await context.newPage();
      await page.goto('/demo/messages');
      const rows = page.getByRole('row').filter({ has: page.getByRole('cell', { name: to, exact: true }) });
      return await rows.evaluateAll((found) => found.map((row) => row.querySelector('td:last-child')?.textContent?.trim() ?? ''));
    } finally {
      await context.close();
    }
  }

  /** The code in the newest message, once `count` messages with a code have come. */
  async code(to: string, count = 1): Promise<string> {
    let codes: string[] = [];
    await expect(async () => {
      codes = (await this.texts(to)).flatMap((text) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? []);
      expect(codes.length, `codes sent to ${to}`).toBeGreaterThanOrEqual(count);
    }).toPass({ timeout: 20_000, intervals: [200, 400, 800] });
    return codes[0];
  }
}
