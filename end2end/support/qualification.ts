// From the choice of a qualification to a complete book, for tests of persons' applications.
import { expect, type Page } from '@playwright/test';
import { Book } from '../pages/Book';
import { Qualify, type PersonKind } from '../pages/Qualify';
import { pdf, photograph } from './files';

export const SHAANXI = '陕西省市场监督管理局';

/** Who of the demonstration holds a certificate in the window of a kind. */
export const HOLDERS = { 考试换证: 'person02', 审核换证: 'person03', 变更: 'person04' } as const;

/** A registered unit of the demonstration where persons practise. */
export interface Practice {
  name: string;
  code: string;
}

/** What is asked beside what all kinds are. */
const MORE: Record<PersonKind, Record<string, Record<string, string>>> = {
  取证: {},
  考试换证: { proofs: { unbroken: 'no', clean: 'yes' } },
  审核换证: { proofs: { unbroken: 'yes', clean: 'yes' }, qualification: { last_way: 'exam' } },
  变更: { qualification: { change_what: 'data', data_change: '姓名更正' } },
};

const EYES = { vision_left: '5.0', vision_right: '5.0', colour: 'normal' };

/** Chooses, and tells the number of the draft. */
export async function begin(page: Page, kind: PersonKind, { code = 'UT-I', authority = SHAANXI } = {}): Promise<string> {
  const qualify = new Qualify(page);
  await qualify.open();
  await qualify.kind(kind);
  await qualify.code(code);
  await qualify.place('610112');
  await qualify.expectAuthority(authority);
  return qualify.next();
}

/** Fills the book. Without a registered unit a proof of practice goes up; `answers` are to what the kind's page of the qualification asks beside. */
export async function fill(
  page: Page,
  number: string,
  kind: PersonKind,
  { script, practice, answers }: { script: boolean; practice?: Practice; answers?: Record<string, string> },
): Promise<void> {
  const book = new Book(page, number);
  const more = MORE[kind];
  const unit: Record<string, string> = practice ? { practice_org: practice.name, practice_code: practice.code } : { practice_org: '陕西某检测有限公司' };
  await book.open('person');
  await book.fill('person', { email: 'person@example.cn', education: 'sci-bachelor' });
  await book.save();
  await book.open('qualification');
  await book.fill('qualification', { ...unit, ...(kind === '变更' ? {} : EYES), ...(answers ?? more['qualification']) });
  await book.save();
  await book.open('proofs');
  await book.fill('proofs', { ...more['proofs'], declare: 'yes' });
  await book.save();
  await book.attach('照片', photograph(295, 413));
  if (script) await page.getByRole('button', { name: '使用这张照片' }).click();
  await expect(page.getByRole('img', { name: '照片', exact: true })).toBeVisible();
  await book.upload('资格申请表（签名扫描件）', pdf('资格申请表.pdf'));
  if (kind !== '变更') await book.upload('视力证明', pdf('视力证明.pdf'));
  if (!practice) await book.upload('执业证明', pdf('执业证明.pdf'));
}
