// What assistive technology gets of the main pages, word by word in both languages.
import { SignIn } from '../pages/SignIn';
import { at, find, own, queued, type Address } from '../support/addresses';
import { expect, test } from '../support/test';

// A Monday far from holidays; what is left of a limit must not depend on the day the tests run.
test.use({ today: '2031-06-02', apart: 'spoken' });

/** `part` is what is new on a page whose rest is another page's: the panel beside a book. */
const PAGES: (Address & { part?: RegExp })[] = [
  { name: 'home', path: '/' },
  { name: 'enterprise-registration', path: '/register/enterprise' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'unit-licence', path: '/services/unit-licence' },
  { name: 'picker', path: '/apply/first?category=manufacture&item=SE031&place0=610112', as: 'unit' },
  { name: 'book-page', path: at(own('初始填写'), '/applications/', '/production'), as: 'unit' },
  { name: 'check', path: at(own('初始填写'), '/applications/', '/check'), as: 'unit' },
  { name: 'receipt', path: at(own('已提交'), '/applications/', '/receipt'), as: 'unit' },
  { name: 'applications', path: '/applications', as: 'unit' },
  { name: 'queue', path: '/cases', as: 'authority' },
  { name: 'case', path: at(queued('rectify'), '/cases/'), as: 'agency', part: /^(办理|Actions)$/ },
];

for (const { name, path, as, part } of PAGES) {
  for (const lang of ['zh', 'en'] as const) {
    test.describe(() => {
      test.use({ lang });
      test(`${name}, ${lang}`, { tag: '@once' }, async ({ page, server }) => {
        if (as) await new SignIn(page).as(as);
        await page.goto(await find(path, page, lang, server.url));
        const spoken = part ? page.getByRole('region', { name: part }) : page.getByRole('main');
        await expect(spoken).toMatchAriaSnapshot({ name: `${name}.${lang}.aria.yml` });
      });
    });
  }
}
