// Who decides at an authority: three people, since nobody both examines and approves.
import type { Page } from '@playwright/test';
import { Desk } from '../pages/Desk';
import { SignIn } from '../pages/SignIn';
import { expect } from './test';
import type { Person } from './people';

export interface Officials {
  /** Accepts, and makes certificates. */
  office: Person;
  examiner: Person;
  approver: Person;
}

export const PROVINCE: Officials = { office: 'authority', examiner: 'examiner', approver: 'approver' };
export const NATIONAL: Officials = { office: 'national', examiner: 'nationalExaminer', approver: 'nationalApprover' };
/** Of the city to which the province delegated. */
export const CITY: Officials = { office: 'city', examiner: 'cityExaminer', approver: 'cityApprover' };

/** Opens a case on an official's page. */
export async function atDesk(page: Page, who: Person, number: string): Promise<Desk> {
  await new SignIn(page).as(who);
  const desk = new Desk(page);
  await desk.open(number);
  return desk;
}

/** One official examines, another decides, and the certificate is made, published and served; each at a machine of its own. */
export async function decide(otherPage: () => Promise<Page>, who: Officials, number: string, begin: '开始审查' | '接收评审报告', opinion: string, make: '制作许可证' | '制作证书' = '制作许可证'): Promise<void> {
  const examiner = await atDesk(await otherPage(), who.examiner, number);
  await examiner.act(begin);
  await examiner.expectState('审查中');
  await examiner.act('拟定审查意见', { 审查结论: '建议准予许可', 审查意见: opinion }, { button: '保存审查意见' });
  await examiner.act('报批');
  await examiner.expectState('待批准');
  await expect(examiner.formOf('准予许可')).toHaveCount(0);
  const approver = await atDesk(await otherPage(), who.approver, number);
  await approver.act('准予许可', {}, { button: '准予许可' });
  await approver.expectState('准予许可');
  const office = await atDesk(await otherPage(), who.office, number);
  await office.act('制证', {}, { button: make });
  await office.expectState('已发证');
  await office.act('公布');
  await office.act('送达', { 送达方式: '电子送达' });
}
