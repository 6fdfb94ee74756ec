import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Vitest leaves one core to itself; most files here wait for a database's thread, for sockets and for processes.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { shuffle: { tests: true, files: false } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          pool: 'forks',
          // A file's database lives for seconds: optimizing its engine's code costs more than it gives back.
          execArgv: ['--liftoff-only'],
          include: ['tests/{contract,server,scripts,house}/**/*.test.ts'],
          globalSetup: ['tests/support/database-template.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'web',
          environment: 'jsdom',
          include: ['tests/src/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/web-setup.ts'],
          testTimeout: 20_000,
        },
      },
    ],
  },
})
