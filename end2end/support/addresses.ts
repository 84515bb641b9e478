// Every page there is, and who may open it: for what must hold on all of them (accessibility, width, language, pictures).
import { expect, type Page, type Route } from '@playwright/test';
import { Book } from '../pages/Book';
import { Desk } from '../pages/Desk';
import { Manage } from '../pages/Manage';
import { Picker } from '../pages/Picker';
import { SignIn } from '../pages/SignIn';
import { answer } from './fields';
import { mobile } from './identity';
import type { Person } from './people';
import { inLanguage, type Language } from './test';

/** Finds, on the pages of whoever looks and in Chinese, where something is. */
type Find = ((page: Page) => Promise<string>) & { route?: string };

export interface Address {
  /** Short, for titles of tests and names of pictures. */
  name: string;
  path: string | Find;
  /** Which of the pages of src/app.rs it is, where the path does not say. */
  route?: string;
  /** Nobody, unless said. */
  as?: Person;
  /** What is done there before it is looked at: pages that tell of mistakes look different. */
  first?: (page: Page) => Promise<void>;
}

/** Books, each page of which is to be looked at. */
export interface BookAddress {
  name: string;
  number: Find;
  as: Person;
}

/** The number of an application of the unit that looks, by its state. */
export const own = (state: keyof typeof STATES): Find => async (page) => {
  await page.goto(`/applications?state=${STATES[state]}`);
  return new Manage(page).anyNumber(state);
};

const STATES = { 初始填写: 'draft', 已提交: 'submitted', 补齐补正: 'correction', 已委托: 'entrusted', 准予许可: 'granted' };

/** The number of the most urgent case of a queue, or of the one whose line says so. */
export const queued = (queue: string, words?: string): Find => (page) => new Desk(page).numberIn(queue, words);

export const at = (number: Find, before: string, after = ''): Find =>
  Object.assign(async (page: Page) => `${before}${await number(page)}${after}`, { route: `${before}:no${after}` });

/** The first of the links on a page that lead to such an address. */
const linked = (path: string | Find, to: RegExp): Find => async (page) => {
  await page.goto(await go(path, page));
  const links = page.getByRole('main').getByRole('link');
  await expect(links.first()).toBeVisible();
  return (await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))).find((href) => to.test(href))!;
};

const go = (path: string | Find, page: Page) => (typeof path === 'string' ? path : path(page));

/** An invitation just sent, as the one who is invited gets it. */
const invited: Find = async (page) => {
  const [main, number] = [page.getByRole('main'), mobile()];
  await page.goto('/account/members');
  await answer(main, '姓名', '顾晓');
  await answer(main, '手机号', number);
  await main.getByRole('radio', { name: /填报/ }).check();
  await main.getByRole('button', { name: '发送邀请' }).click();
  let sent = '';
  await expect(async () => {
    await page.goto('/demo/messages');
    sent = await page.getByRole('row').filter({ hasText: number }).first().innerText({ timeout: 1_000 });
  }).toPass();
  return /\/invitation\/\S+/.exec(sent)![0];
};

/** The case about which a practising unit is asked. */
const asked: Find = async (page) => {
  await page.goto('/inbox');
  const button = page.getByRole('button', { name: /^打开案件/ }).first();
  return `/cases/${(await button.innerText()).replace(/\D/g, '')}`;
};

/** A book of an institution that does inspections, just begun. */
const begun: Find = async (page) => {
  const picker = new Picker(page);
  await picker.open();
  await picker.category('特种设备检验检测机构核准');
  await picker.items('甲类检验机构B2级');
  return picker.next();
};

const DOCUMENT = /^\/documents\//;

/** What a document's QR code leads to. */
const verified: Find = async (page) => {
  const statement = await linked(linked(at(own('准予许可'), '/cases/'), DOCUMENT), /\/verify\//)(page);
  return new URL(statement, page.url()).pathname;
};

/** A list that is not empty. */
const listed = (page: Page) => expect(page.getByRole('main').getByRole('rowheader').or(page.getByRole('main').getByRole('cell')).first()).toBeVisible();

/** A form sent empty. */
const sendEmpty = (button: RegExp) => async (page: Page) => {
  await page.getByRole('main').getByRole('button', { name: button }).click();
  await expect(page.getByRole('alert').getByRole('listitem').first()).toBeVisible();
};

/** A field edited here and in another tab before either knew of the other. */
async function disagree(page: Page): Promise<void> {
  const [mine, theirs] = ['王建国', '赵明远'].map((name) => name + Date.now());
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.locator('html')).toHaveAttribute('data-live', '');
  const held: Route[] = [];
  const saving = '**/api/application/save';
  let holds = true;
  await page.route(saving, (route) => (holds ? void held.push(route) : route.continue()));
  const field = 'basic/mgmt_rep';
  await new Book(page, '').at(field).fill(mine);
  await expect.poll(() => held.length).toBeGreaterThan(0);
  const saved = other.waitForResponse(saving);
  await new Book(other, '').at(field).fill(theirs);
  await saved;
  await other.close();
  holds = false;
  for (const route of held) await route.continue();
  await expect(page.getByRole('group').filter({ hasText: mine }).filter({ hasText: theirs }).first()).toBeVisible();
}

export const ADDRESSES: Address[] = [
  { name: 'home', path: '/' },
  { name: 'register', path: '/register' },
  { name: 'register-enterprise', path: '/register/enterprise' },
  { name: 'register-enterprise-wrong', path: '/register/enterprise', first: sendEmpty(/^(注册|Register)$/) },
  { name: 'register-individual', path: '/register/individual' },
  { name: 'register-institution', path: '/register/institution' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-in-by-code', path: '/sign-in?by=code' },
  {
    name: 'sign-in-challenge',
    path: '/sign-in',
    first: async (page) => {
      await new SignIn(page).submit({ user: 'nobody1', password: 'Wrong#2026xx' });
      await expect(page.getByLabel(/^(验证问题|A question)$/)).toBeVisible();
    },
  },
  { name: 'reset-password', path: '/reset-password' },
  { name: 'service-unit-licence', path: '/services/unit-licence' },
  { name: 'service-sample', path: '/services/unit-licence/sample' },
  { name: 'service-personnel', path: '/services/personnel' },
  { name: 'service-personnel-sample', path: '/services/personnel/sample' },
  { name: 'search', path: '/search' },
  { name: 'search-found', path: '/search?q=' + encodeURIComponent('深圳示范气体'), first: listed },
  { name: 'publicity', path: '/publicity', first: listed },
  { name: 'publicity-granted', path: '/publicity?list=granted', first: listed },
  { name: 'help', path: '/help' },
  { name: 'exams', path: '/exams' },
  { name: 'exams-passed', path: linked('/exams', /^\/exams\/passed\//), route: '/exams/passed/:id' },
  { name: 'demo-messages', path: '/demo/messages' },
  { name: 'account', path: '/account', as: 'unit' },
  { name: 'account-person', path: '/account/person', as: 'unit' },
  { name: 'account-password', path: '/account/password', as: 'unit' },
  { name: 'account-mobile', path: '/account/mobile', as: 'unit' },
  { name: 'members', path: '/account/members', as: 'unit' },
  { name: 'invitation', path: invited, as: 'unit', route: '/invitation/:token' },
  { name: 'sessions', path: '/account/sessions', as: 'unit' },
  { name: 'certificates-held', path: '/apply/certificates', as: 'unit' },
  { name: 'certificates-add', path: '/apply/certificates?add=manufacture', as: 'unit' },
  { name: 'certificates-add-person', path: '/apply/certificates?add=personnel', as: 'individual' },
  { name: 'apply', path: '/apply', as: 'unit' },
  { name: 'picker', path: '/apply/first', as: 'unit' },
  { name: 'picker-chosen', path: '/apply/first?category=manufacture&item=SE031&place0=610112', as: 'unit' },
  { name: 'choose-again', path: at(own('初始填写'), '/applications/', '/choose'), as: 'unit' },
  { name: 'book-conflict', path: at(own('初始填写'), '/applications/', '/basic'), route: '/applications/:no/:page', as: 'unit', first: disagree },
  { name: 'applications', path: '/applications', as: 'unit' },
  { name: 'receipt', path: at(own('已提交'), '/applications/', '/receipt'), as: 'unit' },
  { name: 'print-submitted', path: at(own('已提交'), '/applications/', '/print'), as: 'unit' },
  { name: 'correction', path: at(own('补齐补正'), '/applications/', '/check'), as: 'unit' },
  { name: 'document', path: linked(at(own('准予许可'), '/cases/'), DOCUMENT), as: 'unit', route: '/documents/:id' },
  { name: 'verify', path: verified, as: 'unit', route: '/verify/:key/:number/:digest/:signature' },
  { name: 'qualify', path: '/apply/person', as: 'individual' },
  { name: 'qualify-chosen', path: '/apply/person?kind=obtain&code=UT-III', as: 'individual' },
  { name: 'qualify-checked', path: '/apply/person?kind=obtain&code=S-DT&region=610112', as: 'individual' },
  { name: 'applications-person', path: '/applications', as: 'individual' },
  { name: 'inbox', path: '/inbox', as: 'unit' },
  { name: 'notices', path: '/account/notices', as: 'unit' },
  { name: 'inbox-office', path: '/inbox', as: 'authority' },
  { name: 'calendar', path: '/admin/calendar', as: 'admin' },
  { name: 'authorities', path: '/admin/authorities', as: 'admin' },
  { name: 'catalogue', path: '/admin/catalogue', as: 'admin' },
  { name: 'staff', path: '/admin/staff', as: 'admin' },
  { name: 'staff-new', path: '/admin/staff/new', as: 'admin' },
  { name: 'staff-change', path: linked('/admin/staff', /^\/admin\/staff\/(?!new)/), as: 'admin', route: '/admin/staff/:id' },
  { name: 'agencies-new', path: '/admin/agencies/new', as: 'admin' },
  { name: 'agency', path: linked('/admin/staff', /^\/admin\/agencies\/(?!new)/), as: 'admin', route: '/admin/agencies/:id' },
  { name: 'limits', path: '/limits', as: 'approver' },
  { name: 'templates', path: '/templates', as: 'approver' },
  { name: 'template', path: linked('/templates', /^\/templates\/\w/), as: 'approver', route: '/templates/:kind' },
  { name: 'certificates', path: '/certificates', as: 'authority' },
  { name: 'queue', path: '/cases', as: 'authority' },
  { name: 'queue-empty', path: '/cases?queue=closed&text=none', as: 'authority' },
  { name: 'case', path: at(queued('accept'), '/cases/'), as: 'authority' },
  { name: 'case-person', path: at(queued('accept', 'MT-II'), '/cases/'), as: 'authority' },
  { name: 'case-certify', path: at(queued('certify'), '/cases/'), as: 'authority' },
  { name: 'case-examined', path: at(queued('examine'), '/cases/'), as: 'examiner' },
  { name: 'case-approved', path: at(queued('approve'), '/cases/'), as: 'approver' },
  { name: 'case-reviewed', path: at(queued('rectify'), '/cases/'), as: 'agency' },
  { name: 'case-granted', path: at(own('准予许可'), '/cases/'), as: 'unit' },
  { name: 'case-employer', path: asked, route: '/cases/:no', as: 'institution' },
  { name: 'schedule-office', path: at(queued('schedule'), '/cases/', '/schedule'), as: 'authority' },
  { name: 'schedule-agency', path: at(queued('schedule', '协商评审时间'), '/cases/', '/schedule'), as: 'agency' },
  { name: 'schedule-unit', path: at(own('已委托'), '/cases/', '/schedule'), as: 'unit' },
  { name: 'agency-reviewers', path: '/agency/reviewers', as: 'agency' },
  { name: 'agency-calendar', path: '/agency/calendar', as: 'agency' },
  { name: 'agency-calendar-one', path: '/agency/calendar?month=2026-12&reviewer=' + encodeURIComponent('白若冰 PS-2017-00061'), as: 'agency' },
  { name: 'exam-sessions', path: '/exam/sessions', as: 'examBody' },
  { name: 'exam-session', path: linked('/exam/sessions', /^\/exam\/sessions\/\w/), as: 'examBody', route: '/exam/sessions/:id' },
];

export const BOOKS: BookAddress[] = [
  { name: 'the book', number: own('初始填写'), as: 'unit' },
  { name: 'the institution’s book', number: begun, as: 'institution' },
];

/** Where an address leads on this server. It is found in Chinese, whatever language the page is then opened in. */
export async function find(path: string | Find, page: Page, lang: Language, url: string): Promise<string> {
  await inLanguage(page.context(), 'zh', url);
  const found = await go(path, page);
  await inLanguage(page.context(), lang, url);
  return found;
}

/** The page of src/app.rs that an address is. */
export const routeOf = ({ path, route }: Address): string => route ?? (typeof path === 'string' ? path.replace(/[?#].*/, '') : (path.route ?? ''));
