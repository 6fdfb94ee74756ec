// A business line of the company: how its AI speaks, what its calls are measured against, when it asks for a human.
import { z } from 'zod'
import { Id, Instant, Ratio } from '#contract/primitives.ts'

/**
 * One reason to ask for a human. `keyword`: any of `keywords` is said by the customer. `sentiment`: the call's mood falls
 * below `threshold` (0–1). `asked_for_human`: the customer asks for a person `threshold` times (default 1).
 * `low_qa_score`: the QA score falls below `threshold` (0–1).
 */
export const EscalationTrigger = z.object({
  type: z.string(),
  threshold: z.number().optional(),
  keywords: z.array(z.string()).optional(),
})
export type EscalationTrigger = z.infer<typeof EscalationTrigger>

export const BusinessConfigData = z.object({
  ai: z.object({ model: z.string(), temperature: z.number(), system_prompt: z.string() }),
  /** `response_delay` in seconds. */
  voice: z.object({ language: z.string(), voice: z.string(), response_delay: z.number() }),
  knowledge_base: z.object({
    enabled: z.boolean(),
    retrieval_top_k: z.number().int().min(1),
    similarity_threshold: Ratio,
  }),
  quality_assurance: z.object({
    enabled: z.boolean(),
    sentiment_analysis: z.boolean(),
    compliance_check: z.boolean(),
    min_score_threshold: Ratio,
  }),
  escalation: z.object({
    enabled: z.boolean(),
    triggers: z.array(EscalationTrigger),
    warm_transfer: z.boolean(),
  }),
})
export type BusinessConfigData = z.infer<typeof BusinessConfigData>

export const BusinessConfig = z
  .object({
    id: Id,
    name: z.string(),
    type: z.string(),
    config_data: BusinessConfigData,
    is_active: z.boolean(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'BusinessConfig' })
export type BusinessConfig = z.infer<typeof BusinessConfig>
