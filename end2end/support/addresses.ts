// Every page there is, and who may open it: for what must hold on all of them (accessibility, width, language, pictures).
import type { Person } from './people';

export interface Address {
  /** Short, for titles of tests and names of pictures. */
  name: string;
  path: string;
  /** Nobody, unless said. */
  as?: Person;
}

export const ADDRESSES: Address[] = [
  { name: 'home', path: '/' },
  { name: 'register', path: '/register' },
  { name: 'register-enterprise', path: '/register/enterprise' },
  { name: 'register-individual', path: '/register/individual' },
  { name: 'register-institution', path: '/register/institution' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'reset-password', path: '/reset-password' },
  { name: 'service-unit-licence', path: '/services/unit-licence' },
  { name: 'service-personnel', path: '/services/personnel' },
  { name: 'search', path: '/search' },
  { name: 'publicity', path: '/publicity' },
  { name: 'help', path: '/help' },
  { name: 'exams', path: '/exams' },
  { name: 'demo-messages', path: '/demo/messages' },
  { name: 'account', path: '/account', as: 'unit' },
  { name: 'members', path: '/account/members', as: 'unit' },
  { name: 'sessions', path: '/account/sessions', as: 'unit' },
  { name: 'certificates-held', path: '/apply/certificates', as: 'unit' },
  { name: 'apply', path: '/apply', as: 'unit' },
  { name: 'picker', path: '/apply/first', as: 'unit' },
  { name: 'applications', path: '/applications', as: 'unit' },
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
  { name: 'queue', path: '/cases', as: 'authority' },
  { name: 'agency-reviewers', path: '/agency/reviewers', as: 'agency' },
  { name: 'agency-calendar', path: '/agency/calendar', as: 'agency' },
  { name: 'agency-calendar-one', path: '/agency/calendar?month=2026-12&reviewer=' + encodeURIComponent('白若冰 PS-2017-00061'), as: 'agency' },
  { name: 'exam-sessions', path: '/exam/sessions', as: 'examBody' },
  { name: 'queue-empty', path: '/cases?queue=closed&text=none', as: 'authority' },
];
