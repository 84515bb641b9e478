// Finding and filling fields as a person does: by their label, whatever kind of control stands behind it.
import { expect, type Locator, type Page } from '@playwright/test';

export type Scope = Page | Locator;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** A label as written, with or without the words beside it that say it may stay empty or where its value comes from. */
export const labelled = (label: string) => new RegExp(`^\\s*${escaped(label)}\\s*([（(]?(选填|optional)[)）]?)?\\s*([（(]?来自单位资料.*)?$`, 'i');

/** The control, or group of controls, with this label. */
export const field = (scope: Scope, label: string): Locator => scope.getByLabel(labelled(label)).first();

/** Gives an answer: types it, chooses it by its words, or ticks it. */
export async function answer(scope: Scope, label: string, value: string): Promise<void> {
  await put(field(scope, label), value);
}

/** Gives an answer to a control, or group of controls, that was already found. */
export async function put(control: Locator, value: string): Promise<void> {
  const kind = await control.evaluate((element) => (element instanceof HTMLInputElement ? element.type : element.tagName.toLowerCase()));
  switch (kind) {
    case 'select':
      await choose(control, value);
      break;
    case 'checkbox':
    case 'radio':
      await control.setChecked(value !== '' && value !== 'no');
      break;
    case 'fieldset':
    case 'div':
      for (const word of value.split(',')) await control.getByLabel(labelled(word)).check();
      break;
    default:
      await control.fill(value);
  }
}

/** Chooses by the words shown, without what explains them in brackets, or by the key behind them. */
async function choose(select: Locator, value: string): Promise<void> {
  await expect(async () => {
    const options = await select.locator('option').evaluateAll((all) => all.map((option) => ({ text: option.textContent?.trim(), value: (option as HTMLOptionElement).value })));
    const chosen = options.find((option) => option.text === value || option.text?.startsWith(`${value}（`) || option.value === value);
    expect(chosen, `“${value}” among ${options.map((option) => option.text).join(', ')}`).toBeTruthy();
    await select.selectOption(chosen!.value);
  }).toPass({ timeout: 10_000 });
}

/** 省/市/区 from a six-digit code: up to three selects in a group, each offering what lies in the one before. */
export async function chooseRegion(group: Locator, code: string): Promise<void> {
  const levels = [2, 4, 6].map((digits) => code.slice(0, digits).padEnd(6, '0'));
  const more = group.getByRole('button', { name: '显示下一级' });
  for (const [index, level] of [...new Set(levels)].entries()) {
    const select = group.getByRole('combobox').nth(index);
    // Only without script there is such a button; the page comes anew with the options.
    if (index > 0 && (await more.isVisible()) && (await select.locator(`option[value="${level}"]`).count()) === 0) await more.click();
    await choose(select, level);
  }
}

/** The message at a field, as assistive technology gets it; a field in order is not marked. */
export async function expectMessage(scope: Scope, label: string, message: RegExp): Promise<void> {
  const control = field(scope, label);
  await expect(control, label).toHaveAttribute('aria-invalid', 'true');
  await expect(control, `what is said at ${label}`).toHaveAccessibleDescription(message);
}
