// The page of the alert rules: who may change them gets the editor, everybody else is told who can.
import type { Session } from '#contract/auth.ts'
import { can } from '#contract/permissions.ts'
import { AlertRules } from '#src/features/alert-rules/alert-rules.tsx'
import { useApi } from '#src/app/config-context.ts'
import { PageHeader } from '#src/app/shell.tsx'
import { Notice } from '#src/ui/notice.tsx'

/** `/manage/alerts`. */
export function AlertRulesPage({ user }: { user: Session }) {
  const api = useApi()
  return (
    <div className="alert-rules-page">
      <PageHeader title="Alert rules" />
      {can(user.role, 'alerts.manage') ? (
        <AlertRules api={api} />
      ) : (
        <Notice title="You don’t have permission">
          <p>Managers and owners write the alert rules.</p>
        </Notice>
      )}
    </div>
  )
}
