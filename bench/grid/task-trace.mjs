// How long the tasks of a page's thread are, from the browser's own trace: its reports to the page leave out those under 50 ms.

const categories = ['disabled-by-default-devtools.timeline', 'blink.user_timing']
const beginning = 'grid-tasks-from-here'

/**
 * Traces the page's process from now on.
 * @param {import('./browser.mjs').Opened} opened
 * @returns {Promise<() => Promise<number>>} ends it, and resolves with the longest task of the page's thread since then, ms
 */
export async function traceTasks({ page, cdp }) {
  const events = []
  const collect = ({ value }) => events.push(...value)
  cdp.on('Tracing.dataCollected', collect)
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, excludedCategories: ['*'] },
  })
  await page.evaluate((name) => void performance.mark(name), beginning)
  return async () => {
    const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve))
    await cdp.send('Tracing.end')
    await complete
    cdp.off('Tracing.dataCollected', collect)
    const start = events.find(({ name }) => name === beginning)
    if (!start) throw new Error('The trace does not know its beginning.')
    const tasks = events.filter(
      ({ name, pid, tid, ts }) =>
        name === 'RunTask' && pid === start.pid && tid === start.tid && ts >= start.ts,
    )
    return Math.max(...tasks.map(({ dur }) => dur ?? 0)) / 1000
  }
}
