// What is due when, for thousands of calls on one timer: a binary heap of small tasks.

/** A task on the agenda; hand it to `cancel`. */
export interface Task {
  due: number
  /** Ties are run in the order they were put down. */
  readonly order: number
  run: (() => void) | undefined
}

export interface Agenda {
  /** Puts `run` down for `due` (epoch ms); an instant in the past is due at once. */
  at(due: number, run: () => void): Task
  cancel(task: Task | undefined): void
  /** Runs everything due by `now`, in order, also what is put down meanwhile. `onDue` hears each task's instant first. */
  runUntil(now: number, onDue: (due: number) => void): void
  /** Moves everything later by `ms`, for a machine that slept. */
  shift(ms: number): void
  readonly size: number
}

const before = (a: Task, b: Task) => a.due < b.due || (a.due === b.due && a.order < b.order)

/** An empty agenda. */
export function createAgenda(): Agenda {
  const heap: Task[] = []
  let order = 0

  const up = (start: number) => {
    const task = heap[start] as Task
    let index = start
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above] as Task
      if (!before(task, parent)) break
      heap[index] = parent
      index = above
    }
    heap[index] = task
  }

  const down = () => {
    const task = heap[0] as Task
    let index = 0
    for (;;) {
      let below = 2 * index + 1
      const right = heap[below + 1]
      if (right && before(right, heap[below] as Task)) below++
      const child = heap[below]
      if (!child || !before(child, task)) break
      heap[index] = child
      index = below
    }
    heap[index] = task
  }

  const removeFirst = () => {
    const last = heap.pop()
    if (heap.length > 0 && last) {
      heap[0] = last
      down()
    }
  }

  return {
    at(due, run) {
      const task: Task = { due, order: order++, run }
      heap.push(task)
      up(heap.length - 1)
      return task
    },
    // A cancelled task keeps its place until it is due: finding it in the heap would cost more.
    cancel(task) {
      if (task) task.run = undefined
    },
    runUntil(now, onDue) {
      for (let first = heap[0]; first && first.due <= now; first = heap[0]) {
        removeFirst()
        if (!first.run) continue
        onDue(first.due)
        first.run()
      }
    },
    shift(ms) {
      for (const task of heap) task.due += ms
    },
    get size() {
      return heap.length
    },
  }
}
