// 登录 (spec 2.5).
import { expect, type Page } from '@playwright/test';
import { answer } from '../support/fields';
import { people, type Account, type Person } from '../support/people';

export class SignIn {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/sign-in');
  }

  async submit({ user, password }: Account): Promise<void> {
    const main = this.page.getByRole('main');
    await answer(main, '用户名/手机号', user);
    await answer(main, '密码', password);
    await main.getByRole('button', { name: '登录', exact: true }).click();
  }

  /** Signs in and waits until that is seen. */
  async as(who: Person | Account): Promise<void> {
    await this.open();
    await this.submit(typeof who === 'string' ? people[who] : who);
    await expect(this.page).not.toHaveURL(/\/sign-in/);
  }
}
