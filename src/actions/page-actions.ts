// What can be done wherever somebody is: going to an area, finding, undoing, the keys themselves.
import { actionRecords } from '#src/actions/action-record.ts'

export const pageActions = actionRecords({
  'density.toggle': {
    title: 'Compact or normal rows',
    also: 'size height',
    keys: ['d'],
    group: 'Everywhere',
    scope: 'everywhere',
  },
  'go.live': {
    title: 'Go to the live board',
    keys: ['g l'],
    group: 'Go to',
    scope: 'everywhere',
  },
  'go.escalations': {
    title: 'Go to the escalations',
    also: 'queue transfer waiting',
    keys: ['g e'],
    group: 'Go to',
    scope: 'everywhere',
    capability: 'escalations.read',
  },
  'alerts.show': {
    title: 'Show the alerts, or hide them',
    also: 'inbox notifications alarms bell',
    keys: ['i'],
    group: 'Everywhere',
    scope: 'everywhere',
    capability: 'alerts.read',
  },
  'go.alert-rules': {
    title: 'Go to the alert rules',
    also: 'settings thresholds manage',
    keys: ['g r'],
    group: 'Go to',
    scope: 'everywhere',
    capability: 'alerts.manage',
  },
  'call.initiate': {
    title: 'Call somebody',
    also: 'dial new phone outbound',
    keys: ['c'],
    group: 'Everywhere',
    scope: 'board',
    capability: 'calls.initiate',
  },
  'undo.last': {
    title: 'Undo the last act',
    also: 'take back revert',
    keys: ['z'],
    group: 'Everywhere',
    scope: 'everywhere',
    possible: ({ undo }) => undo !== null || 'There is nothing to undo.',
  },
  'palette.open': {
    title: 'Find and do anything',
    keys: ['Mod+k'],
    group: 'Everywhere',
    scope: 'everywhere',
    keyOnly: true,
  },
  'keys.show': {
    title: 'Show all keys',
    also: 'help shortcuts keyboard',
    keys: ['?'],
    group: 'Everywhere',
    scope: 'everywhere',
  },
  'keys.change': {
    title: 'Change keys',
    also: 'shortcuts keyboard settings remap single off',
    keys: [],
    group: 'Everywhere',
    scope: 'everywhere',
  },
})
