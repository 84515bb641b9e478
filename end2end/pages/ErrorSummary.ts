// The list of what is wrong at the head of a form; each entry leads to its field.
import { expect, type Locator, type Page } from '@playwright/test';

export class ErrorSummary {
  constructor(private readonly page: Page) {}

  get entries(): Locator {
    return this.page.getByRole('alert').getByRole('listitem');
  }

  /** The entries that say exactly this. */
  entry(message: string): Locator {
    return this.entries.filter({ has: this.page.getByRole('link', { name: message, exact: true }) });
  }

  /** Exactly these complaints, each once, in any order. */
  async expectOnly(messages: RegExp[]): Promise<void> {
    await expect(this.entries).toHaveCount(messages.length);
    for (const message of messages) await expect(this.entries.filter({ hasText: message }), String(message)).toHaveCount(1);
  }

  async expectNone(): Promise<void> {
    await expect(this.entries).toHaveCount(0);
  }

  /** Follows an entry to its field. */
  async follow(message: RegExp): Promise<void> {
    await this.entries.filter({ hasText: message }).getByRole('link').click();
  }
}
