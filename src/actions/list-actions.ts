// What can be done with the list of all calls beside walking it: turning its pages, reading it anew.
import { actionRecords } from '#src/actions/action-record.ts'

export const listActions = actionRecords({
  'page.next': {
    title: 'Next page of calls',
    also: 'older more forward',
    keys: [']', 'ArrowRight'],
    group: 'The list of calls',
    scope: 'list',
  },
  'page.previous': {
    title: 'Previous page of calls',
    also: 'newer back',
    keys: ['[', 'ArrowLeft'],
    group: 'The list of calls',
    scope: 'list',
  },
  'list.renew': {
    title: 'Read the list anew, with the new calls',
    also: 'refresh reload fresh update',
    keys: ['Shift+R'],
    group: 'The list of calls',
    scope: 'list',
  },
})
