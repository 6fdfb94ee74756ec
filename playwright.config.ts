// Browser journeys: each worker starts servers of its own. Three at a time: most of them wait for clocks.
import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.mjs'

const executablePath = findBrowser()

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/make-template.ts',
  workers: 3,
  retries: 0,
  // Room for a sign-in that has to wait for the minute of its rate limit.
  timeout: 150_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    video: 'off',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    // Without one of our own finding, Playwright takes the browser it has downloaded.
    launchOptions: executablePath === undefined ? {} : { executablePath },
  },
})
