// The demo's business lines and human agents: what the simulated floor is made of beside its callers.
import type { BusinessConfigData } from '#contract/business.ts'

/** Rules that fire often enough to be seen in a demo, and seldom enough to stay believable. */
const config = (name: string, keywords: string[]): BusinessConfigData => ({
  ai: {
    model: 'callboard-demo',
    temperature: 0.4,
    system_prompt: `You answer the phone for ${name}. Say that the call is recorded. Book a visit or hand over to a person.`,
  },
  voice: { language: 'en-US', voice: 'warm', response_delay: 0.6 },
  knowledge_base: { enabled: true, retrieval_top_k: 4, similarity_threshold: 0.7 },
  quality_assurance: {
    enabled: true,
    sentiment_analysis: true,
    compliance_check: true,
    min_score_threshold: 0.6,
  },
  escalation: {
    enabled: true,
    warm_transfer: true,
    triggers: [
      { type: 'asked_for_human', threshold: 2 },
      { type: 'keyword', keywords },
      { type: 'sentiment', threshold: 0.12 },
    ],
  },
})

export const demoBusinesses = [
  {
    id: 'roofing',
    kind: 'roofing',
    name: 'Alamo Roofing',
    ai: 'Ava',
    phone: '+12105550110',
    words: ['lawyer', 'insurance fraud'],
  },
  {
    id: 'plumbing',
    kind: 'plumbing',
    name: 'Alamo Plumbing',
    ai: 'Ava',
    phone: '+12105550120',
    words: ['gas smell', 'lawyer', 'flooding'],
  },
  {
    id: 'heating',
    kind: 'heating',
    name: 'Alamo Heating & Air',
    ai: 'Noah',
    phone: '+12105550130',
    words: ['carbon monoxide', 'gas smell', 'lawyer'],
  },
  {
    id: 'auto',
    kind: 'auto',
    name: 'Alamo Auto Repair',
    ai: 'Mia',
    phone: '+12105550140',
    words: ['lawyer', 'dangerous'],
  },
].map(({ words, ...business }) => ({ ...business, config: config(business.name, words) }))

/** `userId` ties an agent to a person who signs in. */
export const demoAgents = [
  {
    id: 'agent-priya',
    name: 'Priya Raman',
    skills: ['plumbing', 'heating'],
    department: 'Customer care',
    userId: 'demo-csr',
  },
  { id: 'agent-marcus', name: 'Marcus Bell', skills: ['roofing'], department: 'Customer care', userId: null },
  {
    id: 'agent-tessa',
    name: 'Tessa Lindqvist',
    skills: ['heating', 'plumbing'],
    department: 'Dispatch',
    userId: null,
  },
  { id: 'agent-jorge', name: 'Jorge Amador', skills: ['auto'], department: 'Service desk', userId: null },
  {
    id: 'agent-wen',
    name: 'Wen Zhao',
    skills: ['auto', 'roofing'],
    department: 'Service desk',
    userId: null,
  },
  {
    id: 'agent-sofia',
    name: 'Sofia Marchetti',
    skills: ['plumbing', 'roofing'],
    department: 'Customer care',
    userId: null,
  },
  { id: 'agent-owen', name: 'Owen Castillo', skills: ['heating'], department: 'Dispatch', userId: null },
  {
    id: 'agent-leila',
    name: 'Leila Farouk',
    skills: ['roofing', 'auto'],
    department: 'Customer care',
    userId: null,
  },
]
