// A stranger becomes a unit (spec 2.1–2.5, 7.1–7.4): the whole way, and each mistake told once and where it is.
import { Portal } from '../pages/Portal';
import { Register } from '../pages/Register';
import { SignIn } from '../pages/SignIn';
import { answer, expectMessage, field } from '../support/fields';
import { creditCode } from '../support/identity';
import { expect, test, withAndWithoutScript } from '../support/test';

test('the type of user is chosen with help', { tag: '@once' }, async ({ page }) => {
  await page.goto('/register');
  await expect(page.getByRole('main')).toContainText('用户类型选择说明');
  for (const [name, address] of [['个人注册', 'individual'], ['企业注册', 'enterprise'], ['机构注册', 'institution']]) {
    await expect(page.getByRole('main').getByRole('link', { name: new RegExp(name) }).first()).toHaveAttribute('href', new RegExp(`/register/${address}`));
  }
});

withAndWithoutScript(() => {
  test('an enterprise registers by SMS code and signs in', async ({ page, inbox }) => {
    const answers = Register.enterprise();
    const portal = new Portal(page);
    await new Register(page).complete('enterprise', answers, inbox);
    await portal.open();
    await portal.expectSignedInAs(answers['联系人']);
    await portal.signOut();
    await new SignIn(page).on({ user: answers['用户名'], password: answers['密码'] });
    await portal.open();
    await portal.expectSignedInAs(answers['联系人']);
  });

  test('an institution registers', async ({ page, inbox }) => {
    const answers = Register.institution();
    await new Register(page).complete('institution', answers, inbox);
    await new Portal(page).expectSignedInAs(answers['联系人']);
  });

  test('an individual registers', async ({ page, inbox }) => {
    const answers = Register.individual();
    await new Register(page).complete('individual', answers, inbox);
    await new Portal(page).expectSignedInAs(answers['姓名']);
  });

  test('an empty form tells each missing answer once', async ({ page }) => {
    const register = new Register(page);
    await register.open('enterprise');
    await register.submit();
    await register.errors.expectOnly([
      /请填写用户名/,
      /请填写密码/,
      /请填写确认密码/,
      /请填写企业名称/,
      /请填写统一社会信用代码/,
      /请选择所在地/,
      /请填写联系人(?!身份证)/,
      /请填写手机号/,
      /请填写短信验证码/,
      /同意/,
    ]);
    await expectMessage(page.getByRole('main'), '用户名', /请填写用户名/);
  });

  const mistakes: { label: string; value: string; message: RegExp }[] = [
    { label: '用户名', value: 'ab', message: /4.*20/ },
    { label: '用户名', value: '阀门厂2026', message: /字母|数字/ },
    { label: '密码', value: 'alllowercase1', message: /大写|特殊/ },
    { label: '确认密码', value: 'Another#2026x', message: /一致/ },
    { label: '统一社会信用代码/组织机构代码', value: '91610112MA00DEM144', message: /校验/ },
    { label: '统一社会信用代码/组织机构代码', value: '91610112MA00SEM143', message: /I、O|字母|字符/ },
    { label: '统一社会信用代码/组织机构代码', value: '91610112MA00DEM14', message: /18|9/ },
    { label: '联系人身份证号码', value: '610112199001010013', message: /身份证/ },
    { label: '手机号', value: '12345678901', message: /手机号/ },
    { label: '短信验证码', value: '12', message: /6 ?位/ },
  ];
  for (const { label, value, message } of mistakes) {
    test(`${label} “${value}” is told at its field`, { tag: '@once' }, async ({ page }) => {
      const register = new Register(page);
      await register.open('enterprise');
      await register.fill(Register.enterprise({ [label]: value }));
      await register.agree();
      await register.submit();
      await expectMessage(page.getByRole('main'), label, message);
      await expect(register.errors.entries.filter({ hasText: message })).toHaveCount(1);
      await register.errors.follow(message);
      await expect(field(page.getByRole('main'), label)).toBeFocused();
    });
  }

  test('what was typed stays when something is wrong, except secrets', async ({ page }) => {
    const register = new Register(page);
    const answers = Register.enterprise({ 手机号: '123', 企业名称: '</textarea><script>alert(1)</script>阀门厂' });
    await register.open('enterprise');
    await register.fill(answers);
    await register.submit();
    const main = page.getByRole('main');
    await expect(field(main, '企业名称')).toHaveValue('</textarea><script>alert(1)</script>阀门厂');
    await expect(field(main, '手机号')).toHaveValue('123');
    await expect(field(main, '联系人')).toHaveValue(answers['联系人']);
    await expect(field(main, '密码')).toHaveValue('');
  });

  test('a wrong code is refused, and the right one still works', async ({ page, inbox }) => {
    const register = new Register(page);
    const answers = Register.enterprise();
    await register.open('enterprise');
    await register.fill(answers);
    await register.requestCode();
    const code = await inbox.code(answers['手机号']);
    const main = page.getByRole('main');
    for (const [attempt, done] of [[code === '000000' ? '000001' : '000000', false], [code, true]] as const) {
      await answer(main, '密码', answers['密码']);
      await answer(main, '确认密码', answers['确认密码']);
      await answer(main, '短信验证码', attempt);
      await register.agree();
      await register.submit();
      if (done) await expect(page).not.toHaveURL(/\/register\//);
      else await expectMessage(main, '短信验证码', /验证码/);
    }
  });
});

test('a second code has to wait', async ({ page, inbox }) => {
  const register = new Register(page);
  const answers = Register.enterprise();
  await register.open('enterprise');
  await register.fill(answers);
  await register.requestCode();
  await inbox.code(answers['手机号']);
  await expect(page.getByRole('main')).toContainText(/60 ?秒|\d+ ?秒后/);
  expect(await inbox.texts(answers['手机号'])).toHaveLength(1);
});

test('a credit code is registered once', async ({ page, inbox, otherPage }) => {
  const code = creditCode();
  const withCode = () => Register.enterprise({ '统一社会信用代码/组织机构代码': code });
  await new Register(page).complete('enterprise', withCode(), inbox);
  const second = new Register(await otherPage());
  const answers = withCode();
  await second.open('enterprise');
  await second.fill(answers);
  await second.enterCode(inbox, answers['手机号']);
  await second.agree();
  await second.submit();
  await expectMessage(second.page.getByRole('main'), '统一社会信用代码/组织机构代码', /已注册|已经注册/);
});
