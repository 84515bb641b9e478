// A person who has only a keyboard: goes by Tab, and never finds the focus nowhere.
import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any page has. */
const MOST = 400;

export class Keyboard {
  constructor(readonly page: Page) {}

  /** Presses keys; on a page that stays, the focus is on something afterwards. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const before = await this.document();
      await this.page.keyboard.press(key);
      await expect(async () => {
        // Of a page that came anew the beginning is where one starts.
        if ((await this.document()) === before) expect(await this.isNowhere(), `the focus after ${key} on ${this.page.url()}`).toBe(false);
      }).toPass({ timeout: 5_000 });
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    expect(await this.isNowhere(), `the focus after typing on ${this.page.url()}`).toBe(false);
  }

  /** Goes forward, or back, until the focus is on it. */
  async to(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await expect(target).toBeVisible();
    for (let stop = 0; stop < MOST; stop += 1) {
      if (await this.isAt(target)) return;
      await this.page.keyboard.press(key);
      expect(await this.isNowhere(), `the focus on the way to ${target}`).toBe(false);
    }
    throw new Error(`${MOST} stops did not lead to ${target}`);
  }

  async expectAt(target: Locator): Promise<void> {
    await expect(target).toBeFocused();
  }

  private isAt(target: Locator): Promise<boolean> {
    return target.evaluate((element) => element === document.activeElement).catch(() => false);
  }

  /** Between the last stop of a page and the first, a browser is at its own controls. */
  private isNowhere(): Promise<boolean> {
    return this.page.evaluate(() => document.hasFocus() && document.activeElement === document.body).catch(() => false);
  }

  private document(): Promise<number> {
    return this.page.evaluate(() => performance.timeOrigin).catch(() => 0);
  }
}
