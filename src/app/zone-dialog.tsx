// Where a person chooses the zone of their clocks.
import { Modal, Select } from '@mantine/core'
import { zonePreference } from '#src/app/preferences.ts'
import { usePreference } from '#src/ui/use-preference.ts'

/** Each choice holds at once. */
export function ZoneDialog({ onClose }: { onClose: () => void }) {
  const [zone, setZone] = usePreference(zonePreference)
  return (
    <Modal opened onClose={onClose} title="Time zone of your clocks" size="sm">
      <Select
        data-autofocus
        label="Zone"
        description="The pages of calls and of analytics go by a zone of their own, and their clock with them: the header names it."
        descriptionProps={{ mb: 8 }}
        placeholder="The zone of this machine"
        data={Intl.supportedValuesOf('timeZone')}
        value={zone}
        onChange={setZone}
        searchable
        clearable
        limit={60}
      />
    </Modal>
  )
}
