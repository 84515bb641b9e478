// From a stranger to a complete book of a person's qualification, for tests of what comes after.
import { expect, type Page } from '@playwright/test';
import { Book } from '../pages/Book';
import { Qualify, type PersonKind } from '../pages/Qualify';
import { Receipt } from '../pages/Receipt';
import { Register, type Answers } from '../pages/Register';
import { Submit } from '../pages/Submit';
import { pdf, photograph } from './files';
import type { Inbox } from './inbox';
import { residentId } from './identity';

export const SHAANXI = '陕西省市场监督管理局';
export const SAMR = '国家市场监督管理总局';

/** What is answered beside what all are asked, by page. */
export type More = Record<string, Record<string, string>>;

/** What each kind asks beside. */
const ASKED: Record<PersonKind, More> = {
  取证: {},
  考试换证: { proofs: { unbroken: 'no', clean: 'yes' } },
  审核换证: { proofs: { unbroken: 'yes', clean: 'yes' }, qualification: { last_way: 'exam' } },
  变更: { qualification: { change_what: 'data', new_name: '王更名' } },
};

const EYES = { vision_left: '5.0', vision_right: '5.0', colour: 'normal' };

/** Registers a person; tells what was answered. */
export async function registerPerson(page: Page, inbox: Inbox, birth?: string): Promise<Answers> {
  const answers = Register.individual();
  if (birth) answers['证件号码'] = residentId('610112', birth);
  await new Register(page).complete('individual', answers, inbox);
  return answers;
}

export async function beginPerson(page: Page, kind: PersonKind, code = 'UT-I', authority = SHAANXI): Promise<string> {
  const qualify = new Qualify(page);
  await qualify.open();
  await qualify.kind(kind);
  await qualify.code(code);
  await qualify.place('610112');
  await qualify.expectAuthority(authority);
  return qualify.next();
}

/** Fills a book in; what is given comes over what the kind asks. */
export async function fillPerson(page: Page, number: string, kind: PersonKind, script: boolean, given: More = {}): Promise<void> {
  const book = new Book(page, number);
  const asked = ASKED[kind];
  await book.open('person');
  await book.fill('person', { email: 'person@example.cn', education: 'sci-bachelor' });
  await book.save();
  await book.open('qualification');
  // Inspection personnel are not asked for their eyesight.
  const eyes = await book.at('qualification/vision_left').isVisible();
  await book.fill('qualification', { practice_org: '陕西某检测有限公司', ...(eyes ? EYES : {}), ...asked['qualification'], ...given['qualification'] });
  await book.save();
  await book.open('proofs');
  await book.fill('proofs', { ...asked['proofs'], declare: 'yes' });
  await book.save();
  await book.attach('照片', photograph(295, 413));
  if (script) await page.getByRole('button', { name: '使用这张照片' }).click();
  await expect(page.getByRole('img', { name: '照片', exact: true })).toBeVisible();
  await book.upload('资格申请表（签名扫描件）', pdf('资格申请表.pdf'));
  if (eyes) await book.upload('视力证明', pdf('视力证明.pdf'));
  // A unit that is not registered cannot confirm.
  if (!given['qualification']?.['practice_code']) await book.upload('执业证明', pdf('执业证明.pdf'));
}

/** Files an application naming a practising unit that is registered; tells its number. */
export async function filePerson(page: Page, script: boolean, kind: PersonKind, practice: { name: string; code: string }, of: { code: string; authority?: string; given?: Record<string, string> }): Promise<string> {
  const draft = await beginPerson(page, kind, of.code, of.authority);
  await fillPerson(page, draft, kind, script, { qualification: { practice_org: practice.name, practice_code: practice.code, ...of.given } });
  const submit = new Submit(page, draft);
  await submit.open();
  await submit.submit();
  return new Receipt(page).number();
}
