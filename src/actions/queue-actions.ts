// What can be done on the page of the escalations: walking through the queue, taking who waits.
import { actionRecords } from '#src/actions/action-record.ts'

export const queueActions = actionRecords({
  'queue.next': {
    title: 'Next escalation',
    keys: ['j', 'ArrowDown'],
    group: 'The queue',
    scope: 'queue',
    repeats: true,
    quiet: true,
    keyOnly: true,
  },
  'queue.previous': {
    title: 'Previous escalation',
    keys: ['k', 'ArrowUp'],
    group: 'The queue',
    scope: 'queue',
    repeats: true,
    quiet: true,
    keyOnly: true,
  },
  'queue.open': {
    title: 'Open the call of the escalation',
    keys: ['Enter'],
    group: 'The queue',
    scope: 'queue',
    quiet: true,
  },
  'queue.accept': {
    title: 'Take the call that waits',
    also: 'accept claim escalation',
    keys: ['a'],
    group: 'The queue',
    scope: 'queue',
    capability: 'escalations.handle',
  },
  'queue.mine': {
    title: 'Only my escalations, or all',
    keys: ['m'],
    group: 'The queue',
    scope: 'queue',
  },
})
