// What can be done on the pages of analytics.
import { actionRecords } from '#src/actions/action-record.ts'

export const analyticsActions = actionRecords({
  'charts.next': {
    title: 'Next page of analytics',
    keys: [']'],
    group: 'Analytics',
    scope: 'analytics',
  },
  'charts.previous': {
    title: 'Previous page of analytics',
    keys: ['['],
    group: 'Analytics',
    scope: 'analytics',
  },
  'charts.tables': {
    title: 'Charts as tables, or back',
    keys: ['t'],
    group: 'Analytics',
    scope: 'analytics',
  },
  'charts.refresh': {
    title: 'Ask for the newest figures',
    keys: ['r'],
    group: 'Analytics',
    scope: 'analytics',
  },
})
