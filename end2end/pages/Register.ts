// 注册 (spec 2.1–2.4).
import { expect, type Page } from '@playwright/test';
import { answer, chooseRegion, field, type Scope } from '../support/fields';
import type { Inbox } from '../support/inbox';
import { creditCode, mobile, PASSWORD, residentId, username } from '../support/identity';
import { ErrorSummary } from './ErrorSummary';

export type RegistrationType = 'enterprise' | 'individual' | 'institution';

/** Answers by label; 所在地 is a six-digit code. */
export type Answers = Record<string, string>;

export class Register {
  readonly errors: ErrorSummary;

  constructor(readonly page: Page) {
    this.errors = new ErrorSummary(page);
  }

  /** A made-up enterprise in 西安市未央区, different each time. */
  static enterprise(given: Answers = {}): Answers {
    return {
      用户名: username('valve'),
      密码: PASSWORD,
      确认密码: PASSWORD,
      企业名称: '西安示范阀门制造有限公司',
      企业类型: '公司',
      '统一社会信用代码/组织机构代码': creditCode('91'),
      所在地: '610112',
      详细地址: '示范工业园阀门路1号',
      联系人: '秦晓梅',
      联系人身份证号码: residentId(),
      手机号: mobile(),
      ...given,
    };
  }

  static institution(given: Answers = {}): Answers {
    return {
      用户名: username('inst'),
      密码: PASSWORD,
      确认密码: PASSWORD,
      机构名称: '陕西示范特种设备检验中心',
      机构类型: '事业单位',
      统一社会信用代码: creditCode('12'),
      登记管理机关: '陕西省事业单位登记管理局',
      所在地: '610112',
      详细地址: '示范工业园检验路2号',
      联系人: '高若琳',
      联系人身份证号码: residentId(),
      手机号: mobile(),
      ...given,
    };
  }

  static individual(): Answers {
    return { 用户名: username('person'), 密码: PASSWORD, 确认密码: PASSWORD, 姓名: '李梅', 证件类型: '居民身份证', 证件号码: residentId(), 手机号: mobile() };
  }

  async open(type: RegistrationType): Promise<void> {
    await this.page.goto(`/register/${type}`);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** The form, without the header's search box. */
  get form(): Scope {
    return this.page.getByRole('main');
  }

  async fill(answers: Answers): Promise<void> {
    const { 所在地: region, ...others } = answers;
    // First, since without script the page comes anew, and passwords are never shown again.
    if (region) await chooseRegion(this.page.getByRole('group', { name: /^所在地/ }), region);
    for (const [label, value] of Object.entries(others)) await answer(this.form, label, value);
  }

  async requestCode(): Promise<void> {
    await this.page.getByRole('button', { name: '获取验证码' }).click();
  }

  /** Asks for the code, reads it from the message, and enters it. */
  async enterCode(inbox: Inbox, number: string, count = 1): Promise<void> {
    await this.requestCode();
    const code = await inbox.code(number, count);
    await field(this.form, '短信验证码').fill(code);
  }

  async agree(): Promise<void> {
    await this.page.getByRole('checkbox', { name: /同意/ }).check();
  }

  async submit(): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: '注册', exact: true }).click();
  }

  /** The whole way of a stranger, to the signed-in account page. */
  async complete(type: RegistrationType, answers: Answers, inbox: Inbox): Promise<void> {
    await this.open(type);
    await this.fill(answers);
    await this.enterCode(inbox, answers['手机号']);
    // Without script the page came anew, and passwords are never shown again.
    await answer(this.form, '密码', answers['密码']);
    await answer(this.form, '确认密码', answers['确认密码']);
    await this.agree();
    await this.submit();
    await expect(this.page).not.toHaveURL(/\/register\//);
  }
}
