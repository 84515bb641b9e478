// The certificate of an inspector or tester, looked up by anybody who knows name and number (spec 6.4).
import { answer } from '../support/fields';
import { expect, test, withAndWithoutScript } from '../support/test';

withAndWithoutScript((script) => {
  test('a person’s certificate is looked up by name and number together', async ({ page, axe }) => {
    await page.goto('/search');
    const part = page.getByRole('region', { name: '检验检测人员证查询' });
    await part.getByRole('button', { name: '查人员证' }).click();
    await expect(page.getByRole('alert').first()).toContainText('姓名');
    await answer(part, '姓名', '某某某');
    await answer(part, '证书编号', 'TS8261001-2031');
    await part.getByRole('button', { name: '查人员证' }).click();
    await expect(page.getByText('没有查到。请核对姓名和证书编号')).toBeVisible();
    if (script) await axe(page);
  });
});
