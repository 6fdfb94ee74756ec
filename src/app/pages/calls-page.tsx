// The page of all calls: the address says what is shown, the list shows it. It arranges features and holds no rules.
import { useMemo } from 'react'
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { CallsList } from '#src/features/calls-list/calls-list.tsx'
import { zoneChoices } from '#src/features/calls-list/calls-strip.tsx'
import { ExportButton } from '#src/features/exports/export-button.tsx'
import { ViewsButton } from '#src/features/views/views-button.tsx'
import { machineZone, usePageZone } from '#src/app/clock-zone.ts'
import { companyZone } from '#src/app/company-zone.ts'
import { useApi, useConfig } from '#src/app/config-context.ts'
import { callsViewQuery, useCallsAddress } from '#src/app/pages/use-calls-address.ts'
import { zonePreference } from '#src/app/preferences.ts'
import { PageHeader } from '#src/app/shell.tsx'
import { addressOf, go } from '#src/ui/address.ts'
import { usePreference } from '#src/ui/use-preference.ts'

interface CallsPageProps {
  user: Session
  compact: boolean
}

const ignore = () => {}

const open = (callId: string, lineId?: number) =>
  go(addressOf(`/calls/${encodeURIComponent(callId)}`, lineId === undefined ? '' : `line=${lineId}`))

/** `/calls`. Days are those of the company's zone until another is chosen. */
export function CallsPage({ user, compact }: CallsPageProps) {
  const api = useApi()
  const { api: origin } = useConfig()
  const address = useCallsAddress()
  const [chosen] = usePreference(zonePreference)
  const company = companyZone(user) ?? 'UTC'
  const asked = address.query.zone
  const zone = asked ?? company
  usePageZone(zone)
  const zones = useMemo(() => zoneChoices(company, chosen ?? machineZone(), asked), [company, chosen, asked])
  return (
    <div className="calls-page">
      <PageHeader title="Calls">
        <ViewsButton
          area="history"
          api={api}
          query={callsViewQuery(address.search)}
          viewId={address.viewId}
          mayShare={can(user.role, 'views.share')}
          onApply={address.showView}
          onMenu={ignore}
        />
      </PageHeader>
      <CallsList
        api={api}
        query={address.query}
        place={address.place}
        columns={address.columns}
        zone={zone}
        zones={zones}
        dropped={address.dropped}
        compact={compact}
        search={address.search}
        onQuery={address.changeQuery}
        onPlace={address.changePlace}
        onColumns={address.changeColumns}
        onForget={address.forget}
        onOpen={open}
        tools={
          can(user.role, 'exports.make')
            ? (shown) => <ExportButton offer={shown} api={api} origin={origin} />
            : undefined
        }
      />
    </div>
  )
}
