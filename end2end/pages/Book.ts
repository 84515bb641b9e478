// 申请书 (spec 2.10–2.14): one page of the book at a time, filled from plain data.
import { expect, type Locator, type Page } from '@playwright/test';
import { chooseRegion, put } from '../support/fields';
import { pdf, type Upload } from '../support/files';
import { workbook } from '../support/sheet';
import { ErrorSummary } from './ErrorSummary';

/** The rows of a table that come with the case, by their ids. */
type GivenRows = Record<string, Record<string, string>>;

/** A page's answers by key: a text, the rows of a table, rows that are given, or the names of files to attach. */
export type PageAnswers = Record<string, string | Record<string, string>[] | string[] | GivenRows>;

/** What the button that adds a row says, by the table's key. */
const ADD: Record<string, string> = {
  addresses: '添加一个地址',
  certs: '添加一项认证',
  performance: '添加一项业绩',
  places: '添加一处场所',
  quality_staff: '添加一名人员',
  people: '添加一名人员',
  machines: '添加一台设备',
  instruments: '添加一台仪器',
  rigs: '添加一套装置',
  contracts: '添加一项外委',
};

/** Where files go, by the slot's key. */
const SLOTS: Record<string, string | RegExp> = {
  agent_authorisation: '授权委托书',
  signed: '签字盖章的申请许可项目表',
  licence: /营业执照$/,
  lease: '租赁合同和出租方权属证明',
  appointments: '质量保证体系人员任命文件',
  certificates: '人员证书',
  verifications: '检定或校准证书',
  contracts_file: '外委合同',
  contractor_licences: '受委托单位资质证书',
  extra: '本页附件',
};

export class Book {
  readonly errors: ErrorSummary;

  constructor(
    readonly page: Page,
    readonly number: string,
  ) {
    this.errors = new ErrorSummary(page);
  }

  /** Opens a page of the book by its key. */
  async open(key: string): Promise<void> {
    await this.page.goto(`/applications/${this.number}/${key}`);
    await expect(this.page.getByRole('heading', { level: 2 }).or(this.page.getByRole('heading', { level: 1 })).first()).toBeVisible();
  }

  /** 申请书项目: the list of pages with their marks. */
  get selector(): Locator {
    return this.page.getByRole('navigation', { name: /^(申请书项目|Pages)/ });
  }

  /** The addresses of all pages, in order. */
  async addresses(): Promise<string[]> {
    return this.selector.getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
  }

  async expectMark(title: string, mark: '完成' | '有误' | '未填'): Promise<void> {
    await expect(this.selector.getByRole('link', { name: new RegExp(`${title}.*${mark}`) })).toHaveCount(1);
  }

  /** Fills a page from data. Controls carry their path as name, and each must have a label as well. */
  async fill(key: string, answers: PageAnswers): Promise<void> {
    for (const [name, value] of Object.entries(answers)) {
      if (typeof value === 'string') await this.put(`${key}/${name}`, value);
      else if (isGiven(value)) for (const [row, columns] of Object.entries(value)) await this.fillRow(`${key}/${name}/${row}`, columns);
      else if (isFiles(value)) for (const file of value) await this.upload(SLOTS[name], pdf(file));
      else await this.fillTable(`${key}/${name}`, name, value);
    }
  }

  private async fillTable(table: string, key: string, rows: Record<string, string>[]): Promise<void> {
    for (const [index, row] of rows.entries()) {
      let ids = await this.rowIds(table);
      if (ids.length <= index) {
        await this.page.getByRole('button', { name: ADD[key] ?? /^[＋+]?\s*添加/ }).click();
        await expect.poll(async () => (await this.rowIds(table)).length).toBe(index + 1);
        ids = await this.rowIds(table);
      }
      await this.fillRow(`${table}/${ids[index]}`, row);
    }
  }

  private async fillRow(row: string, columns: Record<string, string>): Promise<void> {
    for (const [column, value] of Object.entries(columns)) await this.put(`${row}/${column}`, value);
  }

  /** The ids of a table's rows, in the order shown. */
  async rowIds(table: string): Promise<string[]> {
    const names = await this.page.locator(`[name*="${table}/"]`).evaluateAll((found) => found.map((control) => control.getAttribute('name') ?? ''));
    const ids = names.flatMap((name) => name.split(`${table}/`)[1]?.split('/')[0]?.replace(/\]$/, '') ?? []);
    return [...new Set(ids)];
  }

  /** The controls of a path; the parts of one answer (levels of a region, boxes of a choice) have their own after an @. */
  at(path: string): Locator {
    return this.page.locator(`[name="values[${path}]"], [name^="values[${path}@"]`);
  }

  /** Gives an answer to the control of a path. */
  async put(path: string, value: string): Promise<void> {
    const controls = this.at(path);
    const first = controls.first();
    await expect(first, `a control for ${path}`).toBeAttached();
    const type = await first.getAttribute('type');
    if (type === 'hidden' || !(await first.isEditable())) return;
    if (type === 'radio') {
      await this.page.locator(`[name="values[${path}]"][value="${value}"]`).check();
    } else if (type === 'checkbox' && (await first.getAttribute('name'))!.includes('@')) {
      for (const key of value.split(',')) await this.box(path, key).check();
    } else if (/^\d{6}$/.test(value) && path.endsWith('region')) {
      await chooseRegion(first.locator('xpath=ancestor-or-self::*[self::fieldset or @role="group"][1]'), value);
    } else {
      await expect(first, `the label of ${path}`).toHaveAccessibleName(/\S/);
      await put(first, value);
    }
  }

  /** A box of a group by its key; of a choice among the rows of another table by the place of the row there, `r1`. */
  private box(path: string, key: string): Locator {
    const place = /^r(\d+)$/.exec(key);
    return place ? this.page.locator(`[name^="values[${path}@"]`).nth(Number(place[1]) - 1) : this.page.locator(`[name="values[${path}@${key}]"]`);
  }

  /** Imports rows from a sheet with the headings first; they come behind those there are. */
  async importRows(table: string, rows: string[][]): Promise<void> {
    const part = this.page.locator('details').filter({ has: this.page.locator('summary', { hasText: `从表格导入“${table}”` }) });
    await part.locator('summary').click();
    await part.locator('input[type=file]').setInputFiles(workbook(`${table}.xlsx`, rows));
    await part.getByRole('button', { name: '导入', exact: true }).click();
    await expect(this.page.getByText(/已导入 \d+ 行/)).toBeVisible();
  }

  /** Hands a file to a place for attachments; without script its button posts the page. */
  async attach(label: string | RegExp, file: Upload): Promise<void> {
    const place = this.page.getByRole('group', { name: label, exact: true });
    await place.locator('input[type=file]').setInputFiles(file);
    const button = place.getByRole('button', { name: /^上传/ });
    if (await button.isVisible()) await button.click();
  }

  /** Attaches a file, and sees it listed. */
  async upload(label: string | RegExp, file: Upload): Promise<void> {
    await this.attach(label, file);
    await expect(this.page.getByRole('link', { name: file.name }).first()).toBeVisible();
  }

  /** The control of a path has the focus, or the group it belongs to. */
  async expectFocusAt(path: string): Promise<void> {
    const control = this.at(path).first();
    await expect(control, `a control for ${path}`).toBeAttached();
    const isFocused = () =>
      control.evaluate((element) => {
        const focused = document.activeElement;
        return focused !== document.body && (focused?.contains(element) ?? false);
      });
    await expect.poll(isFocused, `the focus is at ${path}`).toBe(true);
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: /^保存/ }).click();
    await this.expectSaved();
  }

  /** The mark that all is at the authority, with the time. */
  async expectSaved(): Promise<void> {
    await expect(this.page.getByText(/已存到审批机关 \d\d:\d\d:\d\d/).first()).toBeVisible();
  }

  async next(): Promise<void> {
    await this.page.getByRole('button', { name: /下一页/ }).or(this.page.getByRole('link', { name: /下一页/ })).click();
  }

  async previous(): Promise<void> {
    await this.page.getByRole('button', { name: /上一页/ }).or(this.page.getByRole('link', { name: /上一页/ })).click();
  }
}

const isGiven = (value: Record<string, string>[] | string[] | GivenRows): value is GivenRows => !Array.isArray(value);
const isFiles = (value: Record<string, string>[] | string[]): value is string[] => typeof value[0] === 'string';
