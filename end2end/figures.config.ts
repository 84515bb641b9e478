import config from './playwright.config';

// Figures of speed in the browser, printed and not asserted: `scripts/bench.sh keys`. On one engine, alone on the machine.
export default {
  ...config,
  testDir: 'figures',
  testMatch: '*.figures.ts',
  timeout: 300_000,
  workers: 1,
  retries: 0,
  reporter: [['dot'] as const],
  projects: config.projects?.filter((project) => project.name === 'sqlite'),
};
