// Made-up people and units with valid check digits, different each time, so that tests on one server do not meet.
// The arithmetic is that of GB 32100-2015, GB 11714-1997 and GB 11643-1999.

let counter = Math.floor(Math.random() * 1_000_000);
const next = () => (counter += 1);

const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const weigh = (text: string, alphabet: string, weights: number[]) => weights.reduce((sum, weight, i) => sum + weight * alphabet.indexOf(text[i]), 0);

/** 组织机构代码: `MA` and six digits or letters, with its check digit. */
function organisationCode(): string {
  const body = `MA${String(next() % 1_000_000).padStart(6, '0')}`;
  const check = 11 - (weigh(body, ORGANISATION, ORGANISATION_WEIGHTS) % 11);
  return body + (check === 10 ? 'X' : check === 11 ? '0' : String(check));
}

/** 统一社会信用代码; the prefix 91 is an enterprise, 12 a public institution. */
export function creditCode(prefix = '91', region = '610112'): string {
  const body = prefix + region + organisationCode();
  return body + CREDIT[(31 - (weigh(body, CREDIT, CREDIT_WEIGHTS) % 31)) % 31];
}

/** 居民身份证号码. */
export function residentId(region = '610112', birth = '19850612'): string {
  const body = region + birth + String(next() % 1000).padStart(3, '0');
  return body + '10X98765432'[weigh(body, '0123456789', RESIDENT_WEIGHTS) % 11];
}

/** 手机号. */
export const mobile = () => `139${String(next() % 100_000_000).padStart(8, '0')}`;

/** 用户名. */
export const username = (stem = 'u') => `${stem}${String(next() % 1_000_000).padStart(6, '0')}`;

/** A password that meets the rules (8–20, upper and lower case, digit, special character). */
export const PASSWORD = 'Valve#2026ok';
