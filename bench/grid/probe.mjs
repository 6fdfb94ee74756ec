// What the driver puts into every page, the same into all three: it looks at rows, frames, marks and scrolling from outside.

/**
 * Runs inside the page before anything else of it. Nothing is watched until it is asked for.
 * @param {import('./pages.mjs').Handles} handles
 */
export function installProbe(handles) {
  const scroller = () => document.querySelector(handles.scroller)
  const idOf = (row) => row.getAttribute(handles.rowId)
  const channel = new MessageChannel()
  const afterFrame = []
  channel.port1.onmessage = () => {
    for (const done of afterFrame.splice(0)) done()
  }
  /** Calls back when the frame that is being made now has been made. */
  const whenMade = (done) => {
    if (afterFrame.push(done) === 1) channel.port2.postMessage(0)
  }

  /** Rows whose middle is in sight, from top to bottom. */
  function rows() {
    const box = scroller()?.getBoundingClientRect()
    if (!box) return []
    return [...document.querySelectorAll(handles.row)]
      .map((row) => ({ row, rect: row.getBoundingClientRect() }))
      .filter(({ rect }) => {
        const middle = (rect.top + rect.bottom) / 2
        return rect.height > 0 && middle > box.top && middle < box.bottom
      })
      .sort((a, b) => a.rect.top - b.rect.top)
  }

  /** Rows with words cover the scroller, and it is as high as `calls` rows. */
  function isFull(calls) {
    const box = scroller()
    if (!box) return false
    const seen = rows()
    const height = seen[0]?.rect.height ?? 0
    if (height === 0 || box.scrollHeight < calls * height * 0.98) return false
    const covered = seen.length * height
    return covered > box.clientHeight * 0.8 && seen.every(({ row }) => row.textContent.trim() !== '')
  }

  let frames = null
  let marks = null

  /** Keeps a callback in every frame while frames or marks are wanted. */
  let last = 0
  function beat(time) {
    if (!frames && !marks) return
    if (frames) {
      if (last > 0) frames.push(time - last)
      last = time
    }
    if (marks && marks.pending.length > 0) whenMade(settle)
    requestAnimationFrame(beat)
  }
  /** Some of the rows of a moment ago may show nothing any more. */
  const mostNew = 0.7
  /** What was asked for by `watchReturn`, and when it was there, epoch ms. */
  let back = null
  const shownState = () => document.querySelector('[data-connection]')?.getAttribute('data-connection')
  function lookBack() {
    const now = Date.now()
    const isNew = (text) => text.includes(back.mark) || /Ended|Call ended/.test(text)
    const shareNew = (elements) =>
      elements.filter((row) => isNew(row.textContent)).length / Math.max(1, elements.length)
    // Where rows stand is asked only once most of those that stood in sight are new: asked after a page has written, and before its
    // frame, it would make the page lay out once more.
    if (back.rowsAt === null && shareNew(back.inSight) > mostNew) {
      const seen = rows().map(({ row }) => row)
      if (shareNew(seen) === 1 && seen.some(({ textContent }) => textContent.includes(back.mark)))
        back.rowsAt = now
    }
    if (shownState() !== 'live') back.wasAway = true
    else if (back.wasAway) back.wholeAt ??= now
  }
  function settle() {
    const now = Date.now()
    for (const name of marks?.pending.splice(0) ?? []) marks.seen[name] ??= now
  }
  const mutations = new MutationObserver((records) => {
    if (!marks) return
    for (const { target, addedNodes } of records)
      for (const node of [target, ...addedNodes]) {
        const words = node.nodeType === Node.TEXT_NODE ? node.data : node === target ? '' : node.textContent
        const name = /mark-\d+-/.exec(words)?.[0]
        if (name && !(name in marks.seen)) marks.pending.push(name)
      }
    // Made in this very frame, or in the next one: the frame's end tells.
    if (marks.pending.length > 0 && isInFrame) whenMade(settle)
  })
  let isInFrame = false
  function noteFrame() {
    if (!marks) return
    isInFrame = true
    whenMade(() => {
      isInFrame = false
      if (back) lookBack()
    })
    requestAnimationFrame(noteFrame)
  }

  window.gridProbe = {
    isFull,
    rowsInView: () => rows().map(({ row }) => idOf(row)),
    height: () => scroller()?.clientHeight ?? 0,
    /** Resolves with the page's age in ms when the grid is full and painted; calls at least so many. */
    full: (calls) =>
      new Promise((resolve) => {
        const look = () => {
          if (isFull(calls)) whenMade(() => resolve(performance.now()))
          else requestAnimationFrame(look)
        }
        look()
      }),
    startFrames() {
      frames = []
      last = 0
      requestAnimationFrame(beat)
    },
    takeFrames() {
      const taken = frames
      frames = null
      return taken
    },
    startMarks() {
      marks = { seen: {}, pending: [] }
      mutations.observe(document.body, { subtree: true, childList: true, characterData: true })
      requestAnimationFrame(noteFrame)
      requestAnimationFrame(beat)
    },
    marks: () => marks.seen,
    takeMarks() {
      const { seen } = marks
      marks = null
      mutations.disconnect()
      return seen
    },
    /**
     * From now on, and while marks are watched: when all rows in sight show the mark or that their call ended, and when the page says
     * that it is live again.
     */
    watchReturn(mark) {
      const inSight = rows().map(({ row }) => row)
      back = { mark, inSight, rowsAt: null, wholeAt: null, wasAway: shownState() !== 'live' }
    },
    /** `{ rowsAt, wholeAt }`, epoch ms, null before. */
    returned: () => ({ rowsAt: back.rowsAt, wholeAt: back.wholeAt }),
    /**
     * Scrolls by `px` in every frame, turning at the ends, for `ms`. Every fourth frame three places in sight are looked at
     * once the frame is made: is there a row with words?
     */
    scroll: (px, ms) =>
      new Promise((resolve) => {
        const box = scroller()
        const rect = box.getBoundingClientRect()
        const intervals = []
        let looked = 0
        let blank = 0
        let before = 0
        let step = px
        let count = 0
        const began = performance.now()
        function look() {
          looked++
          const isBlank = [0.25, 0.5, 0.85].some((share) => {
            const hit = document.elementFromPoint(
              rect.left + rect.width * 0.45,
              rect.top + rect.height * share,
            )
            const row = hit?.closest(`[${handles.rowId}], [role="row"], .grid-bay`)
            return !row || row.textContent.trim() === ''
          })
          if (isBlank) blank++
        }
        function frame(time) {
          if (before > 0) intervals.push(time - before)
          before = time
          if (time - began > ms) {
            resolve({ intervals, looked, blank })
            return
          }
          if (box.scrollTop + step < 0 || box.scrollTop + step > box.scrollHeight - box.clientHeight)
            step = -step
          box.scrollTop += step
          if (count++ % 4 === 0) whenMade(look)
          requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
    scrollTo(top) {
      scroller().scrollTop = top
    },
    /**
     * Scrolls once through the whole grid, waits at each stop until the rows stand, and reads them. Nothing is painted
     * meanwhile: it is the words that count, and painting every row would take minutes.
     */
    async readGrid() {
      const box = scroller()
      document.body.style.opacity = '0'
      // The references' grids have a fixed height: they too show what a tall window has room for.
      document.documentElement.style.setProperty('--grid-height', '95vh')
      const step = Math.max(200, box.clientHeight - 200)
      const read = {}
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => whenMade(resolve)))
      for (let top = 0; top < box.scrollHeight; top += step) {
        box.scrollTop = top
        let last = null
        for (let tries = 0; tries < 60; tries++) {
          await frame()
          const seen = rows()
          const isCovered =
            seen.length * (seen[0]?.rect.height ?? 0) > box.clientHeight * 0.93 &&
            seen.every(({ row }) => row.textContent.trim() !== '')
          const ids = seen.map(({ row }) => idOf(row)).join()
          if (isCovered && ids === last) break
          last = ids
        }
        Object.assign(read, window.gridProbe.readRows())
      }
      box.scrollTop = 0
      document.body.style.opacity = ''
      return read
    },
    /** Every rendered row by id: of each cell its words, and those of labels in it. */
    readRows() {
      const read = {}
      for (const row of document.querySelectorAll(handles.row)) {
        const cells = {}
        for (const cell of row.querySelectorAll(`[${handles.col}]`)) {
          const label = cell.querySelector('[aria-label]')?.getAttribute('aria-label') ?? ''
          cells[cell.getAttribute(handles.col)] = { text: cell.textContent.trim(), label }
        }
        // A row that is on its way out may have lost its cells already.
        if (Object.keys(cells).length > 0) read[idOf(row)] = cells
      }
      return read
    },
  }
}
