// The demo's accounts that tests sign in as. The names are those that `xuke demo` prints.
export interface Account {
  user: string;
  password: string;
}

const password = 'Demo#2026xk';

export const people = {
  /** 法人企业 in Shaanxi, with drafts and one complete application ready to submit. */
  unit: { user: 'valve01', password },
  /** Another unit, to whom the first one's cases are closed. */
  otherUnit: { user: 'disc01', password },
  /** Of the first unit: fills in, but may not submit; and only reads. */
  filler: { user: 'valve02', password },
  reader: { user: 'valve03', password },
  /** A unit in the city to which the province delegated, with a draft. */
  cityUnit: { user: 'pipe01', password },
  /** An inspection institution, where persons practise. */
  institution: { user: 'inspect01', password },
  individual: { user: 'person01', password },
  /** Accepts and makes certificates; examines and looks on; approves. */
  authority: { user: 'shaanxi01', password },
  examiner: { user: 'shaanxi02', password },
  approver: { user: 'shaanxi03', password },
  /** The same three of the national authority. */
  national: { user: 'samr01', password },
  nationalExaminer: { user: 'samr02', password },
  nationalApprover: { user: 'samr03', password },
  /** The same three of the city. */
  city: { user: 'xixian01', password },
  cityExaminer: { user: 'xixian02', password },
  cityApprover: { user: 'xixian03', password },
  /** The agency that reviews for Shaanxi, and another one. */
  agency: { user: 'agency03', password },
  otherAgency: { user: 'agency01', password },
  /** The body that examines persons. */
  examBody: { user: 'exambody01', password },
  admin: { user: 'admin', password },
} satisfies Record<string, Account>;

export type Person = keyof typeof people;
