// The fixtures of whole journeys: a unit's profile and its answers, page by page.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageAnswers } from '../pages/Book';

export interface Journey {
  profile: { org_name: string; region: string; address: string; contact: string };
  case: { category_name: string; authority: string; items: { name: string }[]; addresses: { region: string; address: string }[] };
  pages: Record<string, PageAnswers>;
}

const folder = join(dirname(fileURLToPath(import.meta.url)), '../fixtures');

export const fixture = <T>(name: string): T => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as T;

export const journey = (name: string): Journey => fixture<Journey>(name);
