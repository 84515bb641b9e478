import config from './playwright.config';

// Pictures for people to look at: SHOTS=folder npm run shots. On one engine, since both draw the same.
export default {
  ...config,
  testDir: 'shots',
  testMatch: '*.shots.ts',
  timeout: 300_000,
  projects: config.projects?.filter((project) => project.name === 'sqlite'),
};
