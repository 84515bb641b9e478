import { defineConfig } from '@playwright/test';
import type { ServerOptions } from './support/test';

// Every worker starts a server of its own on an empty database, so tests of one worker share it and those of two never meet.
export default defineConfig<object, ServerOptions>({
  testDir: 'specs',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // A browser on a busy machine of two cores is late now and then. What passes only the second time is listed as flaky.
  retries: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  snapshotPathTemplate: '{testDir}/__snapshots__/{testFileName}/{arg}{ext}',
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    // A trace of every step takes as long as the step; what fails is gone again with one.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  projects: [
    { name: 'sqlite', use: { database: 'sqlite' } },
    // Every store function has its tests on both engines. In the browser one long way of each kind of case, registration, what time
    // does and whatever is tagged so are gone on PostgreSQL too; pages are looked at once, and without script the one way from a
    // stranger to the certificate.
    {
      name: 'postgres',
      use: { database: 'postgres' },
      grep: /(journey|qualification|register|clock)\.spec\.ts|@postgres/,
      grepInvert: /@once|without script(?!.*@everywhere)/,
    },
  ],
});
