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

  /** Signs in on the page and waits until that is seen. */
  async on(who: Person | Account): Promise<void> {
    await this.open();
    await this.submit(accountOf(who));
    await expect(this.page).not.toHaveURL(/\/sign-in/);
  }

  /** Signs in as the form without script does, and shows nothing: tests that are about something else open their own page next. */
  async as(who: Person | Account): Promise<void> {
    const { user, password } = accountOf(who);
    const form = { 'values[sign_in/name]': user, 'values[sign_in/password]': password };
    const answer = await this.page.request.post('/api/sign-in', { form, headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin' }, maxRedirects: 0 });
    expect(answer.headers()['location'], `${user} signs in`).not.toMatch(/sign-in/);
    expect(answer.status()).toBe(302);
  }
}

function accountOf(who: Person | Account): Account {
  return typeof who === 'string' ? people[who] : who;
}
