// 登录 (spec 2.5).
import { expect, type Page } from '@playwright/test';
import { people, type Account, type Person } from '../support/people';

export class SignIn {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/sign-in');
  }

  async submit({ user, password }: Account): Promise<void> {
    const main = this.page.getByRole('main');
    await main.getByLabel(/^(用户名\/手机号|User name or mobile number)$/).fill(user);
    await main.getByLabel(/^(密码|Password)$/).fill(password);
    await main.getByRole('button', { name: /^(登录|Sign in)$/ }).click();
  }

  /** Signs in and waits until that is seen. */
  async as(who: Person | Account): Promise<void> {
    await this.open();
    await this.submit(typeof who === 'string' ? people[who] : who);
    await expect(this.page).not.toHaveURL(/\/sign-in/);
  }
}
