// A command as it goes over the wire to a voice platform (docs/integrate.md lists the members).
import type { ControlCommand } from '#server/domain/voice-platform.ts'

/** Members of the command that depend on what is asked; absent ones are left out by JSON. */
function actionMembers(command: ControlCommand): Record<string, unknown> {
  switch (command.action) {
    case 'send_message':
      return { text: command.text }
    case 'override_instructions':
      return { text: command.text, scope: command.scope, duration_s: command.durationS }
    case 'pause':
      return { duration_s: command.durationS }
    case 'resume':
    case 'clear_override':
      return {}
    case 'transfer':
      return {
        agent: {
          id: command.agent.id,
          name: command.agent.name,
          phone_number: command.agent.phoneNumber,
        },
        reason: command.reason,
        context_note: command.contextNote,
        briefing: command.briefing,
        answered: command.answered,
      }
    case 'cancel_transfer':
    case 'hand_back':
      return { text: command.text }
    case 'end':
      return { reason: command.reason }
    case 'dial':
      return {
        to_number: command.toNumber,
        from_number: command.fromNumber,
        business_id: command.businessId,
        template_id: command.templateId,
        metadata: command.metadata,
      }
  }
}

/** JSON text of a command, snake_case; `now` is epoch ms and becomes `sent_at`. */
export function commandBody(command: ControlCommand, now: number): string {
  return JSON.stringify({
    command_id: command.id,
    company_id: command.companyId,
    call_id: command.callId,
    action: command.action,
    by: { id: command.by.id, name: command.by.name },
    sent_at: new Date(now).toISOString(),
    ...actionMembers(command),
  })
}
