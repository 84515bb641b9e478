// 文书: the documents of a case as their reader opens them (spec 6), and what anybody can check of one (我要查).
import { expect, type Locator, type Page } from '@playwright/test';

export class Paper {
  constructor(readonly page: Page) {}

  /** What the document says. */
  get text(): Locator {
    return this.page.getByRole('article');
  }

  /** Opens the newest document of this name. */
  async open(number: string, name: RegExp): Promise<void> {
    await this.page.goto(`/cases/${number}`);
    await this.page.getByRole('region', { name: '文书' }).getByRole('link', { name }).last().click();
    await expect(this.text).toBeVisible();
  }

  /** The PDF of the document that is open. */
  async pdf(): Promise<Buffer> {
    const answer = await this.page.request.get((await this.page.getByRole('link', { name: '下载 PDF' }).getAttribute('href'))!);
    expect(answer.headers()['content-type']).toBe('application/pdf');
    return answer.body();
  }

  /** 证书编号, as printed. */
  async certificate(): Promise<string> {
    return (await this.text.getByText(/^TS\d/).first().innerText()).trim();
  }
}

/** Anybody checks what a QR code says; where scripts run, their browser checks the signature itself. */
export async function expectVerified(anyone: Page, statement: string, certificate: string, script: boolean): Promise<void> {
  expect(statement).toContain('/verify/');
  await anyone.goto(statement);
  await expect(anyone.getByText(certificate).first()).toBeVisible();
  await expect(anyone.getByText('签名有效')).toBeVisible();
  if (script) await expect(anyone.getByText('您的浏览器已经独立验证了签名')).toBeVisible();
  // A statement that was tampered with is not believed.
  await anyone.goto(statement.slice(0, -6) + (statement.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'));
  await expect(anyone.getByText('签名无效')).toBeVisible();
}
