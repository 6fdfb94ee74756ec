// What a state means to a supervisor; how it looks is decided by the mark that is drawn for it.

export type Meaning = 'live' | 'attention' | 'act' | 'human' | 'paused' | 'ended' | 'met' | 'stale'
