// The way by keyboard alone (issue: focus is never lost): items are picked, rows of a table added, moved, copied and removed, a file attached,
// an application submitted.
import { Book } from '../pages/Book';
import { Keyboard } from '../pages/Keyboard';
import { Manage } from '../pages/Manage';
import { Receipt } from '../pages/Receipt';
import { SignIn } from '../pages/SignIn';
import { pdf } from '../support/files';
import { expect, test } from '../support/test';

// The demo's complete draft is submitted.
test.use({ apart: 'keyboard' });

test('a unit picks, fills in, attaches and submits without a mouse', { tag: '@once' }, async ({ page }) => {
  test.setTimeout(240_000);
  const keyboard = new Keyboard(page);
  const main = page.getByRole('main');
  await new SignIn(page).as('unit');

  const number = await test.step('items are picked', async () => {
    await page.goto('/apply');
    await keyboard.to(main.getByRole('link', { name: '点击进入' }).first());
    await keyboard.press('Enter');
    await expect(page).toHaveURL(/\/apply\/first/);
    const categories = main.getByRole('group', { name: '请选择许可类别' });
    await keyboard.to(categories.getByRole('radio').first());
    await keyboard.press('Space');
    const items = main.getByRole('group', { name: '请选择许可的项目' });
    await expect(items).toBeVisible();
    // To the next category and back.
    await keyboard.press('ArrowDown');
    await expect(categories.getByRole('radio').nth(1)).toBeChecked();
    await expect(categories.getByRole('radio').nth(1)).toBeFocused();
    await keyboard.press('ArrowUp');
    await expect(categories.getByRole('radio').first()).toBeChecked();
    await expect(categories.getByRole('radio').first()).toBeFocused();
    const group = items.locator('summary').first();
    await keyboard.to(group);
    await keyboard.press('Enter');
    // The first one, 分析设计, needs another beside it.
    const item = items.getByRole('checkbox').nth(1);
    await keyboard.to(item);
    await keyboard.press('Space');
    await expect(item).toBeChecked();
    await expect(item).toBeFocused();
    await keyboard.to(main.getByRole('button', { name: '下一步' }));
    await keyboard.press('Enter');
    await expect(page).toHaveURL(/\/applications\/[^/]+\/[^/]+/);
    return /\/applications\/([^/?]+)/.exec(page.url())![1];
  });

  const book = new Book(page, number);
  await test.step('a page is reached from the list of pages', async () => {
    await keyboard.to(book.selector.getByRole('link', { name: /近几年工作情况/ }));
    await keyboard.press('Enter');
    await expect(page).toHaveURL(/\/works/);
  });

  await test.step('rows are added, moved, copied and removed', async () => {
    const table = page.getByRole('group').filter({ has: page.getByRole('button', { name: /^添加/ }) }).first();
    const rows = table.locator('tbody').getByRole('row');
    const count = await rows.count();
    for (const year of ['2024', '2025']) {
      await keyboard.to(table.getByRole('button', { name: /^添加/ }));
      await keyboard.press('Enter');
      await expect(rows.last().getByRole('textbox').first()).toBeFocused();
      await keyboard.type(year);
    }
    await expect(rows).toHaveCount(count + 2);
    const year = (row: number) => rows.nth(row).getByRole('textbox').first();
    await keyboard.to(rows.last().getByRole('button', { name: '上移' }));
    await keyboard.press('Enter');
    await expect(year(count)).toHaveValue('2025');
    await expect(rows.nth(count).getByRole('button', { name: '上移' })).toBeFocused();
    await keyboard.to(rows.nth(count).getByRole('button', { name: '复制' }));
    await keyboard.press('Space');
    await expect(rows).toHaveCount(count + 3);
    await expect(year(count + 1)).toHaveValue('2025');
    await expect(year(count + 1)).toBeFocused();
    await keyboard.to(rows.nth(count + 1).getByRole('button', { name: '删除' }));
    await keyboard.press('Enter');
    await expect(rows).toHaveCount(count + 2);
    await expect(rows.nth(count + 1).getByRole('button', { name: '删除' })).toBeFocused();
    await book.expectSaved();
  });

  await test.step('a file is attached', async () => {
    await keyboard.to(book.selector.getByRole('link', { name: /申请许可项目/ }), 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(page).toHaveURL(/\/items/);
    const file = pdf('申请许可项目表（签章）.pdf');
    const place = page.getByRole('group', { name: '签字盖章的申请许可项目表', exact: true });
    await keyboard.to(place.locator('input[type=file]'));
    const chooser = page.waitForEvent('filechooser');
    await keyboard.press('Enter');
    await (await chooser).setFiles(file);
    await expect(place.getByRole('link', { name: file.name })).toBeVisible();
    await keyboard.to(place.getByRole('button', { name: `删除 ${file.name}` }), 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(place.getByRole('link', { name: file.name })).toHaveCount(0);
    await expect(page.locator('body')).not.toBeFocused();
  });

  await test.step('the application that is complete is submitted', async () => {
    await page.goto('/applications');
    const ready = (await new Manage(page).numbers('初始填写')).filter((other) => other !== number)[0];
    await keyboard.to(main.getByRole('link', { name: `查看 ${ready}` }));
    await keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/applications/${ready}/check`));
    await keyboard.to(main.getByRole('checkbox', { name: /真实/ }));
    await keyboard.press('Space');
    await keyboard.to(main.getByRole('button', { name: /^提交/ }));
    await keyboard.press('Enter');
    await expect(page).toHaveURL(/\/receipt/);
    await new Receipt(page).number();
  });
});
